#include "server/gateways/saml/codifica.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace sdc::gateways::saml {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

Bytef* zbytes(std::string_view bytes)
{
    return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

bool isBase64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

bool isUnreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~").find(c) != std::string_view::npos;
}

std::optional<unsigned> hexDigit(char c)
{
    const std::size_t at = kHex.find(c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c);
    return at == std::string_view::npos ? std::nullopt : std::optional{static_cast<unsigned>(at)};
}

/// A stream of zlib with a window of raw DEFLATE, ended with its scope.
struct Stream
{
    explicit Stream(bool inflates) : inflates_(inflates)
    {
        const int made = inflates ? inflateInit2(&z, -MAX_WBITS)
                                  : deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
        if (made != Z_OK)
            throw std::runtime_error("zlib non si avvia");
    }
    ~Stream() { inflates_ ? inflateEnd(&z) : deflateEnd(&z); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    z_stream z{};

private:
    bool inflates_;
};

}

std::string toBase64(std::string_view bytes)
{
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<std::string> fromBase64(std::string_view text)
{
    std::string plain(text);
    std::erase_if(plain, [](char c) { return c == '\r' || c == '\n'; });
    const auto end = std::find_if_not(plain.begin(), plain.end(), isBase64);
    const auto padding = static_cast<std::size_t>(plain.end() - end);
    if (plain.empty() || plain.size() % 4 != 0 || padding > 2 || std::count(end, plain.end(), '=') != plain.end() - end)
        return std::nullopt;
    std::string bytes(plain.size() / 4 * 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                        reinterpret_cast<const unsigned char*>(plain.data()), static_cast<int>(plain.size()));
    if (size < 0)
        return std::nullopt;
    bytes.resize(static_cast<std::size_t>(size) - padding);
    // Bits behind the last byte that are not zero: a second spelling of the same bytes.
    return toBase64(bytes) == plain ? std::optional{bytes} : std::nullopt;
}

std::string urlEncode(std::string_view text)
{
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (isUnreserved(c))
            encoded += c;
        else
            encoded += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
    return encoded;
}

std::optional<std::string> urlDecode(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const auto high = i + 2 < text.size() ? hexDigit(text[i + 1]) : std::nullopt;
        const auto low = high ? hexDigit(text[i + 2]) : std::nullopt;
        if (!low)
            return std::nullopt;
        decoded += static_cast<char>(*high << 4U | *low);
        i += 2;
    }
    return decoded;
}

std::string deflate(std::string_view bytes)
{
    Stream stream(false);
    std::string out(deflateBound(&stream.z, bytes.size()), '\0');
    stream.z.next_in = zbytes(bytes);
    stream.z.avail_in = static_cast<uInt>(bytes.size());
    stream.z.next_out = zbytes(out);
    stream.z.avail_out = static_cast<uInt>(out.size());
    if (::deflate(&stream.z, Z_FINISH) != Z_STREAM_END)
        throw std::runtime_error("zlib non comprime");
    out.resize(stream.z.total_out);
    return out;
}

std::optional<std::string> inflate(std::string_view bytes, std::size_t most)
{
    Stream stream(true);
    std::string out(most, '\0');
    stream.z.next_in = zbytes(bytes);
    stream.z.avail_in = static_cast<uInt>(bytes.size());
    stream.z.next_out = zbytes(out);
    stream.z.avail_out = static_cast<uInt>(out.size());
    if (::inflate(&stream.z, Z_FINISH) != Z_STREAM_END || stream.z.avail_in != 0)
        return std::nullopt;
    out.resize(stream.z.total_out);
    return out;
}

std::string newId()
{
    std::array<unsigned char, 16> random{};
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1)
        throw std::runtime_error("la libreria di crittografia non dà numeri casuali");
    std::string id = "_";
    for (const unsigned char byte : random)
        id += {kHex[byte >> 4U], kHex[byte & 15U]};
    return id;
}

std::optional<Instant> instantFromSaml(std::string_view text)
{
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos)
        return instantFromIso(text);
    const std::string_view fraction = text.substr(point + 1);
    const bool ends = fraction.size() >= 2 && fraction.size() <= 10 && fraction.back() == 'Z';
    if (!ends || fraction.find_first_not_of("0123456789") != fraction.size() - 1)
        return std::nullopt;
    return instantFromIso(std::string(text.substr(0, point)) + "Z");
}

}
