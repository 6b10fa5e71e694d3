#include "server/turn.h"

#include <QTest>

#include <future>
#include <thread>
#include <vector>

using namespace sdc;
using namespace std::chrono_literals;

class TestTurn : public QObject
{
    Q_OBJECT

private slots:
    // Of two who work and nine who come, eight wait and one is sent away at once; those who waited get their turn.
    static void aFewWaitAndTheRestIsSentAwayAtOnce()
    {
        Turns turns;
        QVERIFY(turns.acquire(0ms) && turns.acquire(0ms));
        std::promise<bool> first;
        auto firstAnswer = first.get_future();
        std::atomic<int> answered = 0;
        std::atomic<int> served = 0;
        {
            std::vector<std::jthread> comers;
            for (int i = 0; i < 9; ++i) {
                comers.emplace_back([&] {
                    const bool got = turns.acquire(60s);
                    if (answered.fetch_add(1) == 0)
                        first.set_value(got);
                    served += got ? 1 : 0;
                    if (got)
                        turns.release();
                });
            }
            const bool somebodyCame = firstAnswer.wait_for(30s) == std::future_status::ready;
            turns.release();
            turns.release();
            QVERIFY(somebodyCame);
        }
        QVERIFY(!firstAnswer.get());
        QCOMPARE(served.load(), 8);
    }

    static void whoHasWaitedLongEnoughIsBusy()
    {
        Turns turns;
        const Turn one(turns);
        const Turn two(turns);
        QVERIFY_THROWS_EXCEPTION(Busy, Turn{turns});
    }
};

QTEST_GUILESS_MAIN(TestTurn)
#include "test_turn.moc"
