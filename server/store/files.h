#pragma once

#include <filesystem>
#include <string>

namespace sdc::store {

/// The bytes of one ente's attachments and documents, named by their SHA-256 (lower-case hex).
class Files
{
public:
    explicit Files(std::filesystem::path folder);

    /// Takes in a file that lies on the same file system as temporary(); when this returns its bytes survive a power
    /// cut. The row that names it must commit afterwards.
    void adopt(const std::filesystem::path& file, const std::string& sha256) const;
    std::filesystem::path path(const std::string& sha256) const;
    /// A name for a new temporary file, on the same file system.
    std::filesystem::path temporary() const;

private:
    std::filesystem::path folder_;
};

/// SHA-256 of a file's content, read in pieces.
std::string sha256OfFile(const std::filesystem::path& file);
std::string sha256OfText(const std::string& text);

}
