#pragma once

#include "server/descriptor.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace sdc::http {

/// The body of a request as it comes in: a short one in memory, a longer one in a file without a name, that no stop of
/// the program leaves behind.
class Spool
{
public:
    /// The longest body in memory, in bytes.
    static constexpr std::int64_t kInMemory = 16384;

    /// For a body of `length` bytes; where it grows too long for memory its file lies in `folder`.
    Spool(std::int64_t length, std::filesystem::path folder) : length_(length), folder_(std::move(folder)) {}
    Spool() = default;

    /// Throws std::system_error where the disk takes no more.
    void append(std::string_view bytes);
    /// It could not be kept: why, for the log alone. Nothing of it is read any more.
    void fail(std::string causa) { failure_ = std::move(causa); }
    const std::string& failure() const { return failure_; }
    std::int64_t size() const { return size_; }
    std::int64_t missing() const { return length_ - size_; }
    /// Copies what lies at `offset`; how many bytes that were, 0 at the end.
    std::size_t read(std::int64_t offset, char* data, std::size_t size) const;

private:
    void write(std::string_view bytes) const;

    std::int64_t length_ = 0;
    std::int64_t size_ = 0;
    std::filesystem::path folder_;
    std::string text_;
    Descriptor file_;
    std::string failure_;
};

}
