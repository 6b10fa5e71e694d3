#include "server/gateways/mime.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace sdc::gateways {

namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kMostEncodedLine = 76;
// A line with encoded words has at most 76 characters, the header's name among them (RFC 2047, 2): 52 for the base64.
constexpr std::size_t kBytesPerWord = 39;
constexpr std::size_t kMostPlainValue = 60;

PostaNonInviata refused(const std::string& message)
{
    return {CausaPosta::Dati, message};
}

bool isPlain(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

void requireOneLine(std::string_view value, std::string_view header)
{
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
        throw refused("Il campo " + std::string(header) + " della mail contiene un'interruzione di riga.");
}

std::string_view requireAddress(std::string_view address)
{
    if (!isEmailAddress(address) || !isPlain(address))
        throw refused("Un indirizzo della mail non è valido.");
    return address;
}

std::string base64(std::string_view bytes)
{
    static constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            result += i + k <= bytes.size() ? kAlphabet[group >> (18 - 6 * k) & 63] : '=';
    }
    return result;
}

bool continuesCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// The longest beginning that fits an encoded word and does not cut a character.
std::string_view wordFrom(std::string_view text)
{
    std::size_t length = std::min(text.size(), kBytesPerWord);
    while (length < text.size() && length > 0 && continuesCharacter(text[length]))
        --length;
    return text.substr(0, length);
}

// What is plain but reads as an encoded word must be encoded itself, or it would be decoded at the other end; and only
// encoded words can be folded anywhere.
bool needsEncoding(std::string_view text)
{
    return !isPlain(text) || text.size() > kMostPlainValue || text.find("=?") != std::string_view::npos;
}

std::string mailbox(const Casella& casella, std::string_view header)
{
    requireOneLine(casella.nome, header);
    std::string address = "<" + std::string(requireAddress(casella.indirizzo)) + ">";
    if (casella.nome.empty())
        return address;
    if (needsEncoding(casella.nome))
        return encodedWords(casella.nome) + "\r\n " + address;
    std::string quoted = "\"";
    for (const char c : casella.nome) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + "\" " + address;
}

std::string rfc5322(std::chrono::sys_seconds date)
{
    static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = std::chrono::system_clock::to_time_t(date);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d +0000",
                  kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                  kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour, parts.tm_min,
                  parts.tm_sec);
    return text.data();
}

std::string header(std::string_view name, const std::string& value)
{
    return std::string(name) + ": " + value + std::string(kLineEnd);
}

std::string part(std::string_view boundary, std::string_view type, std::string_view text)
{
    return "--" + std::string(boundary) + "\r\n" + header("Content-Type", std::string(type) + "; charset=utf-8") +
           header("Content-Transfer-Encoding", "quoted-printable") + "\r\n" + quotedPrintable(text) + "\r\n";
}

std::string headers(const Mail& mail, std::chrono::sys_seconds date)
{
    requireOneLine(mail.oggetto, "Subject");
    requireOneLine(mail.messageId, "Message-ID");
    if (mail.messageId.empty() || !isPlain(mail.messageId) || mail.messageId.find_first_of("<> ") != std::string::npos)
        throw refused("L'identificativo della mail non è valido.");
    std::string text = header("Date", rfc5322(date)) + header("Message-ID", "<" + mail.messageId + ">") +
                       header("From", mailbox(mail.da, "From")) + header("To", mailbox(mail.a, "To"));
    if (!mail.rispondiA.empty())
        text += header("Reply-To", "<" + std::string(requireAddress(mail.rispondiA)) + ">");
    return text + header("Subject", encodedWords(mail.oggetto)) + header("Auto-Submitted", "auto-generated") +
           header("MIME-Version", "1.0");
}

}

std::string encodedWords(std::string_view utf8)
{
    if (!needsEncoding(utf8))
        return std::string(utf8);
    std::string result;
    while (!utf8.empty()) {
        const std::string_view word = wordFrom(utf8);
        if (!result.empty())
            result += "\r\n ";
        result += "=?UTF-8?B?" + base64(word) + "?=";
        utf8.remove_prefix(word.size());
    }
    return result;
}

std::string quotedPrintable(std::string_view text)
{
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    const std::string lines = normalizeNewlines(text);
    std::string result;
    std::size_t column = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto c = static_cast<unsigned char>(lines[i]);
        if (c == '\n') {
            result += kLineEnd;
            column = 0;
            continue;
        }
        const bool lastOfLine = i + 1 == lines.size() || lines[i + 1] == '\n';
        const bool literal = (c > 0x20 && c < 0x7F && c != '=') || ((c == ' ' || c == '\t') && !lastOfLine);
        const std::size_t width = literal ? 1 : 3;
        if (column + width >= kMostEncodedLine) {
            result += "=\r\n";
            column = 0;
        }
        if (literal)
            result += static_cast<char>(c);
        else
            result.append({'=', kHex[c >> 4], kHex[c & 15]});
        column += width;
    }
    return result;
}

std::string mimeMessage(const Mail& mail, std::chrono::sys_seconds date)
{
    // In quoted-printable "=_" cannot occur, so no text can end its part.
    const std::string boundary = "=_stanza_alternative";
    return headers(mail, date) + header("Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"") +
           "\r\n" + part(boundary, "text/plain", mail.testo) + part(boundary, "text/html", mail.html) + "--" +
           boundary + "--\r\n";
}

}
