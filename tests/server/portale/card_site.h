#pragma once

#include "server/gateways/carte/fiducia.h"
#include "server/http/routes.h"
#include "server/http/server.h"
#include "server/store/cittadini.h"
#include "server/store/sql.h"
#include "tests/support/autorita_carte.h"
#include "tests/support/curl.h"
#include "tests/support/makers.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QTest>

#include <chrono>
#include <string>
#include <vector>

namespace sdc::tests {

/// Whose the cards are.
inline constexpr const char* kHolder = "RSSMRA72H25H612H";

/// The database of this run, as addDatabases names it.
inline QString database()
{
    QFETCH_GLOBAL(QString, database);
    return database;
}

/// When World's clock begins.
inline Instant beginning()
{
    return instant("2026-11-23T10:00:00Z");
}

/// Keys take their time: all tests have the same authorities.
inline const AutoritaCarte& trustedAuthority()
{
    static const AutoritaCarte autorita("CA di prova", beginning());
    return autorita;
}
inline const AutoritaCarte& unknownAuthority()
{
    static const AutoritaCarte autorita("Altra CA", beginning());
    return autorita;
}
/// curl looks at the true clock.
inline const CoppiaPem& serverKeys()
{
    static const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    static const CoppiaPem keys =
        trustedAuthority().issueServer(now - std::chrono::hours{24}, now + std::chrono::hours{24});
    return keys;
}

/// The portal and the cards' door at work, with an authority that is trusted.
struct CardSite
{
    explicit CardSite(const QString& database)
        : world(database),
          autorita(trustedAuthority()),
          altra(unknownAuthority()),
          server(serverKeys()),
          fiducia(gateways::carte::Archivio{prepare()}, file("ca.pem", autorita.certificato()), false),
          tls({file("server.pem", server.certificato), file("server.key", server.chiave), true}),
          statics(world.folder().path()),
          portal(context(), http::routes(), statics, none, {"127.0.0.1", 0}),
          door(context(), http::cardRoutes(), statics, none, {"127.0.0.1", 0, 200, 100, 4, &tls})
    {
        tls.renew(fiducia.autorita());
        world.config().indirizzoPubblico = "http://127.0.0.1:" + std::to_string(portal.port());
        world.config().carte.porta = door.port();
        portal.start();
        door.start();
    }

    static std::vector<http::Event> none(const std::string&, long long) { return {}; }

    std::filesystem::path file(const std::string& name, const std::string& content) const
    {
        return world.folder().write(name, content);
    }

    std::filesystem::path prepare()
    {
        world.config().indirizzoPubblico = "http://127.0.0.1:1";
        auto folder = world.folder().path() / "carte";
        gateways::carte::Archivio archivio{folder};
        archivio.saveRevoche("http://127.0.0.1:1/x.crl", autorita.revoche({}, world.now() - std::chrono::hours{1},
                                                                          world.now() + std::chrono::hours{24} * 30));
        return folder;
    }

    /// A new list of what the trusted authority has taken back.
    void revoke(const std::vector<std::string>& revocati)
    {
        fiducia.archivio().saveRevoche("http://127.0.0.1:1/x.crl",
                                       autorita.revoche(revocati, world.now() - std::chrono::minutes{30},
                                                        world.now() + std::chrono::hours{24} * 30));
        fiducia.reread();
    }

    Context context()
    {
        Context made = world.context();
        made.room = nullptr;
        made.carte = &fiducia;
        return made;
    }

    Tessera tessera() const
    {
        Tessera tessera;
        tessera.da = world.now() - std::chrono::hours{24} * 30;
        tessera.fino = world.now() + std::chrono::hours{24} * 365;
        return tessera;
    }

    QStringList files(const CoppiaPem& coppia)
    {
        const std::string name = "carta" + std::to_string(++number_);
        return {QStringLiteral("--cert"), q(file(name + ".pem", coppia.certificato).string()), QStringLiteral("--key"),
                q(file(name + ".key", coppia.chiave).string())};
    }

    struct Inizio
    {
        QString cookie;
        QString porta;
    };
    /// A browser begins at the portal.
    Inizio begin(const QString& ritorno = QStringLiteral("/prova/servizi/"))
    {
        const Detto detto = curl({portale(QStringLiteral("/prova/carta?ritorno=") + ritorno)});
        return {detto.cookie(QStringLiteral("__Host-stanza-prova-carta")), detto.header("Location")};
    }

    QString portale(const QString& path) const { return q(world_base() + path.toStdString()); }
    std::string world_base() const { return "http://127.0.0.1:" + std::to_string(portal.port()); }

    /// At the door, with these further words for curl.
    Detto show(const QString& url, const QStringList& more = {}) const
    {
        return curl(QStringList{QStringLiteral("--cacert"), q((world.folder().path() / "ca.pem").string()), url} +
                    more);
    }

    /// One whole try with this card; what the door says.
    Detto attempt(const CoppiaPem& coppia, const QStringList& more = {})
    {
        return show(begin().porta, files(coppia) + more);
    }

    static Detto comeBack(const QString& url, const QString& cookie)
    {
        return curl({url, QStringLiteral("-H"), QStringLiteral("Cookie: ") + cookie});
    }

    int citizens()
    {
        int count = 0;
        store::Sql(world.database(), "SELECT COUNT(*) FROM cittadini").into(count).next();
        return count;
    }

    std::string citizen() { return store::findCittadinoByCodiceFiscale(world.database(), kHolder).value().id.text(); }

    World world;
    const AutoritaCarte& autorita;
    const AutoritaCarte& altra;
    const CoppiaPem& server;
    gateways::carte::Fiducia fiducia;
    http::Tls tls;
    http::Statics statics;
    http::Server portal;
    http::Server door;

private:
    int number_ = 0;
};

}
