#include "server/http/templates.h"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace sdc::http {
namespace {

constexpr auto kStrip = ctemplate::STRIP_BLANK_LINES;

std::string readFile(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        throw std::runtime_error("file non leggibile: " + path.string());
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// Takes the marks off the words on screen, [[Le mie pratiche]]; Italian is the language they are written in.
std::string withoutMarks(std::string text)
{
    for (const char* mark : {"[[", "]]"}) {
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
            text.erase(at, 2);
    }
    return text;
}

/// The names of {{NAME}}, {{#SECTION}} and {{>PART}}.
std::unordered_set<std::string> namesIn(const std::string& text)
{
    std::unordered_set<std::string> names;
    for (auto open = text.find("{{"); open != std::string::npos; open = text.find("{{", open + 2)) {
        auto from = open + 2;
        while (from < text.size() && (text[from] == '#' || text[from] == '>' || text[from] == ' '))
            ++from;
        auto to = from;
        while (to < text.size() &&
               ((text[to] >= 'A' && text[to] <= 'Z') || text[to] == '_' || (text[to] >= '0' && text[to] <= '9')))
            ++to;
        if (to > from)
            names.insert(text.substr(from, to - from));
    }
    return names;
}

}

Page::Page(ctemplate::TemplateDictionary& dictionary, const Templates& templates, const std::string& file)
    : dictionary_(dictionary),
      templates_(templates)
{
    const auto found = templates.names_.find(file);
    if (found == templates.names_.end())
        throw std::logic_error("no template " + file);
    file_ = &*found;
}

void Page::check(const std::string& name) const
{
    if (!file_->second.contains(name))
        throw std::logic_error("template " + file_->first + " has no " + name);
}

Page& Page::set(const std::string& name, const std::string& value)
{
    check(name);
    dictionary_.SetValue(name, value);
    return *this;
}

Page& Page::global(const std::string& name, const std::string& value)
{
    dictionary_.SetTemplateGlobalValue(name, value);
    return *this;
}

Page& Page::show(const std::string& section)
{
    check(section);
    dictionary_.ShowSection(section);
    return *this;
}

Page& Page::showIf(const std::string& section, bool condition)
{
    check(section);
    return condition ? show(section) : *this;
}

Page& Page::add(const std::string& section)
{
    check(section);
    children_.push_back(
        std::unique_ptr<Page>(new Page(*dictionary_.AddSectionDictionary(section), templates_, file_->first)));
    return *children_.back();
}

Page& Page::include(const std::string& name, const std::string& file)
{
    check(name);
    auto* included = dictionary_.AddIncludeDictionary(name);
    included->SetFilename(file);
    children_.push_back(std::unique_ptr<Page>(new Page(*included, templates_, file)));
    return *children_.back();
}

Templates::Templates(const std::filesystem::path& share) : cache_(std::make_unique<ctemplate::TemplateCache>())
{
    load(share / "templates");
    const auto manifest = nlohmann::json::parse(readFile(share / "static" / "manifest.json"));
    for (const auto& [path, hash] : manifest.items())
        assets_[path] = hash.get<std::string>();
}

Templates::~Templates() = default;

void Templates::load(const std::filesystem::path& folder)
{
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        const std::string name = entry.path().lexically_relative(folder).generic_string();
        const std::string text = withoutMarks(readFile(entry.path()));
        names_[name] = namesIn(text);
        if (!cache_->StringToTemplateCache(name, text, kStrip))
            throw std::runtime_error("modello di pagina non valido: " + name);
    }
    cache_->Freeze();
}

std::string Templates::render(const std::string& file, const std::function<void(Page&)>& fill) const
{
    ctemplate::TemplateDictionary dictionary(file);
    Page page(dictionary, *this, file);
    fill(page);
    std::string output;
    if (!cache_->ExpandNoLoad(file, kStrip, &dictionary, nullptr, &output))
        throw std::runtime_error("modello di pagina non riuscito: " + file);
    return output;
}

std::string Templates::renderInLayout(const std::string& file,
                                      const std::function<void(Page& layout, Page& content)>& fill) const
{
    return render("layout.html", [&](Page& layout) { fill(layout, layout.include("PAGINA", file)); });
}

std::string Templates::asset(const std::string& path) const
{
    const auto found = assets_.find(path);
    if (found == assets_.end())
        throw std::logic_error("no static file " + path);
    return "/static/" + path + "?v=" + found->second;
}

}
