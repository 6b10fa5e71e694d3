#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "server/gateways/mail.h"

namespace sdc::gateways {

enum class Cifratura { Nessuna, StartTls, Implicita };

struct ConfigSmtp
{
    std::string host = "127.0.0.1";
    std::uint16_t porta = 25;
    Cifratura cifratura = Cifratura::Nessuna;
    std::string utente; ///< empty: no authentication
    std::string password;
    std::string nomeLocale = "localhost"; ///< what we call ourselves in EHLO
    std::string autorita;                 ///< file of the trusted authorities; empty: the system's
    std::chrono::seconds attesaConnessione{10};
    std::chrono::seconds attesaRisposta{30};
    /// For all of one message: a server that says a letter now and then would keep the others waiting for ever.
    std::chrono::seconds attesaTotale{180};
};

/// Sends through a mail server, one connection for each message; may be called from several threads.
class Smtp : public Posta
{
public:
    using Clock = std::function<std::chrono::sys_seconds()>;

    Smtp(ConfigSmtp config, Clock now);

    void send(const Mail& mail) override;

private:
    ConfigSmtp config_;
    Clock now_;
};

}
