#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace ctemplate {
class TemplateCache;
class TemplateDictionary;
}

namespace sdc::http {

/// The values of a template: texts by name, sections that repeat, parts that are other templates.
/// A name that the template does not know is a fault of ours, and throws std::logic_error.
class Page
{
public:
    ~Page() = default;
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    Page& set(const std::string& name, const std::string& value);
    Page& set(const std::string& name, long long value) { return set(name, std::to_string(value)); }
    /// A value for this page and every part that it includes.
    Page& global(const std::string& name, const std::string& value);
    /// Shows a section once, without values of its own.
    Page& show(const std::string& section);
    Page& showIf(const std::string& section, bool condition);
    /// One more round of a section; its values are the returned page's.
    Page& add(const std::string& section);
    /// One more inclusion of another template at {{>NAME}}.
    Page& include(const std::string& name, const std::string& file);

private:
    friend class Templates;
    Page(ctemplate::TemplateDictionary& dictionary, const class Templates& templates, const std::string& file);
    void check(const std::string& name) const;

    ctemplate::TemplateDictionary& dictionary_;
    const class Templates& templates_;
    /// The template's file and the names that it uses.
    const std::pair<const std::string, std::unordered_set<std::string>>* file_;
    std::vector<std::unique_ptr<Page>> children_;
};

/// All templates, read and translated once at the start.
class Templates
{
public:
    /// `share` holds templates/ and static/manifest.json.
    explicit Templates(const std::filesystem::path& share);
    ~Templates();

    /// Renders `file` ("servizi.html") with the values that `fill` sets.
    std::string render(const std::string& file, const std::function<void(Page&)>& fill) const;
    /// The same inside layout.html: `fill` gets the layout's page and the content's.
    std::string renderInLayout(const std::string& file,
                               const std::function<void(Page& layout, Page& content)>& fill) const;
    /// Address of a static file that may be kept for ever, "/static/site.css?v=1a2b3c4d".
    std::string asset(const std::string& path) const;
    bool hasAsset(const std::string& path) const { return assets_.contains(path); }

private:
    friend class Page;
    void load(const std::filesystem::path& folder);

    std::unique_ptr<ctemplate::TemplateCache> cache_;
    /// The names that each template uses.
    std::map<std::string, std::unordered_set<std::string>> names_;
    std::map<std::string, std::string> assets_;
};

}
