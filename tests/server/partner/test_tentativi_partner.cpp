#include "server/store/sql.h"
#include "tests/server/partner/provincia.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace sdc;
using namespace sdc::tests;
using namespace std::chrono_literals;

class TestTentativiPartner : public QObject
{
    Q_OBJECT

private slots:
    static void initTestCase_data() { tests::addDatabases(); }

    void aPasswordIsCheckedOnceInAWhileAndTheLogSaysSo()
    {
        Provincia provincia(databaseOfRow());
        for (int i = 0; i < 5; ++i)
            QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        QCOMPARE(provincia.logged("accesso"), 1);
        provincia.advance(11min);
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        QCOMPARE(provincia.logged("accesso"), 2);
        QCOMPARE(provincia.askAs("giscom", "sbagliata").status, 401);
        QCOMPARE(provincia.logged("accesso rifiutato"), 1);
    }

    // "10 failed logins per account in 15 minutes (then slower, never locked out)"
    void guessesAreSlowedDownAndNobodyElseIs()
    {
        Provincia provincia(databaseOfRow());
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
        Provincia provincia(databaseOfRow());
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

    void ofManyRequestsThatBeginTogetherNoneIsRefused()
    {
        Provincia provincia(databaseOfRow());
        std::array<int, 30> statuses{};
        tests::inThreads(static_cast<int>(statuses.size()), [&](int i) {
            statuses.at(static_cast<std::size_t>(i)) = provincia.askAs("giscom", kPassword).status;
        });
        QCOMPARE(std::count(statuses.begin(), statuses.end(), 200), 30);
        QCOMPARE(provincia.logged("accesso"), 1);
    }

    void ofManyWithOneWrongPasswordNoneWaitsForLong()
    {
        Provincia provincia(databaseOfRow());
        std::array<int, 30> statuses{};
        tests::inThreads(static_cast<int>(statuses.size()), [&](int i) {
            statuses.at(static_cast<std::size_t>(i)) = provincia.askAs("giscom", "sbagliata").status;
        });
        // Refused, or told to wait where they came late enough to count; none for want of a place.
        QVERIFY(std::all_of(statuses.begin(), statuses.end(), [](int s) { return s == 401 || s == 429; }));
        QVERIFY(std::count(statuses.begin(), statuses.end(), 401) > 0);
    }

    void whoIsAtWorkIsNotAskedAgain()
    {
        Provincia provincia(databaseOfRow());
        const CoppiaPem pair = clientPair(provincia.now() - 24h, provincia.now() + 24h);
        provincia.registerPair(pair);
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
            QCOMPARE(provincia.show(derOf(pair.certificato)).status, 200);
            provincia.advance(9min);
        }
        // One by password, one by certificate.
        QCOMPARE(provincia.logged("accesso"), 2);
        provincia.advance(2min);
        QCOMPARE(provincia.show(derOf(pair.certificato)).status, 200);
        QCOMPARE(provincia.logged("accesso"), 3);
    }

    void aNameThatIsNobodysIsSlowedDownAsOthersAre()
    {
        Provincia provincia(databaseOfRow());
        provincia.config().accessiPerMinuto = 1000;
        for (const char* name : {"giscom", "ignoto", "Non Uno Slug"}) {
            for (int i = 0; i < 10; ++i)
                QCOMPARE(provincia.askAs(name, "sbagliata").status, 401);
            QCOMPARE(provincia.askAs(name, "sbagliata").status, 429);
        }
    }

    void aNewPasswordForgetsWhereTheFormerCameFrom()
    {
        Provincia provincia(databaseOfRow());
        QCOMPARE(provincia.askAs("giscom", kPassword).status, 200);
        QCOMPARE(numberOf(provincia.database(), "SELECT COUNT(*) FROM reti_note"), 1);
        actions::setPartnerPassword(provincia.database(), "giscom", "nuove-rotaie-lucide", provincia.now());
        QCOMPARE(numberOf(provincia.database(), "SELECT COUNT(*) FROM reti_note"), 0);
    }

    void noSecretIsKeptInTheClear()
    {
        Provincia provincia(databaseOfRow());
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
};

QTEST_GUILESS_MAIN(TestTentativiPartner)
#include "test_tentativi_partner.moc"
