#pragma once

#include <stdexcept>
#include <string>

namespace sdc::gateways {

/// A mailbox; the name may be empty.
struct Casella
{
    std::string nome;
    std::string indirizzo;
};

/// A message to one person, in plain text and in HTML.
struct Mail
{
    std::string messageId; ///< the same for every attempt, so that a repeat is recognised; without angle brackets
    Casella da;
    Casella a;
    std::string oggetto;
    std::string testo;
    std::string html;
    std::string rispondiA; ///< an address, or empty
};

/// Why a message did not leave.
enum class CausaPosta {
    Transitoria,    ///< the same message may pass later
    Configurazione, ///< an administrator must mend the settings
    Dati,           ///< this message will never pass
    Incerta,        ///< it was handed over whole, but nobody said that it was taken
};

/// A message did not leave; the text says why, in Italian, for an administrator.
class PostaNonInviata : public std::runtime_error
{
public:
    PostaNonInviata(CausaPosta causa, const std::string& message) : std::runtime_error(message), causa_(causa) {}

    CausaPosta causa() const { return causa_; }

private:
    CausaPosta causa_;
};

/// The way out for messages.
class Posta
{
public:
    virtual ~Posta() = default;

    /// Returns when the mail server has taken the message; throws PostaNonInviata otherwise.
    virtual void send(const Mail& mail) = 0;
};

}
