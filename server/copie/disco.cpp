#include "server/copie/disco.h"

#include "server/store/ids.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <set>
#include <stdexcept>
#include <system_error>

namespace sdc::copie {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLock = ".blocco";
/// What is written beside the counted bytes: folders, and a server that goes on working.
constexpr long long kReserve = 16LL << 20;

[[noreturn]] void failed(const fs::path& path)
{
    throw std::system_error(errno, std::generic_category(), path.string());
}

/// Whether the file that a path names is this one still.
bool isStillThere(int fd, const fs::path& path)
{
    struct stat open
    {
    };
    struct stat named
    {
    };
    return ::fstat(fd, &open) == 0 && ::lstat(path.c_str(), &named) == 0 && open.st_ino == named.st_ino;
}

/// Whether nobody has the lock; then it is taken away. Where the file system knows no locks nobody can tell, and it
/// stays.
bool dropAbandoned(const fs::path& lock)
{
    const int fd = ::open(lock.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return errno == ENOENT;
    const bool free = ::flock(fd, LOCK_EX | LOCK_NB) == 0;
    std::error_code ignored;
    if (free)
        fs::remove(lock, ignored);
    ::close(fd);
    return free;
}

/// The lock comes before its folder and goes after it: a folder without one is nobody's.
void removeAbandoned(const fs::path& parent, const std::string& prefix)
{
    std::error_code ignored;
    std::set<fs::path> works;
    for (const auto& entry : fs::directory_iterator(parent)) {
        if (entry.path().filename().string().starts_with(prefix))
            works.insert(entry.path().extension() == kLock ? fs::path{entry.path()}.replace_extension() : entry.path());
    }
    for (const fs::path& work : works) {
        if (dropAbandoned(fs::path{work} += kLock))
            fs::remove_all(work, ignored);
    }
}

/// A new lock file, held; one that somebody cleaned away before it was held is made again.
int makeLock(const fs::path& file)
{
    while (true) {
        const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
            failed(file);
        if (::flock(fd, LOCK_EX) != 0 || isStillThere(fd, file))
            return fd;
        ::close(fd);
    }
}

}

Incompiuta::Incompiuta(const fs::path& parent, const std::string& prefix)
{
    removeAbandoned(parent, prefix);
    path_ = parent / (prefix + store::newId());
    lockFile_ = fs::path{path_} += kLock;
    lock_ = makeLock(lockFile_);
    if (::mkdir(path_.c_str(), 0700) != 0)
        failed(path_);
}

Incompiuta::~Incompiuta()
{
    std::error_code ignored;
    if (!path_.empty())
        fs::remove_all(path_, ignored);
    fs::remove(lockFile_, ignored);
    ::close(lock_);
}

void Incompiuta::publish(const fs::path& name)
{
    if (fs::exists(fs::symlink_status(name)))
        throw std::runtime_error(name.string() + " esiste già");
    makeSafe(path_);
    fs::rename(path_, name);
    path_.clear();
    makeSafe(name.parent_path());
}

OneAtATime::OneAtATime(const fs::path& file)
    : lock_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)),
      mine_(false)
{
    if (lock_ < 0)
        failed(file);
    mine_ = ::flock(lock_, LOCK_EX | LOCK_NB) == 0;
}

OneAtATime::~OneAtATime()
{
    ::close(lock_);
}

void writeNew(const fs::path& file, const std::string& text)
{
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        failed(file);
    const ssize_t written = ::write(fd, text.data(), text.size());
    const int error = errno;
    if (::close(fd) != 0 || written != static_cast<ssize_t>(text.size()))
        throw std::system_error(written < 0 ? error : ENOSPC, std::generic_category(), file.string());
}

void makeSafe(const fs::path& folder)
{
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        failed(folder);
    const bool safe = ::syncfs(fd) == 0 && ::fsync(fd) == 0;
    const int error = errno;
    ::close(fd);
    if (!safe)
        throw std::system_error(error, std::generic_category(), folder.string());
}

void requireSpace(const fs::path& folder, long long bytes)
{
    struct statvfs system
    {
    };
    if (::statvfs(folder.c_str(), &system) != 0)
        failed(folder);
    const auto free = static_cast<long long>(system.f_bavail * system.f_frsize);
    if (free < bytes + kReserve)
        throw std::runtime_error("in " + folder.string() + " non c'è spazio: servono circa " +
                                 sizeText(bytes + kReserve) + ", ne restano " + sizeText(free));
}

std::string sizeText(long long bytes)
{
    const bool large = bytes >= 1'000'000'000;
    const long long tenths = std::llround(static_cast<double>(bytes) / (large ? 1e8 : 1e5));
    return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10) + (large ? " GB" : " MB");
}

bool isWithin(const fs::path& inner, const fs::path& outer)
{
    const fs::path in = fs::weakly_canonical(inner);
    const fs::path out = fs::weakly_canonical(outer);
    auto at = in.begin();
    for (const fs::path& part : out) {
        if (part.empty())
            continue;
        if (at == in.end() || *at != part)
            return false;
        ++at;
    }
    return true;
}

}
