#include "core/base/error.h"
#include "server/actions/partner.h"
#include "server/gateways/certificato_partner.h"
#include "server/http/routes.h"
#include "server/http/server.h"
#include "server/store/partner.h"
#include "server/store/servizi.h"
#include "server/store/sql.h"
#include "tests/support/autorita_carte.h"
#include "tests/support/curl.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <array>
#include <fstream>

using namespace sdc;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::AutoritaCarte;
using tests::CoppiaPem;
using tests::curl;
using tests::Detto;
using tests::instant;
using tests::numberOf;
using tests::q;
using tests::World;

namespace {

constexpr const char* kPassword = "treni-lenti-notturni";

/// "giscom:demo" as RFC 7617 has it; made by Qt, which is none of ours.
std::string basic(const std::string& username, const std::string& password)
{
    return "Basic " + (q(username) + QLatin1Char(':') + q(password)).toUtf8().toBase64().toStdString();
}

struct Answer
{
    int status = 0;
    json body;
    std::map<std::string, std::string> headers;
};

/// Keys take their time: all tests have the same authority.
const AutoritaCarte& someAuthority()
{
    static const AutoritaCarte autorita("CA di un partner", instant("2026-11-23T10:00:00Z"));
    return autorita;
}

CoppiaPem clientPair(Instant da, Instant fino)
{
    tests::Tessera tessera;
    tessera.nomiComuni = {"gestionale.esempio.it"};
    tessera.da = da;
    tessera.fino = fino;
    return someAuthority().issue(tessera);
}

std::string derOf(const std::string& pem)
{
    const QString text = q(pem);
    const auto begin = text.indexOf(QLatin1String("-----BEGIN CERTIFICATE-----")) + 27;
    const QString inside = text.mid(begin, text.indexOf(QLatin1String("-----END")) - begin);
    return QByteArray::fromBase64(inside.toLatin1()).toStdString();
}

/// Two enti; the partner giscom is of the first.
struct Provincia : World
{
    explicit Provincia(const QString& database) : World(database), altra(addEnte("altra"))
    {
        add(room(), "giscom", RuoloPartner::Pratiche);
    }

    void add(const Room& where, const std::string& username, RuoloPartner ruolo = RuoloPartner::Pratiche)
    {
        actions::addPartner(*where.database, {{}, username, "Gestionale", ruolo, true}, kPassword, now());
    }

    CertificatoPartner registerPair(const CoppiaPem& coppia, const std::string& username = "giscom")
    {
        const auto certificato = gateways::readCertificatoPartner(coppia.certificato);
        actions::addCertificato(database(), username, certificato, now());
        return certificato;
    }

    Answer ask(http::Request& request)
    {
        if (request.method.empty())
            request.method = "GET";
        if (request.path.empty())
            request.path = "/api/v1.0/services";
        if (request.address.empty()) {
            request.address = "127.0.0.1";
            request.loopback = true;
        }
        request.headers.emplace("host", "x");
        Context context = World::context();
        context.room = nullptr;
        http::NoBody body;
        const http::Response response = http::respond(http::routes(), request, context, body);
        Answer answer{response.status, {}, {}};
        if (const auto* text = http::textOf(response))
            answer.body = json::parse(*text, nullptr, false);
        for (const auto& [name, value] : response.headers)
            answer.headers[name] = value;
        return answer;
    }

    Answer askAs(const std::string& username, const std::string& password, const std::string& path = "")
    {
        http::Request request;
        request.path = path;
        request.headers["authorization"] = basic(username, password);
        return ask(request);
    }

    Answer show(const std::string& der, const std::string& path = "")
    {
        http::Request request;
        request.path = path;
        request.certificato = der;
        request.cifrata = true;
        return ask(request);
    }

    long long logged(const char* azione)
    {
        return numberOf(database(), ("SELECT COUNT(*) FROM attivita WHERE tipo_attore = 'partner' AND azione = '" +
                                     std::string{azione} + "'")
                                        .c_str());
    }

    Room& altra;
};

/// The partners' door with true TLS.
struct Porta
{
    explicit Porta(Provincia& provincia)
        : provincia_(provincia),
          server_(someAuthority().issueServer(
              std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - 24h,
              std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + 24h)),
          tls_({file("server.pem", server_.certificato), file("server.key", server_.chiave), true}),
          statics_(provincia.folder().path()),
          door_(context(), http::partnerRoutes(), statics_,
                [](const std::string&, long long) { return std::vector<http::Event>{}; },
                {"127.0.0.1", 0, 200, 100, 4, &tls_})
    {
        file("ca.pem", someAuthority().certificato());
        door_.start();
    }

    std::filesystem::path file(const std::string& name, const std::string& content) const
    {
        return provincia_.folder().write(name, content);
    }

    Context context() const
    {
        Context made = provincia_.context();
        made.room = nullptr;
        return made;
    }

    QStringList pair(const std::string& name, const CoppiaPem& coppia) const
    {
        return {QStringLiteral("--cert"), q(file(name + ".pem", coppia.certificato).string()), QStringLiteral("--key"),
                q(file(name + ".key", coppia.chiave).string())};
    }

    Detto ask(const QString& path, const QStringList& more) const
    {
        return curl(QStringList{QStringLiteral("--cacert"), q((provincia_.folder().path() / "ca.pem").string()),
                                QStringLiteral("https://127.0.0.1:%1%2").arg(door_.port()).arg(path)} +
                    more);
    }

private:
    Provincia& provincia_;
    CoppiaPem server_;
    http::Tls tls_;
    http::Statics statics_;
    http::Server door_;
};

}

class TestAccessoPartner : public QObject
{
    Q_OBJECT

private slots:
    static void initTestCase_data() { tests::addDatabases(); }

    // A6: "the services active in the partner's ente, `name` and `slug` among the fields"
    void theServicesThatAreActiveAreListed()
    {
        Provincia provincia(database());
        provincia.addServizio(tests::servizioJson("sospeso", "Servizio sospeso"));
        provincia.addServizio(tests::servizioJson("spento", "Servizio spento"));
        {
            store::Transaction transaction(provincia.database());
            store::setAttivazione(transaction, "sospeso", Attivazione::Sospeso);
            store::setAttivazione(transaction, "spento", Attivazione::Disattivo);
            transaction.commit();
        }
        for (const char* path : {"/api/v1.0/services", "/prova/api/v1.0/services"}) {
            const Answer answer = provincia.askAs("giscom", kPassword, path);
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.body.size(), std::size_t{1});
            QCOMPARE(q(answer.body[0].at("name").get<std::string>()), QStringLiteral("Permesso di prova"));
            QCOMPARE(q(answer.body[0].at("slug").get<std::string>()), QStringLiteral("permesso-prova"));
        }
    }

    // A6: "`GET /api/v1.0/status`, open"
    void theStatusIsOpen()
    {
        Provincia provincia(database());
        for (const char* path : {"/api/v1.0/status", "/prova/api/v1.0/status"}) {
            http::Request request;
            request.path = path;
            const Answer answer = provincia.ask(request);
            QCOMPARE(answer.status, 200);
            QCOMPARE(q(answer.body.at("status").get<std::string>()), QStringLiteral("ok"));
            QCOMPARE(q(answer.body.at("version").get<std::string>()), QStringLiteral("v1.0"));
        }
    }

    // A1: "401 without credentials, 403 without the role or for another ente"
    void withoutGoodCredentialsItIs401()
    {
        Provincia provincia(database());
        for (const char* path : {"/api/v1.0/services", "/prova/api/v1.0/services", "/altra/api/v1.0/services"}) {
            http::Request none;
            none.path = path;
            const Answer answer = provincia.ask(none);
            QCOMPARE(answer.status, 401);
            QVERIFY(q(answer.headers.at("WWW-Authenticate")).startsWith(QStringLiteral("Basic realm=")));
            QCOMPARE(provincia.askAs("giscom", "sbagliata", path).status, 401);
            QCOMPARE(provincia.askAs("nessuno", kPassword, path).status, 401);
        }
        QCOMPARE(provincia.askAs("giscom", kPassword, "/assente/api/v1.0/services").status, 404);
        QCOMPARE(provincia.logged("accesso"), 0);
    }

    void itIs403InAnotherEnte()
    {
        Provincia provincia(database());
        const Answer answer = provincia.askAs("giscom", kPassword, "/altra/api/v1.0/services");
        QCOMPARE(answer.status, 403);
        QVERIFY(!answer.body.dump().empty() && answer.body.contains("detail"));
        // Known or not yet, and with a certificate, all the same.
        QCOMPARE(provincia.askAs("giscom", kPassword, "/altra/api/v1.0/services").status, 403);
        const CoppiaPem pair = clientPair(provincia.now() - 24h, provincia.now() + 24h);
        provincia.registerPair(pair);
        QCOMPARE(provincia.show(derOf(pair.certificato), "/altra/api/v1.0/services").status, 403);
        QCOMPARE(numberOf(*provincia.altra.database, "SELECT COUNT(*) FROM attivita"), 0);
    }

    void whatIsNoBasicIsNotTaken_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("bearer") << QByteArray("Bearer x");
        QTest::newRow("empty") << QByteArray("Basic ");
        QTest::newRow("no base64") << QByteArray("Basic !!!!");
        QTest::newRow("no colon") << "Basic " + QByteArray("giscom").toBase64();
        QTest::newRow("too long") << "Basic " + QByteArray("giscom:" + QByteArray(3000, 'x')).toBase64();
        QTest::newRow("NUL in the name") << "Basic " + QByteArray("gis\0com:treni-lenti-notturni", 28).toBase64();
        QTest::newRow("quotes") << "Basic " + QByteArray("' OR 1=1 --:treni-lenti-notturni").toBase64();
        QTest::newRow("not UTF-8") << "Basic " + QByteArray("gis\xff\xfe:treni-lenti-notturni").toBase64();
    }

    void whatIsNoBasicIsNotTaken()
    {
        QFETCH(QByteArray, header);
        Provincia provincia(database());
        http::Request request;
        request.headers["authorization"] = header.toStdString();
        QCOMPARE(provincia.ask(request).status, 401);
        // It was not even tried as somebody's password.
        QCOMPARE(provincia.logged("accesso rifiutato"), 0);
        QCOMPARE(numberOf(provincia.database(), "SELECT COUNT(*) FROM accessi_falliti"), 0);
    }

    // RFC 7617, 2: the scheme's name in any capitals; a password may have colons.
    void basicIsReadAsItsRfcSays()
    {
        Provincia provincia(database());
        actions::addPartner(provincia.database(), {{}, "ez", "EZ", RuoloPartner::Testi, true}, "due:punti:notturni",
                            provincia.now());
        http::Request request;
        request.headers["authorization"] = "bASIC " + basic("ez", "due:punti:notturni").substr(6);
        QCOMPARE(provincia.ask(request).status, 200);
    }

    // "Basic over plain http only on loopback without a proxy"
    void aPasswordDoesNotTravelInTheClear()
    {
        Provincia provincia(database());
        http::Request request;
        request.headers["authorization"] = basic("giscom", kPassword);
        request.address = "192.0.2.7";
        QCOMPARE(provincia.ask(request).status, 403);
        http::Request proxied;
        proxied.headers["authorization"] = basic("giscom", kPassword);
        proxied.address = "192.0.2.7";
        proxied.loopback = true;
        proxied.headers["x-forwarded-for"] = "192.0.2.7";
        QCOMPARE(provincia.ask(proxied).status, 403);
        provincia.config().indirizzoPubblico = "https://stanza.esempio.it";
        QCOMPARE(provincia.ask(proxied).status, 200);
        QCOMPARE(provincia.ask(request).status, 403);
        request.cifrata = true;
        QCOMPARE(provincia.ask(request).status, 200);
    }

    void aPasswordIsCheckedOnceInAWhileAndTheLogSaysSo()
    {
        Provincia provincia(database());
        for (int i = 0; i < 5; ++i)
            QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        QCOMPARE(provincia.logged("accesso"), 1);
        provincia.advance(11min);
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        QCOMPARE(provincia.logged("accesso"), 2);
        QCOMPARE(provincia.askAs("giscom", "sbagliata").status, 401);
        QCOMPARE(provincia.logged("accesso rifiutato"), 1);
    }

    void whoeverIsDisabledOrHasANewPasswordIsOutAtOnce()
    {
        Provincia provincia(database());
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        actions::setPartnerAttivo(provincia.database(), "giscom", false, provincia.now());
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 401);
        actions::setPartnerAttivo(provincia.database(), "giscom", true, provincia.now());
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        actions::setPartnerPassword(provincia.database(), "giscom", "nuove-rotaie-lucide", provincia.now());
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 401);
        QCOMPARE(provincia.askAs("giscom", "nuove-rotaie-lucide").status, 200);
    }

    // "10 failed logins per account in 15 minutes (then slower, never locked out)"
    void guessesAreSlowedDownAndNobodyElseIs()
    {
        Provincia provincia(database());
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        provincia.config().accessiPerMinuto = 1000;
        http::Request guess;
        guess.headers["authorization"] = basic("giscom", "sbagliata");
        guess.address = "192.0.2.7";
        guess.cifrata = true;
        for (int i = 0; i < 10; ++i)
            QCOMPARE(provincia.ask(guess).status, 401);
        const Answer slowed = provincia.ask(guess);
        QCOMPARE(slowed.status, 429);
        QVERIFY(std::stoi(slowed.headers.at("Retry-After")) >= 1);
        // Its own programs, from where they always come.
        provincia.advance(11min);
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        provincia.advance(15min);
        guess.headers["authorization"] = basic("giscom", kPassword);
        QCOMPARE(provincia.ask(guess).status, 200);
    }

    void oneNetworkTriesSoManyNamesInAMinute()
    {
        Provincia provincia(database());
        provincia.config().accessiPerMinuto = 3;
        for (int i = 0; i < 3; ++i)
            QCOMPARE(provincia.askAs("nome-" + std::to_string(i), kPassword).status, 401);
        QCOMPARE(provincia.askAs("nome-3", kPassword).status, 429);
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 429);
        provincia.advance(61s);
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        // Who is known is not counted.
        for (int i = 0; i < 5; ++i)
            QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
    }

    void oneProgramAsksSoOftenInAMinute()
    {
        Provincia provincia(database());
        provincia.config().richiestePerMinuto = 10;
        const CoppiaPem pair = clientPair(provincia.now() - 24h, provincia.now() + 24h);
        provincia.registerPair(pair);
        const std::string der = derOf(pair.certificato);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(provincia.show(der).status, 200);
        const Answer more = provincia.show(der);
        QCOMPARE(more.status, 429);
        QVERIFY(more.headers.contains("Retry-After"));
    }

    void aNameOfTwoEntiNeedsTheEnte()
    {
        Provincia provincia(database());
        provincia.add(provincia.altra, "giscom");
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 401);
        QCOMPARE(provincia.askAs("giscom", kPassword, "/prova/api/v1.0/services").status, 200);
        // Known in one ente: the other's account is another.
        const Answer other = provincia.askAs("giscom", kPassword, "/altra/api/v1.0/services");
        QCOMPARE(other.status, 200);
        QCOMPARE(other.body.size(), std::size_t{0});
    }

    void aRegisteredCertificateLetsIn()
    {
        Provincia provincia(database());
        const CoppiaPem pair = clientPair(provincia.now() - 24h, provincia.now() + 24h);
        const std::string der = derOf(pair.certificato);
        QCOMPARE(provincia.show(der).status, 401);
        const auto certificato = provincia.registerPair(pair);
        QCOMPARE(provincia.show(der).status, 200);
        QCOMPARE(provincia.show(der, "/prova/api/v1.0/services").status, 200);
        QCOMPARE(provincia.logged("accesso"), 1);
        actions::setPartnerAttivo(provincia.database(), "giscom", false, provincia.now());
        QCOMPARE(provincia.show(der).status, 401);
        QCOMPARE(provincia.show(der).status, 401);
        QCOMPARE(provincia.logged("accesso rifiutato"), 1);
        actions::setPartnerAttivo(provincia.database(), "giscom", true, provincia.now());
        actions::removeCertificato(provincia.database(), "giscom", certificato.impronta, provincia.now());
        QCOMPARE(provincia.show(der).status, 401);
    }

    void aCertificateIsWorthSomethingWhileItLasts()
    {
        Provincia provincia(database());
        const CoppiaPem pair = clientPair(provincia.now() + 1h, provincia.now() + 2h);
        provincia.registerPair(pair);
        const std::string der = derOf(pair.certificato);
        const Answer early = provincia.show(der);
        QCOMPARE(early.status, 401);
        QCOMPARE(q(early.body.at("detail").get<std::string>()), QStringLiteral("Il certificato non è ancora valido."));
        provincia.advance(1h);
        QCOMPARE(provincia.show(der).status, 200);
        provincia.advance(1h);
        const Answer late = provincia.show(der);
        QCOMPARE(late.status, 401);
        QCOMPARE(q(late.body.at("detail").get<std::string>()), QStringLiteral("Il certificato è scaduto."));
        // The password is another way in.
        http::Request both;
        both.certificato = der;
        both.cifrata = true;
        both.headers["authorization"] = basic("giscom", kPassword);
        QCOMPARE(provincia.ask(both).status, 200);
        both.headers["authorization"] = basic("giscom", "sbagliata");
        QCOMPARE(provincia.ask(both).status, 401);
    }

    void whoCannotBeLookedForIsNotToldThatTheyAreUnknown()
    {
        // A file that can be broken is SQLite's.
        Provincia provincia(QStringLiteral("sqlite"));
        {
            // Another process adds an ente, and then something happens to its database.
            Rooms others(provincia.config(), [&] { return provincia.now(); });
            Ente ente;
            ente.slug = "chiuso";
            ente.nome = "Comune di Chiuso";
            others.add(ente);
        }
        std::ofstream(provincia.folder().path() / "enti" / "chiuso" / "stanza.sqlite", std::ios::trunc) << "guasto";
        const Answer answer = provincia.askAs("nessuno", kPassword);
        QCOMPARE(answer.status, 503);
        QVERIFY(answer.headers.contains("Retry-After"));
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
    }

    void unknownCertificatesAreCountedAsTries()
    {
        Provincia provincia(database());
        provincia.config().accessiPerMinuto = 3;
        const CoppiaPem known = clientPair(provincia.now() - 24h, provincia.now() + 24h);
        provincia.registerPair(known);
        QCOMPARE(provincia.show(derOf(known.certificato)).status, 200);
        for (const char* der : {"uno", "due"})
            QCOMPARE(provincia.show(der).status, 401);
        QCOMPARE(provincia.show("tre").status, 429);
        QCOMPARE(provincia.show(derOf(known.certificato)).status, 200);
    }

    void aNewPasswordForgetsWhereTheFormerCameFrom()
    {
        Provincia provincia(database());
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        QCOMPARE(numberOf(provincia.database(), "SELECT COUNT(*) FROM reti_note"), 1);
        actions::setPartnerPassword(provincia.database(), "giscom", "nuove-rotaie-lucide", provincia.now());
        QCOMPARE(numberOf(provincia.database(), "SELECT COUNT(*) FROM reti_note"), 0);
    }

    // A fingerprint is no secret: it must open nothing, whatever the account is called.
    void aCertificatesFingerprintIsNoPassword()
    {
        Provincia provincia(database());
        actions::addPartner(provincia.database(), {{}, "certificato", "C", RuoloPartner::Testi, true}, "",
                            provincia.now());
        const CoppiaPem pair = clientPair(provincia.now() - 24h, provincia.now() + 24h);
        const auto certificato = provincia.registerPair(pair);
        QCOMPARE(provincia.show(derOf(pair.certificato)).status, 200);
        QCOMPARE(provincia.askAs("certificato", certificato.impronta).status, 401);
        QCOMPARE(provincia.askAs("certificato", "").status, 401);
    }

    void ofManyRequestsThatBeginTogetherNoneIsRefused()
    {
        Provincia provincia(database());
        std::array<int, 30> statuses{};
        tests::inThreads(static_cast<int>(statuses.size()), [&](int i) {
            statuses.at(static_cast<std::size_t>(i)) = provincia.askAs("giscom", kPassword).status;
        });
        QCOMPARE(std::count(statuses.begin(), statuses.end(), 200), 30);
        QCOMPARE(provincia.logged("accesso"), 1);
    }

    void whoIsAtWorkIsNotAskedAgain()
    {
        Provincia provincia(database());
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
            provincia.advance(9min);
        }
        QCOMPARE(provincia.logged("accesso"), 1);
    }

    void aNameThatIsNobodysIsSlowedDownAsOthersAre()
    {
        Provincia provincia(database());
        provincia.config().accessiPerMinuto = 1000;
        for (const char* name : {"giscom", "ignoto", "Non Uno Slug"}) {
            for (int i = 0; i < 10; ++i)
                QCOMPARE(provincia.askAs(name, "sbagliata").status, 401);
            QCOMPARE(provincia.askAs(name, "sbagliata").status, 429);
        }
    }

    // Of the cards' door, too: what a client says of proxies is believed nowhere behind its own TLS.
    void aClientIsWhoItIsAtTheDoorsOwnTls()
    {
        Provincia provincia(database());
        provincia.config().proxyFidati = {"127.0.0.1"};
        provincia.config().accessiPerMinuto = 2;
        const Porta porta(provincia);
        for (int i = 0; i < 3; ++i) {
            const Detto detto = porta.ask(QStringLiteral("/api/v1.0/services"),
                                          {QStringLiteral("-u"), QStringLiteral("ignoto%1:x").arg(i),
                                           QStringLiteral("-H"), QStringLiteral("X-Forwarded-For: 192.0.2.%1").arg(i)});
            QCOMPARE(detto.status, i < 2 ? 401 : 429);
        }
    }

    void aPartnerWithoutPasswordHasOnlyItsCertificates()
    {
        Provincia provincia(database());
        actions::addPartner(provincia.database(), {{}, "muto", "Muto", RuoloPartner::Testi, true}, "", provincia.now());
        QCOMPARE(provincia.askAs("muto", "").status, 401);
        const CoppiaPem pair = clientPair(provincia.now() - 24h, provincia.now() + 24h);
        provincia.registerPair(pair, "muto");
        QCOMPARE(provincia.show(derOf(pair.certificato)).status, 200);
    }

    void aCertificateIsOnePartnersAlone()
    {
        Provincia provincia(database());
        provincia.add(provincia.room(), "ez", RuoloPartner::Testi);
        const CoppiaPem pair = clientPair(provincia.now() - 24h, provincia.now() + 24h);
        const auto certificato = provincia.registerPair(pair);
        QVERIFY(!actions::addCertificato(provincia.database(), "giscom", certificato, provincia.now()));
        QVERIFY_THROWS_EXCEPTION(Conflict,
                                 actions::addCertificato(provincia.database(), "ez", certificato, provincia.now()));
        QVERIFY_THROWS_EXCEPTION(
            NotFound, actions::removeCertificato(provincia.database(), "ez", certificato.impronta, provincia.now()));
    }

    void noSecretIsKeptInTheClear()
    {
        Provincia provincia(database());
        provincia.askAs("giscom", kPassword);
        provincia.askAs("giscom", "sbagliatissima");
        std::string all;
        for (const char* sql : {"SELECT password FROM partner", "SELECT dettaglio FROM attivita ORDER BY numero DESC"})
        {
            std::string text;
            store::Sql one(provincia.database(), sql);
            one.into(text);
            while (one.next())
                all += text + "\n";
        }
        QVERIFY(q(all).startsWith(QStringLiteral("$argon2id$")));
        QVERIFY(!q(all).contains(QLatin1String(kPassword)) && !q(all).contains(QStringLiteral("sbagliatissima")));
    }

    void throughTrueTls_data()
    {
        QTest::addColumn<QStringList>("more");
        QTest::newRow("TLS 1.3") << QStringList{QStringLiteral("--tlsv1.3")};
        QTest::newRow("TLS 1.2") << QStringList{QStringLiteral("--tls-max"), QStringLiteral("1.2")};
        // Where a certificate's name is compared with the peer's address, loopback alone passes.
        QTest::newRow("from 127.0.0.2") << QStringList{QStringLiteral("--interface"), QStringLiteral("127.0.0.2")};
    }

    void throughTrueTls()
    {
        QFETCH(QStringList, more);
        Provincia provincia(database());
        const Porta porta(provincia);
        const CoppiaPem mine = clientPair(provincia.now() - 24h, provincia.now() + 24h * 365);
        const CoppiaPem other = clientPair(provincia.now() - 24h, provincia.now() + 24h * 365);
        provincia.registerPair(mine);
        const QString services = QStringLiteral("/api/v1.0/services");
        QCOMPARE(porta.ask(services, porta.pair("mine", mine) + more).status, 200);
        QCOMPARE(porta.ask(services, porta.pair("other", other) + more).status, 401);
        QCOMPARE(porta.ask(services, more).status, 401);
        QCOMPARE(porta
                     .ask(services, more + QStringList{QStringLiteral("-u"),
                                                       QStringLiteral("giscom:") + QLatin1String(kPassword)})
                     .status,
                 200);
        // Whoever copied the certificate has not its key.
        const Detto stolen = porta.ask(services, porta.pair("stolen", {mine.certificato, other.chiave}) + more);
        QVERIFY(stolen.exit != 0);
        QCOMPARE(stolen.status, 0);
        // Nothing else lies at this door, and what it says is for programs.
        const Detto page = porta.ask(QStringLiteral("/prova/"), porta.pair("mine", mine) + more);
        QCOMPARE(page.status, 404);
        QVERIFY(page.header("Content-Type").startsWith(QStringLiteral("application/problem+json")));
        QCOMPARE(porta.ask(QStringLiteral("/prova/api/operatori/v1/pratiche"), porta.pair("mine", mine) + more).status,
                 404);
    }

private:
    static QString database()
    {
        QFETCH_GLOBAL(QString, database);
        return database;
    }
};

QTEST_GUILESS_MAIN(TestAccessoPartner)
#include "test_accesso_partner.moc"
