#pragma once

#include "server/descriptor.h"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sdc::http {

/// What the files of all bodies that are coming in may hold together, and those of one network: nobody fills the disk
/// with what he has not sent whole. Any thread may ask.
class SpoolRoom
{
public:
    struct Limits
    {
        std::int64_t all = 4LL * 1024 * 1024 * 1024;
        std::int64_t network = 1024LL * 1024 * 1024;
    };

    SpoolRoom() = default;
    explicit SpoolRoom(Limits limits) : limits_(limits) {}

    /// Throws std::system_error (ENOSPC) where the limit would be passed.
    void take(const std::string& network, std::int64_t bytes);
    void giveBack(const std::string& network, std::int64_t bytes);

private:
    Limits limits_;
    std::mutex mutex_;
    std::int64_t all_ = 0;
    std::unordered_map<std::string, std::int64_t> byNetwork_;
};

/// The body of a request as it comes in: a short one in memory, a longer one in a file without a name, that no stop of
/// the program leaves behind.
class Spool
{
public:
    /// The longest body in memory, in bytes.
    static constexpr std::int64_t kInMemory = 16384;

    /// Where the files of bodies lie, and whose this one is.
    struct Place
    {
        std::filesystem::path folder;
        SpoolRoom& room;
        std::string network;
    };

    /// For a body of `length` bytes.
    Spool(std::int64_t length, Place place) : length_(length), held_(std::move(place)) {}
    Spool() = default;

    /// Throws std::system_error where the disk or its room takes no more.
    void append(std::string_view bytes);
    /// It could not be kept: why, for the log alone. Nothing of it is read any more.
    void fail(std::string causa) { failure_ = std::move(causa); }
    const std::string& failure() const { return failure_; }
    std::int64_t size() const { return size_; }
    std::int64_t missing() const { return length_ - size_; }
    /// Copies what lies at `offset`; how many bytes that were, 0 at the end.
    std::size_t read(std::int64_t offset, char* data, std::size_t size) const;

private:
    /// What a body's file holds of its room, given back with it.
    class Held
    {
    public:
        Held() = default;
        explicit Held(Place place)
            : folder_(std::move(place.folder)),
              network_(std::move(place.network)),
              room_(&place.room)
        {
        }
        Held(Held&& other) noexcept { *this = std::move(other); }
        Held& operator=(Held&& other) noexcept;
        ~Held() { giveBack(); }

        void take(std::size_t bytes);
        const std::filesystem::path& folder() const { return folder_; }

    private:
        void giveBack();

        std::filesystem::path folder_;
        std::string network_;
        SpoolRoom* room_ = nullptr;
        std::int64_t bytes_ = 0;
    };

    void write(std::string_view bytes);

    std::int64_t length_ = 0;
    std::int64_t size_ = 0;
    Held held_;
    std::string text_;
    Descriptor file_;
    std::string failure_;
};

}
