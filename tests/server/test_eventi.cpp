#include "server/eventi.h"

#include "server/operatori/handlers.h"
#include "server/rooms.h"
#include "server/store/pratiche.h"
#include "server/store/sql.h"
#include "tests/support/heard.h"
#include "tests/support/makers.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using tests::q;
using tests::World;

namespace {

/// The stream of an operator whose program knows the changes up to this number.
http::Events listen(World& world, long long from, const Operatore& operatore = tests::makeOperatore())
{
    Context asking = world.as(operatore);
    http::Request request;
    request.query = {{"da", std::to_string(from)}};
    return std::get<http::Events>(operatori::eventi(request, asking).body);
}

void forgetAll(World& world)
{
    store::Transaction transaction(world.database());
    store::forgetCambiamenti(transaction, world.now() + 1h, world.now() + 1h, 1000);
    transaction.commit();
}

}

class TestEventi : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void whoComesBackIsToldWhatChangedMeanwhile()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const auto id = world.makeInviata(world.addCittadino(tests::makeCittadino()));
        const http::Events events = listen(world, 0);
        const auto news = eventi::read(world.rooms(), events.ente, events.from);
        QVERIFY(!news.empty());
        QCOMPARE(q(news.back().data), q(R"({"pratica":")" + id.text() + R"("})"));
        QCOMPARE(news.back().number, store::lastCambiamento(world.database()));
    }

    // Each of them asks every half minute whether its session lasts; none is sent away because nobody can tell.
    void aDatabaseThatDoesNotAnswerIsToldOnceForAllWhoListen()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const tests::Heard heard;
        std::vector<http::Events> all;
        for (int i = 0; i < 5; ++i)
            all.push_back(listen(world, 0));
        {
            store::Transaction transaction(world.database());
            store::Sql(transaction, "ALTER TABLE sessioni RENAME TO altrove").run();
            transaction.commit();
        }
        for (const http::Events& events : all)
            QVERIFY(events.stillAllowed());
        QCOMPARE(heard.count({"ascolti non controllati"}), std::size_t{1});
    }

    // The changes in between are gone: the lists must be read anew, whatever services they are about.
    void whoWasAwayTooLongIsToldToReadEverythingAnew()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const Cittadino mario = world.addCittadino(tests::makeCittadino());
        world.makeInviata(mario);
        const long long known = store::lastCambiamento(world.database());
        const auto last = world.makeInviata(mario);
        forgetAll(world);
        const long long now = store::lastCambiamento(world.database());
        QVERIFY(now > known);
        const http::Events events = listen(world, known, tests::makeOperatore("luca", {"un-altro-servizio"}));
        const auto news = eventi::read(world.rooms(), events.ente, events.from);
        QCOMPARE(news.size(), std::size_t{1});
        QCOMPARE(q(news.front().data), QStringLiteral(R"({"ricarica":true})"));
        QCOMPARE(news.front().number, now);
        QVERIFY2(news.front().number > events.from, "the stream goes on from there");
        QVERIFY(events.concerns(news.front().subject));
        QVERIFY(eventi::read(world.rooms(), events.ente, now).empty());
    }

    void whoKnowsAllGoesOnAlthoughTheRestIsForgotten()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        world.makeInviata(world.addCittadino(tests::makeCittadino()));
        forgetAll(world);
        const long long now = store::lastCambiamento(world.database());
        QCOMPARE(listen(world, now).from, now);
        QVERIFY(eventi::read(world.rooms(), "prova", now).empty());
    }

    // Numbers of another life: a backup was restored, and its last number is smaller.
    void whoKnowsMoreThanTheServerIsToldToReadEverythingAnew()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        const http::Events events = listen(world, 4711);
        const auto news = eventi::read(world.rooms(), events.ente, events.from);
        QCOMPARE(news.size(), std::size_t{1});
        QCOMPARE(q(news.front().data), QStringLiteral(R"({"ricarica":true})"));
        QCOMPARE(news.front().number, 0LL);
    }
};

QTEST_GUILESS_MAIN(TestEventi)
#include "test_eventi.moc"
