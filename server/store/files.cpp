#include "server/store/files.h"

#include "core/base/id.h"
#include "server/sha256.h"
#include "server/store/ids.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
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
    Descriptor(const std::filesystem::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600))
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
    /// How many bytes came; 0 at the end.
    std::size_t read(char* data, std::size_t size) const
    {
        ssize_t count = -1;
        do
            count = ::read(fd_, data, size);
        while (count < 0 && errno == EINTR);
        if (count < 0)
            throw Unreadable(errno, std::generic_category(), "read");
        return static_cast<std::size_t>(count);
    }
    void write(const char* data, std::size_t size) const
    {
        while (size > 0) {
            const ssize_t count = ::write(fd_, data, size);
            if (count < 0 && errno != EINTR)
                throw std::system_error(errno, std::generic_category(), "write");
            const std::size_t written = count < 0 ? 0 : static_cast<std::size_t>(count);
            data += written;
            size -= written;
        }
    }

private:
    int fd_;
};

Descriptor openToRead(const std::filesystem::path& path, int flags)
{
    try {
        return {path, O_RDONLY | flags};
    } catch (const std::system_error& error) {
        throw Unreadable(error.code(), path.string());
    }
}

constexpr std::chrono::hours kTemporaryKept{24};

std::string hexOf(unsigned char number)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    return {kHex[number >> 4U], kHex[number & 15U]};
}

}

Hold::Hold(const std::filesystem::path& file) : fd_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
{
    if (fd_ < 0)
        throw std::system_error(errno, std::generic_category(), file.string());
}

bool Hold::lock(int operation) const
{
    while (::flock(fd_, operation) != 0) {
        if (errno == EWOULDBLOCK)
            return false;
        if (errno != EINTR)
            throw std::system_error(errno, std::generic_category(), "flock");
    }
    return true;
}

Hold::~Hold()
{
    if (fd_ >= 0)
        ::close(fd_);
}

Hold::Hold(Hold&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

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

Hold Files::hold() const
{
    Hold hold{folder_ / ".blocco"};
    hold.lock(LOCK_SH);
    return hold;
}

void Files::adopt(const Hold&, const std::filesystem::path& file, const std::string& sha256) const
{
    const std::filesystem::path target = path(sha256);
    std::filesystem::create_directories(target.parent_path());
    Descriptor(file, O_RDONLY).sync();
    // The same content may be there already: replacing it by itself changes nothing for who reads it.
    std::filesystem::rename(file, target);
    Descriptor(target.parent_path(), O_RDONLY | O_DIRECTORY).sync();
    Descriptor(folder_, O_RDONLY | O_DIRECTORY).sync();
}

std::optional<int> Files::sweep(unsigned char folder,
                                const std::function<std::vector<std::string>(const std::string& prefix)>& namedIn) const
{
    sweepTemporary();
    const std::string prefix = hexOf(folder);
    if (!std::filesystem::exists(folder_ / prefix))
        return 0;
    // Alone, nobody is between taking a file in and committing its row: what no row names now, none will.
    const Hold alone{folder_ / ".blocco"};
    if (!alone.lock(LOCK_EX | LOCK_NB))
        return std::nullopt;
    std::vector<std::string> named = namedIn(prefix);
    std::sort(named.begin(), named.end());
    int gone = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / prefix)) {
        if (!std::binary_search(named.begin(), named.end(), entry.path().filename().string()))
            gone += std::filesystem::remove(entry.path()) ? 1 : 0;
    }
    return gone;
}

void Files::sweepTemporary() const
{
    const auto before = std::filesystem::file_time_type::clock::now() - kTemporaryKept;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "tmp")) {
        std::error_code gone;
        if (const auto written = entry.last_write_time(gone); !gone && written < before)
            std::filesystem::remove(entry.path(), gone);
    }
}

std::string folderName(int folder)
{
    return hexOf(static_cast<unsigned char>(folder));
}

std::string copyFile(const std::filesystem::path& from, const std::filesystem::path& to)
{
    const Descriptor source = openToRead(from, O_NOFOLLOW);
    const Descriptor target(to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
    Sha256 digest;
    std::array<char, 65536> buffer{};
    while (const std::size_t size = source.read(buffer.data(), buffer.size())) {
        digest.update(buffer.data(), size);
        target.write(buffer.data(), size);
    }
    return digest.hex();
}

std::string sha256OfFile(const std::filesystem::path& file)
{
    const Descriptor source = openToRead(file, 0);
    Sha256 digest;
    std::array<char, 65536> buffer{};
    while (const std::size_t size = source.read(buffer.data(), buffer.size()))
        digest.update(buffer.data(), size);
    return digest.hex();
}

std::string sha256OfText(const std::string& text)
{
    Sha256 digest;
    digest.update(text.data(), text.size());
    return digest.hex();
}

}
