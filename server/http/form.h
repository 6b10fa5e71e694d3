#pragma once

#include "server/http/router.h"

#include <Poco/Net/HTTPServerRequest.h>

#include <atomic>
#include <cstdint>

namespace sdc::http {

/// The body of a request that Poco reads from its socket. Files go to disk piece by piece, whatever their size.
class PocoBody : public Body
{
public:
    /// `received` counts the bytes that came, for who watches the pace.
    PocoBody(Poco::Net::HTTPServerRequest& request, std::atomic<std::int64_t>& received)
        : request_(request),
          received_(received)
    {
    }

    std::int64_t length() const override;
    void read(Request& request, Carries carries, const Context& context, const std::string& csrf) override;
    /// Whether everything that the client announced was read. Of a length it does not announce nothing is ever read:
    /// what remains must not be taken for the next request.
    bool finished() const { return length() >= 0 && received_ >= length(); }

private:
    Poco::Net::HTTPServerRequest& request_;
    std::atomic<std::int64_t>& received_;
};

/// Percent-decoded "a=1&b=2".
Fields parseQuery(const std::string& text);

}
