#include "server/http/reply.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Net/HTTPResponse.h>

#include <algorithm>
#include <ctime>

namespace sdc::http {
namespace {

constexpr std::string_view kProtection =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
    "form-action 'self'";
constexpr std::string_view kHttpsOnly = "Strict-Transport-Security: max-age=31536000\r\n";

void add(std::string& head, std::string_view name, std::string_view value)
{
    head.append(name).append(": ").append(value).append("\r\n");
}

/// As RFC 9110, 5.6.7 has it; made once a second.
const std::string& dateNow()
{
    thread_local std::time_t second = 0;
    thread_local std::string text;
    const std::time_t now = std::time(nullptr);
    if (now != second) {
        text = Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(now), Poco::DateTimeFormat::HTTP_FORMAT);
        second = now;
    }
    return text;
}

}

std::string headOf(const Reply& reply)
{
    const auto status = static_cast<Poco::Net::HTTPResponse::HTTPStatus>(reply.answer.status);
    std::string head;
    head.reserve(1024);
    head.append("HTTP/1.1 ").append(std::to_string(reply.answer.status)).append(" ");
    head.append(Poco::Net::HTTPResponse::getReasonForStatus(status)).append("\r\n");
    add(head, "Date", dateNow());
    for (const auto& [name, value] : reply.answer.headers)
        add(head, name, value);
    head.append(kProtection);
    if (!reply.answer.formsTo.empty())
        head.append(" ").append(reply.answer.formsTo);
    head.append("\r\n");
    if (reply.https)
        head.append(kHttpsOnly);
    const auto& headers = reply.answer.headers;
    if (std::none_of(headers.begin(), headers.end(), [](const auto& h) { return h.first == "Cache-Control"; }))
        add(head, "Cache-Control", "no-store");
    if (reply.length)
        add(head, "Content-Length", std::to_string(*reply.length));
    if (!reply.connection.empty())
        add(head, "Connection", reply.connection);
    return head.append("\r\n");
}

}
