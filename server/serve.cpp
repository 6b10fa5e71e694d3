#include "server/serve.h"

#include "server/eventi.h"
#include "server/gateways/carte/fiducia.h"
#include "server/gateways/registro_idp.h"
#include "server/gateways/scarico.h"
#include "server/gateways/smtp.h"
#include "server/http/kept_pages.h"
#include "server/http/routes.h"
#include "server/http/server.h"
#include "server/http/templates.h"
#include "server/jobs/carte.h"
#include "server/jobs/federazione.h"
#include "server/jobs/worker.h"
#include "server/log.h"
#include "server/options.h"
#include "server/spid.h"

#include <Poco/AutoPtr.h>
#include <Poco/ConsoleChannel.h>
#include <Poco/FormattingChannel.h>
#include <Poco/Logger.h>
#include <Poco/PatternFormatter.h>

#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace sdc {
namespace {

void openLog()
{
    Poco::AutoPtr<Poco::Channel> console(new Poco::ConsoleChannel);
    Poco::AutoPtr<Poco::Formatter> formatter(new Poco::PatternFormatter("%Y-%m-%dT%H:%M:%SZ %p %t"));
    Poco::AutoPtr<Poco::Channel> channel(new Poco::FormattingChannel(formatter, console));
    Poco::Logger::get("stanza").setChannel(channel);
}

/// Blocks the signals in all threads to come, so that only the waiting below receives them.
sigset_t blockSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

/// A connection is a descriptor, and a second one while a file comes or goes by it; so are streams and databases.
void allowDescriptors(const Config& config)
{
    constexpr rlim_t kOthers = 4000;
    const rlim_t wanted = 2 * static_cast<rlim_t>(config.connessioni) + kOthers;
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < wanted)
        log::error("meno connessioni di quelle configurate", {{"descrittori", std::to_string(limit.rlim_cur)}});
}

gateways::ConfigSmtp smtpOf(const Config& config)
{
    gateways::ConfigSmtp smtp;
    smtp.host = config.smtpHost;
    smtp.porta = static_cast<std::uint16_t>(config.smtpPorta);
    smtp.cifratura = config.smtpCifratura == "tls"        ? gateways::Cifratura::Implicita
                     : config.smtpCifratura == "starttls" ? gateways::Cifratura::StartTls
                                                          : gateways::Cifratura::Nessuna;
    smtp.utente = config.smtpUtente;
    smtp.password = config.smtpPassword;
    return smtp;
}

gateways::FontiIdp fontiOf(const Config& config)
{
    gateways::FontiIdp fonti;
    if (!config.spidFederazione.empty())
        fonti.federazione = jobs::fileFederazione(config);
    for (const std::string& file : config.spidFidati)
        fonti.fidati.push_back(commands::readFile(file));
    fonti.cartelle.assign(config.spidAggiuntivi.begin(), config.spidAggiuntivi.end());
    fonti.cie = config.spidCie;
    return fonti;
}

std::vector<http::Event> noEvents(const std::string&, long long)
{
    return {};
}

/// Where clients show certificates.
http::Ingresso sealedDoor(const Config& config, const std::string& own, int porta, const http::Tls& tls)
{
    constexpr std::size_t kConnections = 1000;
    constexpr std::size_t kPerAddress = 100;
    constexpr int kWorkers = 8;
    return {own.empty() ? config.indirizzo : own, porta, kConnections, kPerAddress, kWorkers, &tls};
}

/// The door for cards, with the job that keeps its lists fresh.
struct PortaCarte
{
    PortaCarte(const Context& context, const http::Statics& statics, const gateways::Scarico& scarico)
        : tls({context.config.carte.certificato, context.config.carte.chiave, context.config.carte.tls13}),
          server(context, http::cardRoutes(), statics, noEvents,
                 sealedDoor(context.config, context.config.carte.indirizzo, context.config.carte.porta, tls)),
          lavoro({context.config.carte, *context.carte,
                  [&scarico](const std::string& url, std::size_t most) { return scarico.fetch(url, most); },
                  context.now, [this, fiducia = context.carte] { tls.renew(fiducia->autorita()); }},
                 context.rooms.misure())
    {
        tls.renew(context.carte->autorita());
    }

    http::Tls tls;
    http::Server server;
    jobs::LavoroCarte lavoro;
};

/// The door for partners. Whoever renews its certificate need not start the server anew.
struct PortaPartner
{
    PortaPartner(const Context& context, const http::Statics& statics)
        : tls({context.config.partner.certificato, context.config.partner.chiave, true}),
          server(context, http::partnerRoutes(), statics, noEvents,
                 sealedDoor(context.config, context.config.partner.indirizzo, context.config.partner.porta, tls)),
          rinnovo([this, &misure = context.rooms.misure()](const std::stop_token& stop) { renew(stop, misure); })
    {
    }

    void renew(const std::stop_token& stop, Misure& misure)
    {
        static const std::string kGuasto = "certificato della porta dei partner non letto";
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!wake.wait_for(lock, stop, std::chrono::hours{1}, [&] { return stop.stop_requested(); })) {
            try {
                tls.renew({});
                misure.guasti.over(kGuasto, "");
            } catch (const std::exception& error) {
                misure.guasti.met(kGuasto, "", error.what());
            }
        }
    }

    http::Tls tls;
    http::Server server;
    std::jthread rinnovo;
};

/// The doors beside the portal's, as far as they are configured.
struct AltrePorte
{
    AltrePorte(const Context& context, const http::Statics& statics, const gateways::Scarico& scarico)
        : carte(context.carte != nullptr ? std::make_unique<PortaCarte>(context, statics, scarico) : nullptr),
          partner(context.config.partner.porta != 0 ? std::make_unique<PortaPartner>(context, statics) : nullptr)
    {
    }

    void start() const
    {
        if (carte)
            carte->server.start();
        if (partner)
            partner->server.start();
    }
    void stop() const
    {
        if (partner)
            partner->server.stop();
        if (carte)
            carte->server.stop();
    }

    std::unique_ptr<PortaCarte> carte;
    std::unique_ptr<PortaPartner> partner;
};

std::unique_ptr<gateways::carte::Fiducia> makeFiducia(const Config& config)
{
    if (!config.conCarte())
        return nullptr;
    return std::make_unique<gateways::carte::Fiducia>(gateways::carte::Archivio{config.cartellaCarte()},
                                                      config.carte.fiducia, config.carte.senzaRevoche);
}

}

int serve(const Config& config, Rooms& rooms, const std::function<Instant()>& now)
{
    const sigset_t signals = blockSignals();
    openLog();
    allowDescriptors(config);
    rooms.all();
    spid::requireKey(config, rooms);
    const http::Templates templates(config.risorse);
    const http::Statics statics(config.risorse / "static");
    gateways::Identificazione identita{gateways::RegistroIdp{fontiOf(config)},
                                       gateways::Luoghi{config.risorse / "luoghi.tsv"}};
    for (const std::string& fault : identita.idp.reload(now()))
        log::error("gestore di identità non letto", {{"causa", fault}});
    http::KeptPages pagine;
    const auto fiducia = makeFiducia(config);
    const Context context{config, templates, identita, rooms, now, nullptr, {}, {}, {}, &pagine, fiducia.get()};
    // Before any thread is made: Scarico says why.
    const gateways::Scarico scarico;
    const AltrePorte altrePorte(context, statics, scarico);
    documents::Stampa stampa(config.stampa);
    gateways::Smtp posta(smtpOf(config), now);
    http::Server server(context, http::routes(), statics,
                        [&rooms](const std::string& ente, long long from) { return eventi::read(rooms, ente, from); });
    const jobs::LavoroFederazione federazione(
        {config, identita.idp, [&](const std::string& url, std::size_t most) { return scarico.fetch(url, most); }, now},
        rooms.misure());
    const jobs::Worker worker({context, stampa, posta}, rooms, jobs::workerName(config, server.port()));
    server.start();
    altrePorte.start();
    log::info("in ascolto", {{"indirizzo", config.indirizzo}, {"porta", std::to_string(server.port())}});
    int signal = 0;
    sigwait(&signals, &signal);
    log::info("arresto richiesto");
    altrePorte.stop();
    server.stop();
    return 0;
}

}
