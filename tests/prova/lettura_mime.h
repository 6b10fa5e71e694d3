#pragma once

#include <string>
#include <string_view>

namespace sdc::prova {

/// What a person sees of a message.
struct MailLetta
{
    std::string messageId; ///< as it stands in the header, without angle brackets
    std::string da;        ///< "Comune di Rovereto <noreply@example.org>"
    std::string oggetto;
    std::string data;
    std::string testo;
    std::string html;
};

/// Reads an RFC 5322 message with MIME parts; what is malformed is shown as it is.
MailLetta readMail(std::string_view eml);

/// RFC 2047 encoded words to UTF-8.
std::string decodeWords(std::string_view text);

/// The value of a header, unfolded but not decoded; empty when there is none.
std::string rawHeader(std::string_view eml, std::string_view name);

}
