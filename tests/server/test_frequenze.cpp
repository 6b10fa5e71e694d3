#include "server/frequenze.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace sdc;
using namespace std::chrono_literals;

class TestFrequenze : public QObject
{
    Q_OBJECT

private slots:
    void whoAsksMoreThanTheLimitWaitsForTheNextMinute()
    {
        std::chrono::steady_clock::time_point now{1h};
        Frequenze frequenze([&] { return now; });
        for (int i = 0; i < 3; ++i)
            QVERIFY(frequenze.allows("uno", 3));
        QVERIFY(!frequenze.allows("uno", 3));
        QVERIFY(frequenze.allows("due", 3));
        now += 59s;
        QVERIFY(!frequenze.allows("uno", 3));
        now += 1s;
        QVERIFY(frequenze.allows("uno", 3));
    }

    void theTableDoesNotGrowWithThoseWhoAsk()
    {
        Frequenze frequenze(&std::chrono::steady_clock::now, 100);
        for (int i = 0; i < 10'000; ++i)
            frequenze.allows("indirizzo " + std::to_string(i), 1);
        QCOMPARE(frequenze.size(), std::size_t{100});
        QVERIFY(!frequenze.allows("indirizzo 7", 1));
    }

    void threadsCountTogether()
    {
        Frequenze frequenze;
        std::atomic<int> allowed = 0;
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                for (int k = 0; k < 1000; ++k)
                    allowed += frequenze.allows("uno", 500) ? 1 : 0;
            });
        threads.clear();
        QVERIFY(allowed >= 500);
        // The minute may turn once in between.
        QVERIFY(allowed <= 1000);
    }
};

QTEST_GUILESS_MAIN(TestFrequenze)
#include "test_frequenze.moc"
