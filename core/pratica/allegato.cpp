#include "core/pratica/allegato.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace sdc {
namespace {

constexpr std::size_t kLongestName = 150;

std::string lower(std::string_view text)
{
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

bool endsWith(std::string_view name, std::string_view extension)
{
    return lower(name).ends_with(extension);
}

/// id-signedData, 1.2.840.113549.1.7.2, as DER.
constexpr std::string_view kSignedData = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";

bool isSignedData(std::string_view bytes)
{
    return bytes.starts_with("\x30") && bytes.substr(0, 32).find(kSignedData) != std::string_view::npos;
}

/// What the first line of a base64 text stands for, up to its first character that is no base64.
std::string fromBase64(std::string_view text)
{
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto digit = kDigits.find(c);
        if (digit == std::string_view::npos)
            break;
        bits = (bits << 6U | static_cast<unsigned>(digit)) & 0xFFFFU;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
        }
    }
    return bytes;
}

bool isP7m(std::string_view bytes)
{
    return bytes.starts_with("-----BEGIN PKCS7-----") || bytes.starts_with("-----BEGIN CMS-----") ||
           isSignedData(bytes) || isSignedData(fromBase64(bytes.substr(0, 64)));
}

/// Takes out the controls of direction (Unicode's Bidi_Control): they show "atto<control>fdp.exe" as "attoexe.pdf".
void eraseDirections(std::string& name)
{
    for (const std::string_view control : {"\u061C", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D",
                                           "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"})
    {
        for (auto at = name.find(control); at != std::string::npos; at = name.find(control, at))
            name.erase(at, control.size());
    }
}

}

std::optional<TipoFile> tipoFileFromName(std::string_view name)
{
    if (name == "pdf")
        return TipoFile::Pdf;
    if (name == "p7m")
        return TipoFile::P7m;
    if (name == "jpeg")
        return TipoFile::Jpeg;
    if (name == "png")
        return TipoFile::Png;
    return std::nullopt;
}

std::string_view name(TipoFile tipo)
{
    switch (tipo) {
    case TipoFile::Pdf:
        return "PDF";
    case TipoFile::P7m:
        return "P7M";
    case TipoFile::Jpeg:
        return "JPEG";
    case TipoFile::Png:
        return "PNG";
    }
    return {};
}

std::string_view mediaType(TipoFile tipo)
{
    switch (tipo) {
    case TipoFile::Pdf:
        return "application/pdf";
    case TipoFile::P7m:
        return "application/pkcs7-mime";
    case TipoFile::Jpeg:
        return "image/jpeg";
    case TipoFile::Png:
        return "image/png";
    }
    return {};
}

std::optional<TipoFile> detectTipo(std::string_view firstBytes)
{
    if (firstBytes.starts_with("%PDF-"))
        return TipoFile::Pdf;
    if (firstBytes.starts_with("\xFF\xD8\xFF"))
        return TipoFile::Jpeg;
    if (firstBytes.starts_with("\x89PNG\r\n\x1A\n"))
        return TipoFile::Png;
    if (isP7m(firstBytes))
        return TipoFile::P7m;
    return std::nullopt;
}

bool extensionMatches(std::string_view fileName, TipoFile tipo)
{
    switch (tipo) {
    case TipoFile::Pdf:
        return endsWith(fileName, ".pdf");
    case TipoFile::P7m:
        return endsWith(fileName, ".p7m");
    case TipoFile::Jpeg:
        return endsWith(fileName, ".jpg") || endsWith(fileName, ".jpeg");
    case TipoFile::Png:
        return endsWith(fileName, ".png");
    }
    return false;
}

std::string cleanFileName(std::string_view posted)
{
    const auto slash = posted.find_last_of("/\\");
    std::string name{slash == std::string_view::npos ? posted : posted.substr(slash + 1)};
    if (!isCleanUtf8(name))
        std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    constexpr std::string_view kRefused = "<>:\"|?*";
    std::erase_if(name, [&](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || kRefused.find(c) != std::string_view::npos;
    });
    eraseDirections(name);
    name = trim(name);
    name.erase(0, std::min(name.find_first_not_of('.'), name.size()));
    const auto dot = name.rfind('.');
    const std::string extension = dot == std::string::npos || name.size() - dot > 10 ? "" : name.substr(dot);
    while (codePoints(name) > kLongestName) {
        std::size_t end = name.size() - extension.size() - 1;
        while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U)
            --end;
        name = name.substr(0, end) + extension;
    }
    return name.empty() ? "file" : name;
}

}
