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

void SpoolRoom::take(const std::string& network, std::int64_t bytes)
{
    const std::lock_guard lock(mutex_);
    auto& own = byNetwork_[network];
    if (all_ + bytes > limits_.all || own + bytes > limits_.network)
        throw std::system_error(ENOSPC, std::generic_category(), "troppi corpi di richieste in arrivo");
    all_ += bytes;
    own += bytes;
}

void SpoolRoom::giveBack(const std::string& network, std::int64_t bytes)
{
    const std::lock_guard lock(mutex_);
    all_ -= bytes;
    const auto own = byNetwork_.find(network);
    own->second -= bytes;
    if (own->second == 0)
        byNetwork_.erase(own);
}

Spool::Held& Spool::Held::operator=(Held&& other) noexcept
{
    giveBack();
    folder_ = std::move(other.folder_);
    network_ = std::move(other.network_);
    room_ = std::exchange(other.room_, nullptr);
    bytes_ = std::exchange(other.bytes_, 0);
    return *this;
}

void Spool::Held::take(std::size_t bytes)
{
    room_->take(network_, static_cast<std::int64_t>(bytes));
    bytes_ += static_cast<std::int64_t>(bytes);
}

void Spool::Held::giveBack()
{
    if (bytes_ > 0)
        room_->giveBack(network_, bytes_);
    bytes_ = 0;
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
        file_ = namelessFile(held_.folder());
        write(std::exchange(text_, {}));
    }
    write(bytes);
}

void Spool::write(std::string_view bytes)
{
    held_.take(bytes.size());
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
