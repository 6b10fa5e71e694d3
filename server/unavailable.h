#pragma once

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace sdc {

/// The machine cannot do it now, and can again once it is helped: the disk is full, the database out of reach, no
/// session free (503). The text is the cause, for the log alone.
class Unavailable : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Whether a fault of the system is of that kind: no place, no descriptor, a disk that does not write.
inline bool isUnavailable(const std::system_error& error)
{
    constexpr std::array kNumbers = {ENOSPC, EDQUOT, EIO, EROFS, EMFILE, ENFILE, ENOMEM, ENOLCK, ESTALE};
    return std::find(kNumbers.begin(), kNumbers.end(), error.code().value()) != kNumbers.end();
}

}
