#include "server/store/jobs.h"
#include "server/store/sql.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QTest>

#include <map>
#include <mutex>

using namespace sdc;
using namespace std::chrono_literals;
using store::GenereJob;
using tests::instant;
using tests::q;
using tests::Scratch;

namespace {

const Instant kNow = instant("2026-11-23T10:00:00Z");

void add(store::Database& database, GenereJob genere, const std::string& pratica, const std::string& chiave)
{
    store::Transaction transaction(database);
    store::enqueue(transaction, {{}, genere, chiave, Id<Pratica>{pratica}, "2000", 0, {}}, kNow);
    transaction.commit();
}

std::optional<store::Job> take(store::Database& database, Instant now = kNow, const std::string& worker = "w1",
                               store::Coda coda = store::Coda::Tutte)
{
    store::Transaction transaction(database);
    auto job = store::takeJob(transaction, {worker, coda, now + 5min}, now);
    transaction.commit();
    return job;
}

QString keyOf(const std::optional<store::Job>& job)
{
    return job ? q(job->chiave) : QStringLiteral("none");
}

bool finish(store::Database& database, const store::Job& job)
{
    store::Transaction transaction(database);
    const bool held = store::finish(transaction, job, kNow);
    transaction.commit();
    return held;
}

void postpone(store::Database& database, const store::Job& job, store::CausaErrore causa, Instant next)
{
    store::Transaction transaction(database);
    store::postpone(transaction, job, causa, "non va: è guasto", next);
    transaction.commit();
}

}

class TestJobs : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void theWorksOfOneQueueGoInOrderAndMailDoesNotWaitForTheRegister()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        add(scratch.ente(), GenereJob::StampaModulo, "p1", "stampa");
        add(scratch.ente(), GenereJob::ProtocollaModulo, "p1", "protocolla");
        add(scratch.ente(), GenereJob::Avvisa, "p1", "avvisa");
        add(scratch.ente(), GenereJob::StampaModulo, "p2", "altra");
        const auto first = take(scratch.ente());
        QCOMPARE(keyOf(first), q("stampa"));
        QCOMPARE(keyOf(take(scratch.ente())), q("avvisa"));
        QCOMPARE(keyOf(take(scratch.ente())), q("altra"));
        QCOMPARE(keyOf(take(scratch.ente())), q("none"));
        finish(scratch.ente(), *first);
        QCOMPARE(keyOf(take(scratch.ente())), q("protocolla"));
    }

    void aWorkPutOffHoldsItsQueueAndNoOther()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        add(scratch.ente(), GenereJob::StampaModulo, "p1", "stampa");
        add(scratch.ente(), GenereJob::ProtocollaModulo, "p1", "protocolla");
        postpone(scratch.ente(), *take(scratch.ente()), store::CausaErrore::Transitoria, kNow + 60s);
        QCOMPARE(keyOf(take(scratch.ente(), kNow + 59s)), q("none"));
        const auto again = take(scratch.ente(), kNow + 60s);
        QCOMPARE(keyOf(again), q("stampa"));
        QCOMPARE(again->tentativi, 2);
    }

    // Else each look would step over all that waits behind a mail server that is down.
    void whatWaitsBehindAWorkPutOffIsDueWithIt()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        const auto due = [&](Instant when) {
            long long count = 0;
            store::Sql sql(scratch.ente(), "SELECT COUNT(*) FROM jobs WHERE stato = 'pronto' AND prossimo <= :now");
            sql.use("now", when).into(count).next();
            return count;
        };
        for (const char* chiave : {"prima", "seconda", "terza"})
            add(scratch.ente(), GenereJob::Avvisa, "p1", chiave);
        const auto first = *take(scratch.ente());
        postpone(scratch.ente(), first, store::CausaErrore::Transitoria, kNow + 1h);
        QCOMPARE(due(kNow + 59min), 0LL);
        QCOMPARE(due(kNow + 1h), 3LL);
        {
            store::Transaction transaction(scratch.ente());
            QVERIFY(store::retry(transaction, first.id, kNow + 1min));
            transaction.commit();
        }
        for (const char* chiave : {"prima", "seconda", "terza"}) {
            const auto next = take(scratch.ente(), kNow + 1min);
            QCOMPARE(keyOf(next), q(chiave));
            QCOMPARE(keyOf(take(scratch.ente(), kNow + 1min)), q("none"));
            finish(scratch.ente(), *next);
        }
    }

    void aWorkThatOnlyAPersonCanHelpStops()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        add(scratch.ente(), GenereJob::Avvisa, "p1", "prima");
        add(scratch.ente(), GenereJob::Avvisa, "p2", "altra");
        postpone(scratch.ente(), *take(scratch.ente()), store::CausaErrore::Dati, kNow);
        QCOMPARE(keyOf(take(scratch.ente(), kNow + 24h)), q("altra"));
        QCOMPARE(keyOf(take(scratch.ente(), kNow + 24h)), q("none"));
        const auto counts = store::conteggiJob(scratch.ente());
        QCOMPARE(counts.size(), std::size_t{2});
        QCOMPARE(q(counts[0].stato), q("fermo"));
        QCOMPARE(counts[0].numero, 1LL);
    }

    void aStoppedMailHoldsUpNoOther()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        add(scratch.ente(), GenereJob::Avvisa, "p1", "avvisa:p1:2000");
        add(scratch.ente(), GenereJob::Avvisa, "p1", "avvisa:p1:3000");
        postpone(scratch.ente(), *take(scratch.ente()), store::CausaErrore::Dati, kNow);
        QCOMPARE(keyOf(take(scratch.ente())), q("avvisa:p1:3000"));
    }

    void mailAndDocumentsAreTakenApart()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        add(scratch.ente(), GenereJob::Avvisa, "p1", "avvisa");
        add(scratch.ente(), GenereJob::StampaModulo, "p2", "stampa");
        QCOMPARE(keyOf(take(scratch.ente(), kNow, "w", store::Coda::Iter)), q("stampa"));
        QVERIFY(!store::hasDueJob(scratch.ente(), store::Coda::Iter, kNow));
        QCOMPARE(keyOf(take(scratch.ente(), kNow, "w", store::Coda::Posta)), q("avvisa"));
    }

    void aStoppedWorkGoesOnWhenAnAdministratorAsks()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        add(scratch.ente(), GenereJob::Avvisa, "p1", "avvisa");
        const auto job = *take(scratch.ente());
        postpone(scratch.ente(), job, store::CausaErrore::Dati, kNow);
        const auto waiting = store::jobInSospeso(scratch.ente(), 10);
        QCOMPARE(waiting.size(), std::size_t{1});
        QCOMPARE(q(waiting[0].causa), q("dati"));
        QCOMPARE(q(waiting[0].errore), q("non va: è guasto"));
        {
            store::Transaction transaction(scratch.ente());
            QVERIFY(store::retry(transaction, job.id, kNow));
            QVERIFY(!store::retry(transaction, "nessuno", kNow));
            transaction.commit();
        }
        const auto again = take(scratch.ente());
        QCOMPARE(keyOf(again), q("avvisa"));
        finish(scratch.ente(), *again);
        QVERIFY(store::jobInSospeso(scratch.ente(), 10).empty());
    }

    void aWorkOfAKindNotKnownHereIsLeftToNewerServers()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        add(scratch.ente(), GenereJob::Avvisa, "p1", "avvisa");
        {
            store::Transaction transaction(scratch.ente());
            store::Sql(transaction, "UPDATE jobs SET genere = 'domani'").run();
            transaction.commit();
        }
        QCOMPARE(keyOf(take(scratch.ente())), q("none"));
    }

    void theSameKeyIsEnqueuedOnce()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        for (int i = 0; i < 3; ++i)
            add(scratch.ente(), GenereJob::Avvisa, "p1", "avvisa:p1:2000");
        QCOMPARE(tests::numberOf(scratch.ente(), "SELECT COUNT(*) FROM jobs"), 1LL);
        finish(scratch.ente(), *take(scratch.ente()));
        add(scratch.ente(), GenereJob::Avvisa, "p1", "avvisa:p1:2000");
        QCOMPARE(keyOf(take(scratch.ente())), q("none"));
    }

    void whoFinishesAfterTheLeaseChangesNothing()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        add(scratch.ente(), GenereJob::Avvisa, "p1", "avvisa");
        const auto late = take(scratch.ente());
        const auto current = take(scratch.ente(), kNow + 5min + 1s, "w2");
        QCOMPARE(keyOf(current), q("avvisa"));
        QVERIFY(!finish(scratch.ente(), *late));
        postpone(scratch.ente(), *late, store::CausaErrore::Dati, kNow);
        QCOMPARE(tests::numberOf(scratch.ente(), "SELECT COUNT(*) FROM jobs WHERE stato = 'in_corso'"), 1LL);
        QVERIFY(finish(scratch.ente(), *current));
        QVERIFY(!finish(scratch.ente(), *current));
    }

    void aLeaseEndsAndTheWorkIsTakenAgain()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        add(scratch.ente(), GenereJob::Avvisa, "p1", "avvisa");
        QCOMPARE(take(scratch.ente())->tentativi, 1);
        QVERIFY(!store::hasDueJob(scratch.ente(), store::Coda::Tutte, kNow + 5min));
        QCOMPARE(keyOf(take(scratch.ente(), kNow + 5min, "w2")), q("none"));
        QVERIFY(store::hasDueJob(scratch.ente(), store::Coda::Tutte, kNow + 5min + 1s));
        const auto again = take(scratch.ente(), kNow + 5min + 1s, "w2");
        QCOMPARE(keyOf(again), q("avvisa"));
        QCOMPARE(again->tentativi, 2);
    }

    void theLeasesOfAWorkerThatIsGoneAreFreed()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        add(scratch.ente(), GenereJob::Avvisa, "p1", "uno");
        add(scratch.ente(), GenereJob::Avvisa, "p2", "due");
        take(scratch.ente(), kNow, "w1");
        take(scratch.ente(), kNow, "w2");
        {
            store::Transaction transaction(scratch.ente());
            store::releaseLeases(transaction, "w1");
            transaction.commit();
        }
        QCOMPARE(keyOf(take(scratch.ente(), kNow, "w3")), q("uno"));
        QCOMPARE(keyOf(take(scratch.ente(), kNow, "w3")), q("none"));
    }

    void aWorkOfTheFutureIsNotDue()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        add(scratch.ente(), GenereJob::Avvisa, "p1", "avvisa");
        QVERIFY(!store::hasDueJob(scratch.ente(), store::Coda::Tutte, kNow - 1s));
        QCOMPARE(keyOf(take(scratch.ente(), kNow - 1s)), q("none"));
        QVERIFY(store::hasDueJob(scratch.ente(), store::Coda::Tutte, kNow));
    }

    void eightWorkersNeverTakeTheSameWorkAndKeepTheOrder()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        constexpr int kPratiche = 12;
        constexpr int kEach = 4;
        for (int step = 0; step < kEach; ++step) {
            for (int p = 0; p < kPratiche; ++p)
                add(scratch.ente(), GenereJob::ProtocollaModulo, "p" + std::to_string(p),
                    std::to_string(p) + "/" + std::to_string(step));
        }
        std::mutex mutex;
        std::map<std::string, int> taken;
        std::map<std::string, int> nextOf;
        std::string disorder;
        tests::inThreads(8, [&](int thread) {
            for (int misses = 0; misses < 400;) {
                const auto job = take(scratch.ente(), kNow, "w" + std::to_string(thread));
                if (!job) {
                    ++misses;
                    const std::lock_guard lock(mutex);
                    if (taken.size() == kPratiche * kEach)
                        return;
                    continue;
                }
                {
                    const std::lock_guard lock(mutex);
                    ++taken[job->chiave];
                    if (std::stoi(job->chiave.substr(job->chiave.find('/') + 1)) != nextOf[job->pratica.text()]++)
                        disorder += job->chiave + " ";
                }
                finish(scratch.ente(), *job);
            }
        });
        QCOMPARE(taken.size(), std::size_t{kPratiche * kEach});
        for (const auto& [key, times] : taken)
            QVERIFY2(times == 1, key.c_str());
        QCOMPARE(q(disorder), QString());
        QCOMPARE(tests::numberOf(scratch.ente(), "SELECT COUNT(*) FROM jobs WHERE stato <> 'fatto'"), 0LL);
    }

    void theCauseIsKeptForWhoMustAct()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        add(scratch.ente(), GenereJob::Avvisa, "p1", "avvisa");
        auto job = *take(scratch.ente());
        store::Transaction transaction(scratch.ente());
        // The limit of the column's text may not cut a letter in two.
        store::postpone(transaction, job, store::CausaErrore::Configurazione,
                        "a" + QStringLiteral("è").repeated(2000).toStdString(), kNow);
        transaction.commit();
        QCOMPARE(tests::numberOf(scratch.ente(),
                                 "SELECT COUNT(*) FROM jobs WHERE causa = 'configurazione' AND stato = 'pronto'"),
                 1LL);
    }
};

QTEST_GUILESS_MAIN(TestJobs)
#include "test_jobs.moc"
