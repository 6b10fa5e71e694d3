#pragma once

#include "server/http/router.h"
#include "server/http/spool.h"

#include <string>

namespace sdc::http {

/// The body of a request, once it is here whole.
class SpooledBody : public Body
{
public:
    /// `length` is what the client announced, -1 where it did not.
    SpooledBody(std::int64_t length, std::string contentType, const Spool& spool)
        : length_(length),
          contentType_(std::move(contentType)),
          spool_(spool)
    {
    }

    std::int64_t length() const override { return length_; }
    void read(Request& request, Carries carries, const Context& context, const std::string& csrf) override;

private:
    std::int64_t length_;
    std::string contentType_;
    const Spool& spool_;
};

/// Percent-decoded "a=1&b=2".
Fields parseQuery(const std::string& text);

}
