#include "server/store/files.h"

#include "core/base/id.h"
#include "server/store/ids.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace sdc::store {
namespace {

/// An open file descriptor that is closed at the end.
class Descriptor
{
public:
    Descriptor(const std::filesystem::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC))
    {
        if (fd_ < 0)
            throw std::system_error(errno, std::generic_category(), path.string());
    }
    ~Descriptor() { ::close(fd_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    void sync() const
    {
        if (::fsync(fd_) != 0)
            throw std::system_error(errno, std::generic_category(), "fsync");
    }

private:
    int fd_;
};

class Digest
{
public:
    Digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free)
    {
        EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
    }

    void update(const char* data, std::size_t size) { EVP_DigestUpdate(context_.get(), data, size); }

    std::string hex()
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
        unsigned size = 0;
        EVP_DigestFinal_ex(context_.get(), hash.data(), &size);
        constexpr std::string_view kHex = "0123456789abcdef";
        std::string text;
        for (unsigned i = 0; i < size; ++i) {
            text += kHex[hash.at(i) >> 4U];
            text += kHex[hash.at(i) & 15U];
        }
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}

Files::Files(std::filesystem::path folder) : folder_(std::move(folder))
{
    std::filesystem::create_directories(folder_ / "tmp");
}

std::filesystem::path Files::path(const std::string& sha256) const
{
    return folder_ / sha256.substr(0, 2) / sha256;
}

std::filesystem::path Files::temporary() const
{
    return folder_ / "tmp" / newId();
}

void Files::adopt(const std::filesystem::path& file, const std::string& sha256) const
{
    const std::filesystem::path target = path(sha256);
    std::filesystem::create_directories(target.parent_path());
    Descriptor(file, O_RDONLY).sync();
    // The same content may be there already: replacing it by itself changes nothing for who reads it.
    std::filesystem::rename(file, target);
    Descriptor(target.parent_path(), O_RDONLY | O_DIRECTORY).sync();
    Descriptor(folder_, O_RDONLY | O_DIRECTORY).sync();
}

std::string sha256OfFile(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw std::system_error(ENOENT, std::generic_category(), file.string());
    Digest digest;
    std::array<char, 65536> buffer{};
    while (stream.read(buffer.data(), buffer.size()) || stream.gcount() > 0)
        digest.update(buffer.data(), static_cast<std::size_t>(stream.gcount()));
    return digest.hex();
}

std::string sha256OfText(const std::string& text)
{
    Digest digest;
    digest.update(text.data(), text.size());
    return digest.hex();
}

}
