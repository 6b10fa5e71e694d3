#include "server/http/spool.h"

#include <fcntl.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace sdc::http {
namespace {

Descriptor namelessFile(const std::filesystem::path& folder)
{
    Descriptor file{::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)};
    if (!file)
        throw std::system_error(errno, std::generic_category(), folder.string());
    return file;
}

}

void Spool::append(std::string_view bytes)
{
    size_ += static_cast<std::int64_t>(bytes.size());
    // By what came, not by what was announced: who announces much and sends little costs no file.
    if (!file_ && size_ <= kInMemory) {
        text_ += bytes;
        return;
    }
    if (!file_) {
        file_ = namelessFile(folder_);
        write(std::exchange(text_, {}));
    }
    write(bytes);
}

void Spool::write(std::string_view bytes) const
{
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
