#pragma once

#include "server/http/message.h"

#include <string>

namespace sdc::http {

/// A text that many requests share: as it is and, where that is shorter, gzipped.
struct Ready
{
    std::string type;
    SharedText plain;
    SharedText gzipped;
    /// The strong ETag of the plain text; the gzipped one, other bytes, has another (RFC 9110, 8.8.3.3).
    std::string etag;
    std::string gzippedEtag;

    std::size_t bytes() const { return plain->size() + (gzipped ? gzipped->size() : 0); }
};

/// `effort` of gzip from 1 to 9; 0 = none.
Ready makeReady(std::string type, std::string text, int effort);

/// What may be kept of an answer, and what it depends on beside the address.
struct Keeping
{
    const char* cacheControl;
    const char* vary;
};

/// The form of the text that this client takes, or 304 where it has that already.
Response answerWith(const Request& request, const Ready& ready, const Keeping& keeping);

/// Whether an Accept-Encoding takes gzip (RFC 9110, 12.5.3).
bool takesGzip(std::string_view acceptEncoding);
/// Whether an If-None-Match names this ETag (RFC 9110, 13.1.2).
bool names(std::string_view ifNoneMatch, std::string_view etag);

}
