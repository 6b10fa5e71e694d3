#include "tests/server/portale/card_site.h"

#include <Poco/Net/StreamSocket.h>

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <vector>

using namespace sdc;
using tests::CardSite;
using tests::curl;
using tests::database;
using tests::q;

class TestPortaCarte : public QObject
{
    Q_OBJECT

private slots:
    static void initTestCase_data() { tests::addDatabases(); }

    void onlyTwoAddressesAreAtTheDoor()
    {
        CardSite comune(database());
        const QString door = q("https://127.0.0.1:" + std::to_string(comune.door.port()));
        for (const char* path : {"/", "/prova/", "/prova/accesso", "/prova/stanza", "/prova/carta/ritorno", "/stato",
                                 "/metriche", "/altro/carta", "/api/v1.0/x"})
            QCOMPARE(comune.show(door + QLatin1String(path)).status, 404);
        QCOMPARE(
            comune.show(door + QStringLiteral("/prova/carta"), {QStringLiteral("-d"), QStringLiteral("a=b")}).status,
            405);
        QCOMPARE(comune.show(door + QStringLiteral("/prova/carta?richiesta=x")).status, 403);
    }

    void onlyGoodVersionsOfTlsAreSpoken()
    {
        CardSite comune(database());
        const QString url = comune.begin().porta;
        QVERIFY(comune
                    .show(url, {QStringLiteral("--tls-max"), QStringLiteral("1.1"), QStringLiteral("--tlsv1.0"),
                                QStringLiteral("--ciphers"), QStringLiteral("DEFAULT@SECLEVEL=0")})
                    .exit != 0);
        QVERIFY(comune
                    .show(url, {QStringLiteral("--tls-max"), QStringLiteral("1.2"), QStringLiteral("--ciphers"),
                                QStringLiteral("AES256-SHA")})
                    .exit != 0);
        QVERIFY(curl({q("http://127.0.0.1:" + std::to_string(comune.door.port()) + "/prova/carta")}).exit != 0);
    }

    void noSessionIsResumedAndTheAuthoritiesAreNamed()
    {
        CardSite comune(database());
        for (const char* version : {"-tls1_2", "-tls1_3"}) {
            QProcess process;
            process.start(QStringLiteral("openssl"), {QStringLiteral("s_client"), QStringLiteral("-connect"),
                                                      q("127.0.0.1:" + std::to_string(comune.door.port())),
                                                      QLatin1String(version), QStringLiteral("-reconnect")});
            process.waitForStarted();
            process.closeWriteChannel();
            process.waitForFinished(20000);
            const QString said = QString::fromUtf8(process.readAllStandardOutput());
            QVERIFY(!said.contains(QStringLiteral("Reused, TLS")));
            QVERIFY(!said.contains(QStringLiteral("TLS session ticket")));
            QVERIFY(said.contains(QStringLiteral("CN = CA di prova")));
        }
    }

    void slowClientsKeepNobodyOut()
    {
        CardSite comune(database());
        std::vector<Poco::Net::StreamSocket> slow;
        for (int i = 0; i < 60; ++i) {
            slow.emplace_back(Poco::Net::SocketAddress("127.0.0.1", static_cast<Poco::UInt16>(comune.door.port())));
            // The beginning of a greeting.
            slow.back().sendBytes("\x16\x03\x01\x02", 4);
        }
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(comune.attempt(comune.autorita.issue(comune.tessera())).status, 303);
        QVERIFY(timer.elapsed() < 10000);
        // Those who never greet are gone after a while.
        QTRY_VERIFY_WITH_TIMEOUT(comune.door.connections() == 0, 15000);
    }
};

QTEST_GUILESS_MAIN(TestPortaCarte)
#include "test_porta_carte.moc"
