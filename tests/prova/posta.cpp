#include "tests/prova/posta.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace sdc::prova {

namespace {

// The envelope is kept in the message, so that the file alone tells all.
constexpr const char* kEnvelopeTo = "X-Envelope-To";

std::string joined(const std::vector<std::string>& texts)
{
    std::string result;
    for (const std::string& text : texts)
        result += (result.empty() ? "" : ", ") + text;
    return result;
}

std::vector<std::filesystem::path> messagesIn(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".eml")
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

void writeWhole(const std::filesystem::path& file, const std::string& content)
{
    const std::filesystem::path temporary = file.string() + ".tmp";
    std::ofstream stream(temporary, std::ios::binary);
    stream << content;
    stream.close();
    if (!stream)
        throw std::runtime_error("Non è possibile scrivere " + temporary.string());
    std::filesystem::rename(temporary, file);
}

}

CassettaPostale::CassettaPostale(std::optional<std::filesystem::path> folder) : folder_(std::move(folder))
{
    if (!folder_)
        return;
    std::filesystem::create_directories(*folder_);
    for (const auto& file : messagesIn(*folder_))
        load(file);
}

void CassettaPostale::put(const std::string& from, const std::vector<std::string>& recipients,
                          const std::string& message)
{
    const std::string eml =
        "Return-Path: <" + from + ">\r\n" + kEnvelopeTo + ": " + joined(recipients) + "\r\n" + message;
    const std::lock_guard lock(mutex_);
    const std::size_t numero = last_ + 1;
    if (folder_)
        writeWhole(fileOf(numero), eml);
    add(numero, eml);
}

std::vector<Ricevuta> CassettaPostale::all() const
{
    const std::lock_guard lock(mutex_);
    return {mails_.rbegin(), mails_.rend()};
}

std::optional<Ricevuta> CassettaPostale::find(std::size_t numero) const
{
    const std::lock_guard lock(mutex_);
    const auto it = std::find_if(mails_.begin(), mails_.end(), [&](const auto& mail) { return mail.numero == numero; });
    return it == mails_.end() ? std::nullopt : std::optional(*it);
}

void CassettaPostale::clear()
{
    const std::lock_guard lock(mutex_);
    if (folder_) {
        for (const Ricevuta& mail : mails_)
            std::filesystem::remove(fileOf(mail.numero));
    }
    mails_.clear();
}

Guasto CassettaPostale::guasto() const
{
    const std::lock_guard lock(mutex_);
    return guasto_;
}

void CassettaPostale::setGuasto(Guasto guasto)
{
    const std::lock_guard lock(mutex_);
    guasto_ = guasto;
}

void CassettaPostale::load(const std::filesystem::path& file)
{
    const std::string stem = file.stem().string();
    std::size_t numero = 0;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), numero);
    if (error != std::errc() || end != stem.data() + stem.size())
        return;
    std::ifstream stream(file, std::ios::binary);
    add(numero, {std::istreambuf_iterator<char>(stream), {}});
}

void CassettaPostale::add(std::size_t numero, std::string eml)
{
    std::string a = rawHeader(eml, kEnvelopeTo);
    MailLetta letta = readMail(eml);
    mails_.push_back({numero, std::move(a), std::move(eml), std::move(letta)});
    last_ = std::max(last_, numero);
}

std::filesystem::path CassettaPostale::fileOf(std::size_t numero) const
{
    std::string name = std::to_string(numero);
    name.insert(0, name.size() < 8 ? 8 - name.size() : 0, '0');
    return *folder_ / (name + ".eml");
}

}
