#pragma once

#include "core/base/time.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace sdc::gateways::carte {

/// A list of revoked certificates that was looked at.
struct Revoche
{
    /// As DER.
    std::string der;
    Instant fatta;
    /// When the next one comes: from then on this one says nothing any more.
    Instant prossima;
};

/// What came from outside is not what it should be; the text says why, in Italian, for an administrator.
class NonValida : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Reads a list (DER or PEM): one of these authorities (certificates as DER) must have signed it, and it must say when
/// it was made and when the next one comes. Throws NonValida.
Revoche readRevoche(const std::string& bytes, const std::vector<std::string>& autorita);

}
