#include "server/http/spool.h"

#include <fcntl.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace sdc::http {
namespace {

Descriptor namelessFile(const std::filesystem::path& folder)
{
    std::string name = (folder / ".ricezione-XXXXXX").string();
    Descriptor file{::mkostemp(name.data(), O_CLOEXEC)};
    if (!file)
        throw std::system_error(errno, std::generic_category(), name);
    ::unlink(name.c_str());
    return file;
}

}

Spool::Spool(std::int64_t length, const std::filesystem::path& folder) : length_(length)
{
    if (length > kInMemory)
        file_ = namelessFile(folder);
}

void Spool::append(std::string_view bytes)
{
    size_ += static_cast<std::int64_t>(bytes.size());
    if (!file_) {
        text_ += bytes;
        return;
    }
    while (!bytes.empty()) {
        const ssize_t count = ::write(file_.get(), bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR)
            throw std::system_error(errno, std::generic_category(), "corpo della richiesta");
        bytes.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
}

std::size_t Spool::read(std::int64_t offset, char* data, std::size_t size) const
{
    if (!file_)
        return text_.copy(data, size, static_cast<std::size_t>(offset));
    ssize_t count = -1;
    do
        count = ::pread(file_.get(), data, size, offset);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        throw std::system_error(errno, std::generic_category(), "corpo della richiesta");
    return static_cast<std::size_t>(count);
}

}
