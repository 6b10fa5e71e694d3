#pragma once

#include <filesystem>
#include <string>

namespace sdc::copie {

/// A folder with the rest of a work that is whole only when it gets its name: it goes with this object, and what a
/// killed program left behind goes when the next one begins.
class Incompiuta
{
public:
    /// In `parent`, named `prefix` and something of its own; removes earlier ones there that nobody works on.
    Incompiuta(const std::filesystem::path& parent, const std::string& prefix);
    ~Incompiuta();
    Incompiuta(const Incompiuta&) = delete;
    Incompiuta& operator=(const Incompiuta&) = delete;

    const std::filesystem::path& path() const { return path_; }
    /// Makes all of it safe on the disk, and gives it its name. Throws where something bears it already.
    void publish(const std::filesystem::path& name);

private:
    std::filesystem::path path_;
    /// Beside the folder, so that it may be held until the folder has its name.
    std::filesystem::path lockFile_;
    int lock_ = -1;
};

/// Holds a lock file as long as it lives, if nobody else does.
class OneAtATime
{
public:
    explicit OneAtATime(const std::filesystem::path& file);
    ~OneAtATime();
    OneAtATime(const OneAtATime&) = delete;
    OneAtATime& operator=(const OneAtATime&) = delete;

    bool isMine() const { return mine_; }

private:
    int lock_;
    bool mine_;
};

/// A new file, mode 0600, with this content. Throws std::system_error.
void writeNew(const std::filesystem::path& file, const std::string& text);
/// All that was written to the file system of `folder` survives a power cut when this returns.
void makeSafe(const std::filesystem::path& folder);
/// Throws with a sentence where fewer than `bytes` are free in `folder`.
void requireSpace(const std::filesystem::path& folder, long long bytes);
/// "2,1 GB".
std::string sizeText(long long bytes);
/// Whether `inner` is `outer` or lies in it; both as the disk has them.
bool isWithin(const std::filesystem::path& inner, const std::filesystem::path& outer);

}
