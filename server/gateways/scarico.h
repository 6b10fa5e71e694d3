#pragma once

#include <Poco/Net/Context.h>

#include <chrono>
#include <string>

namespace sdc::gateways {

/// Fetches public files by HTTP. Make it on the main thread before there are others: Poco's TLS contexts count in a way
/// that threads must not share.
class Scarico
{
public:
    explicit Scarico(std::chrono::seconds most = std::chrono::seconds{60});

    /// What is at `url` (http or https), of `largest` bytes at most. No redirect is followed. Throws
    /// std::runtime_error with the reason.
    std::string fetch(const std::string& url, std::size_t largest) const;

private:
    std::chrono::seconds most_;
    Poco::Net::Context::Ptr tls_;
};

}
