#include "server/store/servizi.h"
#include "tests/server/partner/provincia.h"

#include <QTest>

#include <fstream>

using namespace sdc;
using namespace sdc::tests;
using namespace std::chrono_literals;

class TestAccessoPartner : public QObject
{
    Q_OBJECT

private slots:
    static void initTestCase_data() { tests::addDatabases(); }

    // A6: "the services active in the partner's ente, `name` and `slug` among the fields"
    void theServicesThatAreActiveAreListed()
    {
        Provincia provincia(databaseOfRow());
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
        Provincia provincia(databaseOfRow());
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
        Provincia provincia(databaseOfRow());
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
        Provincia provincia(databaseOfRow());
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
        Provincia provincia(databaseOfRow());
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
        Provincia provincia(databaseOfRow());
        actions::addPartner(provincia.database(), {{}, "ez", "EZ", RuoloPartner::Testi, true}, "due:punti:notturni",
                            provincia.now());
        http::Request request;
        request.headers["authorization"] = "bASIC " + basic("ez", "due:punti:notturni").substr(6);
        QCOMPARE(provincia.ask(request).status, 200);
    }

    // "Basic over plain http only on loopback without a proxy"
    void aPasswordDoesNotTravelInTheClear()
    {
        Provincia provincia(databaseOfRow());
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
        // Anybody may say that a proxy passed them on.
        request.headers["x-forwarded-for"] = "192.0.2.8";
        QCOMPARE(provincia.ask(request).status, 403);
        request.perProxy = true;
        QCOMPARE(provincia.ask(request).status, 200);
        request.perProxy = false;
        request.cifrata = true;
        QCOMPARE(provincia.ask(request).status, 200);
    }

    void whoeverIsDisabledOrHasANewPasswordIsOutAtOnce()
    {
        Provincia provincia(databaseOfRow());
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        actions::setPartnerAttivo(provincia.database(), "giscom", false, provincia.now());
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 401);
        actions::setPartnerAttivo(provincia.database(), "giscom", true, provincia.now());
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        actions::setPartnerPassword(provincia.database(), "giscom", "nuove-rotaie-lucide", provincia.now());
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 401);
        QCOMPARE(provincia.askAs("giscom", "nuove-rotaie-lucide").status, 200);
    }

    void aNameOfTwoEntiNeedsTheEnte()
    {
        Provincia provincia(databaseOfRow());
        provincia.add(provincia.altra, "giscom");
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 401);
        QCOMPARE(provincia.askAs("giscom", kPassword, "/prova/api/v1.0/services").status, 200);
        // Known in one ente: the other's account is another.
        const Answer other = provincia.askAs("giscom", kPassword, "/altra/api/v1.0/services");
        QCOMPARE(other.status, 200);
        QCOMPARE(other.body.size(), std::size_t{0});
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
};

QTEST_GUILESS_MAIN(TestAccessoPartner)
#include "test_accesso_partner.moc"
