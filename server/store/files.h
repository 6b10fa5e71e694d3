#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace sdc::store {

/// While it lives, no file is swept away: from before a file is taken in until after its row has committed.
class Hold
{
public:
    ~Hold();
    Hold(Hold&& other) noexcept;
    Hold& operator=(Hold&&) = delete;

private:
    friend class Files;
    explicit Hold(const std::filesystem::path& file);
    /// As flock(2); false where it would have to wait and may not.
    bool lock(int operation) const;

    int fd_;
};

/// The bytes of one ente's attachments and documents, named by their SHA-256 (lower-case hex).
class Files
{
public:
    explicit Files(std::filesystem::path folder);

    /// Waits while files are being swept, by this process or another.
    Hold hold() const;
    /// Takes in a file that lies on the same file system as temporary(); when this returns its bytes survive a power
    /// cut. The row that names it must commit afterwards, before the hold ends.
    void adopt(const Hold& hold, const std::filesystem::path& file, const std::string& sha256) const;
    std::filesystem::path path(const std::string& sha256) const;
    /// A name for a new temporary file, on the same file system.
    std::filesystem::path temporary() const;

    /// Removes from the folder "00" to "ff" of this number the files that `namedIn` does not list, and temporary ones
    /// that nobody wrote to for a day. Does nothing, and says so, where somebody holds. How many files went.
    std::optional<int> sweep(unsigned char folder,
                             const std::function<std::vector<std::string>(const std::string& prefix)>& namedIn) const;

private:
    void sweepTemporary() const;

    std::filesystem::path folder_;
};

/// What is to be copied or hashed cannot be read.
class Unreadable : public std::system_error
{
public:
    using std::system_error::system_error;
};

/// Copies a file's content into a new one of its own, mode 0600, never through a symbolic link; the SHA-256 of what was
/// copied. Not yet on the disk: who copies many makes them safe together. Throws Unreadable, or
/// std::system_error where the new one cannot be written.
std::string copyFile(const std::filesystem::path& from, const std::filesystem::path& to);

/// The folders that the files lie in: the first two digits of their names, "00" to "ff".
inline constexpr int kFolders = 256;
std::string folderName(int folder);

/// SHA-256 of a file's content, read in pieces. Throws Unreadable.
std::string sha256OfFile(const std::filesystem::path& file);
std::string sha256OfText(const std::string& text);

}
