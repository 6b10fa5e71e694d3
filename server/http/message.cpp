#include "server/http/message.h"

#include <Poco/Net/IPAddress.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <system_error>

namespace sdc::http {
namespace {

const std::string kNone;

std::string first(const Fields& fields, std::string_view name)
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    return found == fields.end() ? std::string{} : found->second;
}

std::string titleOf(int status)
{
    switch (status) {
    case 400:
        return "Richiesta non valida";
    case 401:
        return "Accesso richiesto";
    case 403:
        return "Non consentito";
    case 404:
        return "Non trovato";
    case 409:
        return "Conflitto";
    case 413:
        return "Troppo grande";
    case 422:
        return "Dati non validi";
    case 429:
        return "Troppe richieste";
    default:
        return "Errore";
    }
}

/// The name for clients that read ASCII alone.
std::string asciiName(const std::string& name)
{
    std::string ascii;
    for (const char c : name) {
        const bool plain = c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
        ascii += plain ? c : '_';
    }
    return ascii;
}

std::string cookieText(const std::string& pair, const char* sameSite, long seconds)
{
    std::string text = pair + "; Path=/; Secure; HttpOnly; SameSite=" + sameSite;
    if (seconds != 0)
        text += "; Max-Age=" + std::to_string(std::max(0L, seconds));
    return text;
}

}

TempFile::~TempFile()
{
    std::error_code ignored;
    if (!path_.empty())
        std::filesystem::remove(path_, ignored);
}

const std::string& Request::param(std::string_view name) const
{
    const auto found = params.find(name);
    return found == params.end() ? kNone : found->second;
}

std::string Request::queryField(std::string_view name) const
{
    return first(query, name);
}

std::string Request::formField(std::string_view name) const
{
    return first(form, name);
}

bool Request::hasFormField(std::string_view name) const
{
    return std::any_of(form.begin(), form.end(), [&](const auto& field) { return field.first == name; });
}

std::string Request::header(std::string_view name) const
{
    const auto found = headers.find(name);
    return found == headers.end() ? std::string{} : found->second;
}

const Upload* Request::upload(std::string_view field) const
{
    const auto found = std::find_if(uploads.begin(), uploads.end(), [&](const Upload& u) { return u.field == field; });
    return found == uploads.end() ? nullptr : &*found;
}

std::string Request::target() const
{
    return queryText.empty() ? path : path + "?" + queryText;
}

Response& Response::header(std::string name, std::string value)
{
    // A line break would let a value add headers of its own.
    std::erase_if(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    const auto same = std::find_if(headers.begin(), headers.end(), [&](const auto& h) { return h.first == name; });
    // Only cookies may come more than once.
    if (same != headers.end() && name != "Set-Cookie")
        same->second = std::move(value);
    else
        headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

Response& Response::cookie(const std::string& name, const std::string& value, long seconds)
{
    return header("Set-Cookie", cookieText(name + "=" + value, "Lax", seconds));
}

Response& Response::crossSiteCookie(const std::string& name, const std::string& value, long seconds)
{
    return header("Set-Cookie", cookieText(name + "=" + value, "None", seconds));
}

const std::string* textOf(const Response& response)
{
    if (const auto* shared = std::get_if<SharedText>(&response.body))
        return shared->get();
    return std::get_if<std::string>(&response.body);
}

Response html(std::string page, int status)
{
    Response response{status, {}, std::move(page)};
    return response.header("Content-Type", "text/html; charset=utf-8");
}

Response json(std::string text, int status)
{
    Response response{status, {}, std::move(text)};
    return response.header("Content-Type", "application/json");
}

Response problem(int status, const std::string& detail, const std::vector<FieldError>& fields)
{
    nlohmann::json body = {{"type", "about:blank"}, {"title", titleOf(status)}, {"status", status}, {"detail", detail}};
    for (const FieldError& field : fields)
        body["errori"].push_back({{"campo", field.field}, {"messaggio", field.message}});
    Response response{status, {}, body.dump()};
    return response.header("Content-Type", "application/problem+json");
}

Response seeOther(const std::string& target)
{
    Response response{303, {}, std::string{}};
    return response.header("Location", target);
}

Response later(Response response, int seconds)
{
    return std::move(response.header("Retry-After", std::to_string(seconds)));
}

Response download(std::filesystem::path path, const std::string& name, const std::string& type)
{
    Response response{200, {}, FileBody{std::move(path)}};
    response.header("Content-Type", type);
    return response.header("Content-Disposition",
                           "attachment; filename=\"" + asciiName(name) + "\"; filename*=UTF-8''" + encodeUrl(name));
}

std::string networkOf(const std::string& address)
{
    using Poco::Net::IPAddress;
    IPAddress ip;
    // A link-local one names its interface: "fe80::1%eth0".
    if (!IPAddress::tryParse(address.substr(0, address.find('%')), ip) || ip.family() != IPAddress::IPv6 ||
        ip.isIPv4Mapped())
        return address;
    return (ip & IPAddress(64U, IPAddress::IPv6)).toString() + "/64";
}

std::string encodeUrl(std::string_view text)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr std::string_view kPlain = "-._~";
    std::string encoded;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           kPlain.find(c) != std::string_view::npos;
        if (plain) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += '%';
        encoded += kHex[byte >> 4U];
        encoded += kHex[byte & 15U];
    }
    return encoded;
}

}
