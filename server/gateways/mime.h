#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "server/gateways/mail.h"

namespace sdc::gateways {

/// The message as RFC 5322 text with MIME parts: ASCII only, CRLF, lines of at most 76 characters where folding allows.
/// Throws PostaNonInviata (Dati) when a header value holds a line break or an address is none.
std::string mimeMessage(const Mail& mail, std::chrono::sys_seconds date);

/// RFC 2047: the text itself when it is plain ASCII, else encoded words.
std::string encodedWords(std::string_view utf8);

/// RFC 2045: lines end with CRLF, none is longer than 76.
std::string quotedPrintable(std::string_view text);

}
