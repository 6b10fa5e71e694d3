#include "core/base/error.h"
#include "server/http/server.h"
#include "tests/server/partner/provincia.h"
#include "tests/support/curl.h"

#include <QTest>

using namespace sdc;
using namespace sdc::tests;
using namespace std::chrono_literals;

namespace {

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

class TestCertificatiPartner : public QObject
{
    Q_OBJECT

private slots:
    static void initTestCase_data() { tests::addDatabases(); }

    void aRegisteredCertificateLetsIn()
    {
        Provincia provincia(databaseOfRow());
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
        Provincia provincia(databaseOfRow());
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

    void unknownCertificatesAreCountedAsTries()
    {
        Provincia provincia(databaseOfRow());
        provincia.config().accessiPerMinuto = 3;
        const CoppiaPem known = clientPair(provincia.now() - 24h, provincia.now() + 24h);
        provincia.registerPair(known);
        QCOMPARE(provincia.show(derOf(known.certificato)).status, 200);
        for (const char* der : {"uno", "due"})
            QCOMPARE(provincia.show(der).status, 401);
        QCOMPARE(provincia.show("tre").status, 429);
        QCOMPARE(provincia.show(derOf(known.certificato)).status, 200);
    }

    // A fingerprint is no secret: it must open nothing, whatever the account is called.
    void aCertificatesFingerprintIsNoPassword()
    {
        Provincia provincia(databaseOfRow());
        actions::addPartner(provincia.database(), {{}, "certificato", "C", RuoloPartner::Testi, true}, "",
                            provincia.now());
        const CoppiaPem pair = clientPair(provincia.now() - 24h, provincia.now() + 24h);
        const auto certificato = provincia.registerPair(pair);
        QCOMPARE(provincia.show(derOf(pair.certificato)).status, 200);
        QCOMPARE(provincia.askAs("certificato", certificato.impronta).status, 401);
        QCOMPARE(provincia.askAs("certificato", "").status, 401);
    }

    void aPartnerWithoutPasswordHasOnlyItsCertificates()
    {
        Provincia provincia(databaseOfRow());
        actions::addPartner(provincia.database(), {{}, "muto", "Muto", RuoloPartner::Testi, true}, "", provincia.now());
        QCOMPARE(provincia.askAs("muto", "").status, 401);
        const CoppiaPem pair = clientPair(provincia.now() - 24h, provincia.now() + 24h);
        provincia.registerPair(pair, "muto");
        QCOMPARE(provincia.show(derOf(pair.certificato)).status, 200);
    }

    void aCertificateIsOnePartnersAlone()
    {
        Provincia provincia(databaseOfRow());
        provincia.add(provincia.room(), "ez", RuoloPartner::Testi);
        const CoppiaPem pair = clientPair(provincia.now() - 24h, provincia.now() + 24h);
        const auto certificato = provincia.registerPair(pair);
        QVERIFY(!actions::addCertificato(provincia.database(), "giscom", certificato, provincia.now()));
        QVERIFY_THROWS_EXCEPTION(Conflict,
                                 actions::addCertificato(provincia.database(), "ez", certificato, provincia.now()));
        QVERIFY_THROWS_EXCEPTION(
            NotFound, actions::removeCertificato(provincia.database(), "ez", certificato.impronta, provincia.now()));
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
        Provincia provincia(databaseOfRow());
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

    // Of the cards' door, too: what a client says of proxies is believed nowhere behind its own TLS.
    void aClientIsWhoItIsAtTheDoorsOwnTls()
    {
        Provincia provincia(databaseOfRow());
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

    void oneProgramAsksSoOftenInAMinute()
    {
        Provincia provincia(databaseOfRow());
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
};

QTEST_GUILESS_MAIN(TestCertificatiPartner)
#include "test_certificati_partner.moc"
