#include "server/jobs/pulizia.h"

#include "server/actions/lavora.h"
#include "server/jobs/worker.h"
#include "server/store/pratiche.h"
#include "server/store/sessions.h"
#include "server/store/sql.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/workshop.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using tests::numberOf;
using tests::q;
using tests::Workshop;

namespace {

constexpr auto kDay = 24h;

void clean(Workshop& shop)
{
    jobs::clean(shop.config(), shop.room(), shop.now());
}

/// Decides a pratica that has its number, and does all that follows.
void conclude(Workshop& shop, const Id<Pratica>& id)
{
    Context context = shop.as(tests::makeOperatore("anna"));
    actions::takeCharge(context, id);
    actions::decide(
        context, id,
        {{Decisione::Approva, "Va bene."}, "chiave-" + id.text(), {}, store::pratica(shop.database(), id).versione()});
    shop.runAll();
}

void addSession(store::Database& database, const char* hash, store::TipoSessione tipo, Instant vista, Instant scade)
{
    store::Transaction transaction(database);
    store::insert(transaction, {hash, tipo, "mario", vista, scade}, vista);
    transaction.commit();
}

bool lives(Workshop& shop, const char* hash, store::TipoSessione tipo)
{
    return store::findSessione(shop.database(), hash, tipo, shop.now()).has_value();
}

}

class TestPulizia : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void itIsTimeEveryFiveMinutesAndWhenTheClockWasSetBack()
    {
        jobs::Ritmo ritmo;
        const Instant ten = tests::instant("2026-11-23T10:00:00Z");
        QVERIFY(ritmo.isTime(ten));
        QVERIFY(!ritmo.isTime(ten + 299s));
        QVERIFY(ritmo.isTime(ten + 300s));
        QVERIFY(ritmo.isTime(ten - 10h));
        QVERIFY(!ritmo.isTime(ten - 10h + 1s));
    }

    // A mail twice is worse than a row: what a key protects stays as long as its pratica can still change.
    void doneJobsGoAMonthAfterTheirPraticaIsConcluded()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        shop.addOperatore(tests::makeOperatore("anna"));
        const auto concluded = shop.makeInviata(shop.mario);
        const auto open = shop.makeInviata(shop.mario);
        shop.runAll();
        conclude(shop, concluded);
        const auto jobsOf = [&](const Id<Pratica>& id) {
            long long count = 0;
            store::Sql sql(shop.database(), "SELECT COUNT(*) FROM jobs WHERE pratica = :id");
            sql.use("id", id).into(count).next();
            return count;
        };
        QCOMPARE(jobsOf(concluded), 9LL); // two documents, two numbers, five mails
        QCOMPARE(jobsOf(open), 4LL);
        shop.advance(30 * kDay);
        clean(shop);
        QCOMPARE(jobsOf(concluded), 9LL);
        shop.advance(1min);
        clean(shop);
        QCOMPARE(jobsOf(concluded), 0LL);
        QCOMPARE(jobsOf(open), 4LL);
        // And nothing is done again.
        QVERIFY(!shop.runOne());
        QCOMPARE(shop.statoOf(concluded), Stato::Accettata);
    }

    void theJobsOfOpenPraticheAreLookedThroughAPieceAtATime()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        shop.addOperatore(tests::makeOperatore("anna"));
        const auto open = shop.makeInviata(shop.mario);
        shop.runAll();
        shop.advance(1h);
        const auto concluded = shop.makeInviata(shop.mario);
        shop.runAll();
        conclude(shop, concluded);
        shop.advance(1h);
        store::PostoJob from;
        const auto forget = [&] { return store::forgetDone(shop.database(), shop.now(), from, 4); };
        QCOMPARE(forget(), 0LL); // the four of the open one
        QCOMPARE(forget(), 4LL);
        QCOMPARE(forget(), 4LL);
        QCOMPARE(forget(), 1LL);
        QCOMPARE(q(from.prossimo), QString()); // and from the beginning again
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM jobs"), 4LL);
    }

    void aJobThatStoppedStaysForWhoMustMendIt()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        shop.posta.guasto = gateways::CausaPosta::Dati;
        shop.addOperatore(tests::makeOperatore("anna"));
        const auto id = shop.makeInviata(shop.mario);
        shop.runAll();
        conclude(shop, id);
        shop.advance(400 * kDay);
        clean(shop);
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM jobs WHERE stato = 'fermo'"), 5LL);
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM jobs WHERE stato = 'fatto'"), 0LL);
    }

    void changesGoAfterAWeekAndWhoMissedThemIsKnown()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        shop.makeInviata(shop.mario);
        const long long first = store::lastCambiamento(shop.database());
        QVERIFY(first > 0);
        shop.advance(6 * kDay);
        shop.makeInviata(shop.mario);
        const long long last = store::lastCambiamento(shop.database());
        clean(shop);
        QVERIFY(store::remembersAfter(shop.database(), 0));
        shop.advance(kDay + 1min);
        clean(shop);
        QVERIFY(!store::remembersAfter(shop.database(), 0));
        QVERIFY(!store::remembersAfter(shop.database(), first - 1));
        QVERIFY(store::remembersAfter(shop.database(), first));
        QVERIFY(store::remembersAfter(shop.database(), last));
        QCOMPARE(static_cast<long long>(store::cambiamentiAfter(shop.database(), first, 1000).size()), last - first);
        shop.advance(30 * kDay);
        clean(shop);
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM cambiamenti"), 0LL);
        QVERIFY(!store::remembersAfter(shop.database(), last - 1));
        QVERIFY(store::remembersAfter(shop.database(), last));
        // A number from another life of the database, which a backup was restored over.
        QVERIFY(!store::remembersAfter(shop.database(), last + 1));
        // The next one has the next number.
        shop.makeInviata(shop.mario);
        QCOMPARE(store::cambiamentiAfter(shop.database(), last, 1).front().numero, last + 1);
    }

    // The clock was a year ahead while mail was down and a worker was killed: nothing waits for that year.
    void jobsOfAClockThatWasAheadAreDoneAtOnce()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        const Instant today = shop.now();
        shop.setClock(today + 365 * kDay);
        shop.makeInviata(shop.mario);
        shop.posta.guasto = gateways::CausaPosta::Transitoria;
        QVERIFY(jobs::runOne(shop.tools, shop.room(), "operaio", store::Coda::Posta));
        {
            store::Transaction transaction(shop.database());
            QVERIFY(store::takeJob(transaction, {"ucciso", store::Coda::Iter, shop.now() + jobs::kLease}, shop.now()));
            transaction.commit();
        }
        shop.posta.guasto.reset();
        shop.setClock(today);
        QVERIFY(!shop.runOne());
        clean(shop);
        QVERIFY2(shop.runOne(), "the mail");
        QCOMPARE(shop.posta.mails.size(), std::size_t{1});
        // Somebody may be at work on what was taken: it is free when a lease by today's clock is over.
        QVERIFY(!shop.runOne());
        shop.advance(jobs::kLease + 1s);
        shop.runAll();
        QCOMPARE(shop.posta.mails.size(), std::size_t{2});
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM registro"), 1LL);
    }

    void whatWaitsByTodaysClockWaitsOn()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        shop.posta.guasto = gateways::CausaPosta::Transitoria;
        shop.makeInviata(shop.mario);
        for (int i = 0; i < 12; ++i) {
            shop.advance(1h + 1s);
            shop.runAll();
        }
        const int attempts = shop.posta.attempts;
        clean(shop);
        shop.runAll();
        QCOMPARE(shop.posta.attempts, attempts);
    }

    void sessionsOfAClockThatWasAheadEnd()
    {
        QFETCH_GLOBAL(QString, database);
        using store::TipoSessione;
        Workshop shop(database);
        const Instant now = shop.now();
        const auto citizens = std::chrono::seconds{shop.config().durataSessione};
        const auto operators = std::chrono::seconds{shop.config().durataSessioneOperatore};
        addSession(shop.database(), "oggi", TipoSessione::Cittadino, now, now + citizens);
        addSession(shop.database(), "sportello", TipoSessione::Operatore, now, now + operators);
        addSession(shop.database(), "domani", TipoSessione::Cittadino, now + kDay, now + kDay + citizens);
        addSession(shop.database(), "troppo", TipoSessione::Cittadino, now, now + operators);
        clean(shop);
        QVERIFY(lives(shop, "oggi", TipoSessione::Cittadino));
        QVERIFY(lives(shop, "sportello", TipoSessione::Operatore));
        QVERIFY(!lives(shop, "domani", TipoSessione::Cittadino));
        QVERIFY(!lives(shop, "troppo", TipoSessione::Cittadino));
    }

    void attemptsOfAClockThatWasAheadKeepNobodyOut()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        const auto attempts = [&] { return store::attempts(shop.database(), "accesso:anna", shop.now() - 15min); };
        {
            store::Transaction transaction(shop.database());
            store::countAttempt(transaction, "accesso:anna", shop.now(), shop.now());
            store::countAttempt(transaction, "accesso:anna", shop.now() + 365 * kDay, shop.now());
            store::park(transaction, "parcheggio", "sigillo", shop.now() + 366 * kDay);
            transaction.commit();
        }
        QCOMPARE(attempts(), 2LL);
        clean(shop);
        QCOMPARE(attempts(), 1LL);
        // What somebody typed is kept for a day from now, as it would have been.
        QVERIFY(store::findParked(shop.database(), "parcheggio", shop.now() + kDay - 1s));
        QVERIFY(!store::findParked(shop.database(), "parcheggio", shop.now() + kDay + 1s));
    }

    // DPR 445/2000, art. 53: dates follow numbers. The number waits for the clock, and says so.
    void theRegisterWaitsForAClockThatIsBehind()
    {
        QFETCH_GLOBAL(QString, database);
        Workshop shop(database);
        shop.makeInviata(shop.mario);
        shop.runAll();
        const Instant right = shop.now();
        shop.setClock(right - 2h);
        const auto id = shop.makeInviata(shop.mario);
        shop.runAll();
        QCOMPARE(shop.statoOf(id), Stato::Inviata);
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM jobs WHERE genere = 'protocolla_modulo' AND "
                                           "stato = 'pronto' AND causa = 'configurazione'"),
                 1LL);
        shop.setClock(right + 1s);
        shop.runAll();
        QCOMPARE(shop.statoOf(id), Stato::Protocollata);
        QCOMPARE(numberOf(shop.database(), "SELECT MAX(numero) FROM registro"), 2LL);
    }
};

QTEST_GUILESS_MAIN(TestPulizia)
#include "test_pulizia.moc"
