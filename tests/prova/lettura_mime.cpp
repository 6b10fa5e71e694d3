#include "tests/prova/lettura_mime.h"

#include "core/base/text.h"

#include <Poco/Base64Decoder.h>
#include <Poco/Latin1Encoding.h>
#include <Poco/Net/QuotedPrintableDecoder.h>
#include <Poco/StreamCopier.h>
#include <Poco/TextConverter.h>
#include <Poco/TextEncoding.h>
#include <Poco/UTF8Encoding.h>

#include <optional>
#include <sstream>
#include <vector>

namespace sdc::prova {

namespace {

constexpr int kDeepestPart = 8;

template <class Decoder>
std::string decoded(std::string_view encoded)
{
    std::istringstream input{std::string(encoded)};
    Decoder decoder(input);
    std::string result;
    Poco::StreamCopier::copyToString(decoder, result);
    return result;
}

std::string toUtf8(const std::string& bytes, const std::string& charset)
{
    const auto encoding = Poco::TextEncoding::find(charset);
    if (!encoding || asciiUpper(charset) == "UTF-8" || asciiUpper(charset) == "US-ASCII")
        return bytes;
    std::string result;
    Poco::TextConverter(*encoding, Poco::UTF8Encoding()).convert(bytes, result);
    return result;
}

bool sameWord(std::string_view one, std::string_view other)
{
    return asciiUpper(one) == asciiUpper(other);
}

struct Diviso
{
    std::string_view head;
    std::string_view body;
};

Diviso divide(std::string_view message)
{
    if (message.starts_with("\r\n"))
        return {{}, message.substr(2)};
    const std::size_t end = message.find("\r\n\r\n");
    if (end == std::string_view::npos)
        return {message, {}};
    return {message.substr(0, end + 2), message.substr(end + 4)};
}

/// The value of a parameter as in `text/plain; charset="utf-8"`.
std::string parameter(std::string_view value, std::string_view wanted)
{
    while (!value.empty()) {
        const std::size_t end = std::min(value.find(';'), value.size());
        const std::string_view piece = value.substr(0, end);
        value.remove_prefix(std::min(end + 1, value.size()));
        const std::size_t equals = piece.find('=');
        if (equals == std::string_view::npos || !sameWord(trim(piece.substr(0, equals)), wanted))
            continue;
        std::string found = trim(piece.substr(equals + 1));
        if (found.size() >= 2 && found.front() == '"' && found.back() == '"')
            found = found.substr(1, found.size() - 2);
        return found;
    }
    return {};
}

/// RFC 2046: what lies between the lines that begin with the boundary.
std::vector<std::string_view> partsOf(std::string_view body, const std::string& boundary)
{
    std::vector<std::string_view> parts;
    const std::string mark = "--" + boundary;
    std::optional<std::size_t> start;
    for (std::size_t line = 0; line < body.size();) {
        const std::size_t next = std::min(body.find("\r\n", line), body.size());
        if (body.substr(line, next - line).starts_with(mark)) {
            if (start)
                parts.push_back(body.substr(*start, line >= *start + 2 ? line - 2 - *start : 0));
            start = std::min(next + 2, body.size());
            if (body.substr(line + mark.size()).starts_with("--"))
                break;
        }
        line = next + 2;
    }
    return parts;
}

std::string contentOf(std::string_view head, std::string_view body)
{
    const std::string encoding = trim(rawHeader(head, "Content-Transfer-Encoding"));
    std::string bytes(body);
    if (sameWord(encoding, "quoted-printable"))
        bytes = decoded<Poco::Net::QuotedPrintableDecoder>(body);
    else if (sameWord(encoding, "base64"))
        bytes = decoded<Poco::Base64Decoder>(body);
    return toUtf8(bytes, parameter(rawHeader(head, "Content-Type"), "charset"));
}

void readPart(std::string_view part, MailLetta& mail, int depth)
{
    const auto [head, body] = divide(part);
    const std::string type = rawHeader(head, "Content-Type");
    const std::string kind = asciiUpper(trim(std::string_view(type).substr(0, type.find(';'))));
    if (kind.starts_with("MULTIPART/")) {
        if (depth < kDeepestPart) {
            for (const std::string_view inner : partsOf(body, parameter(type, "boundary")))
                readPart(inner, mail, depth + 1);
        }
    } else if (kind == "TEXT/HTML") {
        mail.html += normalizeNewlines(contentOf(head, body));
    } else if (kind.empty() || kind == "TEXT/PLAIN") {
        mail.testo += normalizeNewlines(contentOf(head, body));
    }
}

struct ParolaCodificata
{
    std::string text;
    std::size_t end;
};

/// Reads "=?charset?B|Q?...?=" at that place.
std::optional<ParolaCodificata> encodedWordAt(std::string_view text, std::size_t start)
{
    const std::size_t charsetEnd = text.find('?', start + 2);
    const std::size_t kindEnd = charsetEnd == std::string_view::npos ? charsetEnd : text.find('?', charsetEnd + 1);
    const std::size_t end = kindEnd == std::string_view::npos ? kindEnd : text.find("?=", kindEnd + 1);
    if (end == std::string_view::npos || kindEnd != charsetEnd + 2)
        return std::nullopt;
    const std::string charset(text.substr(start + 2, charsetEnd - start - 2));
    std::string payload(text.substr(kindEnd + 1, end - kindEnd - 1));
    if (sameWord(text.substr(charsetEnd + 1, 1), "B"))
        return ParolaCodificata{toUtf8(decoded<Poco::Base64Decoder>(payload), charset), end + 2};
    for (char& c : payload)
        c = c == '_' ? ' ' : c;
    return ParolaCodificata{toUtf8(decoded<Poco::Net::QuotedPrintableDecoder>(payload), charset), end + 2};
}

/// `"Comune di Rovereto" <a@b>` without its quotes.
std::string readableMailbox(const std::string& raw)
{
    std::string result;
    bool quoted = false;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '"')
            quoted = !quoted;
        else if (quoted && raw[i] == '\\' && i + 1 < raw.size())
            result += raw[++i];
        else
            result += raw[i];
    }
    return trim(decodeWords(result));
}

std::string withoutBrackets(const std::string& text)
{
    const std::string trimmed = trim(text);
    const bool bracketed = trimmed.size() >= 2 && trimmed.front() == '<' && trimmed.back() == '>';
    return bracketed ? trimmed.substr(1, trimmed.size() - 2) : trimmed;
}

}

std::string rawHeader(std::string_view eml, std::string_view name)
{
    std::string_view head = divide(eml).head;
    std::optional<std::string> value;
    while (!head.empty()) {
        const std::size_t end = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + 2, head.size()));
        const bool folded = line.starts_with(' ') || line.starts_with('\t');
        if (value && folded)
            *value += line;
        else if (value)
            break;
        else if (const std::size_t colon = line.find(':'); !folded && sameWord(line.substr(0, colon), name))
            value = colon == std::string_view::npos ? std::string() : std::string(line.substr(colon + 1));
    }
    return trim(value.value_or(std::string()));
}

std::string decodeWords(std::string_view text)
{
    std::string result;
    std::size_t afterWord = std::string_view::npos;
    for (std::size_t i = 0; i < text.size();) {
        const auto word = text.substr(i).starts_with("=?") ? encodedWordAt(text, i) : std::nullopt;
        if (!word) {
            result += text[i++];
            continue;
        }
        // White space between two encoded words is not part of the text (RFC 2047, 6.2).
        if (afterWord != std::string_view::npos && trim(text.substr(afterWord, i - afterWord)).empty())
            result.erase(result.size() - (i - afterWord));
        result += word->text;
        i = afterWord = word->end;
    }
    return result;
}

MailLetta readMail(std::string_view eml)
{
    MailLetta mail;
    mail.messageId = withoutBrackets(rawHeader(eml, "Message-ID"));
    mail.da = readableMailbox(rawHeader(eml, "From"));
    mail.oggetto = decodeWords(rawHeader(eml, "Subject"));
    mail.data = rawHeader(eml, "Date");
    readPart(eml, mail, 0);
    return mail;
}

}
