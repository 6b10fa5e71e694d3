#include "server/guasti.h"
#include "tests/support/heard.h"
#include "tests/support/words.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using tests::q;

namespace {

struct Storia
{
    Guasti::Steady::time_point now{};
    tests::Heard heard;
    Guasti guasti{[this] { return now; }};

    /// Met every quarter of a second, as by a worker.
    void lasts(std::chrono::seconds time)
    {
        for (const auto end = now + time; now < end; now += 250ms)
            guasti.met("ente non aperto", "rovereto", "disco guasto");
    }
};

}

class TestGuasti : public QObject
{
    Q_OBJECT

private slots:
    void aFaultIsToldWhenItBeginsHourlyAndWhenItIsOver()
    {
        Storia storia;
        storia.lasts(59min);
        QCOMPARE(storia.heard.count(), std::size_t{1});
        QVERIFY(q(storia.heard.lines().front()).contains("causa=\"disco guasto\""));
        storia.lasts(2h);
        QCOMPARE(storia.heard.count(), std::size_t{3});
        storia.now += 2min;
        storia.guasti.over("ente non aperto", "rovereto");
        QCOMPARE(storia.heard.count({"finito", "rovereto"}), std::size_t{1});
        storia.guasti.over("ente non aperto", "rovereto");
        QCOMPARE(storia.heard.count(), std::size_t{4});
        QVERIFY(storia.guasti.lasting().empty());
    }

    // A disk that is full takes this row and not the next: that is one fault, not a thousand.
    void aFaultThatComesAndGoesIsToldOnce()
    {
        Storia storia;
        for (int i = 0; i < 1000; ++i) {
            storia.lasts(1s);
            storia.guasti.over("ente non aperto", "rovereto");
        }
        QCOMPARE(storia.heard.count(), std::size_t{1});
        QCOMPARE(storia.guasti.lasting().size(), std::size_t{1});
    }

    void whatNobodyMeetsAnyMoreDoesNotLast()
    {
        Storia storia;
        storia.lasts(1s);
        storia.now += 59min;
        QCOMPARE(storia.guasti.lasting().size(), std::size_t{1});
        storia.now += 2min;
        QVERIFY(storia.guasti.lasting().empty());
        // Nor is it forgotten: met again it is told again, as what it is.
        storia.lasts(1s);
        QCOMPARE(storia.heard.count(), std::size_t{2});
        QCOMPARE(storia.heard.count({"volte=\"5\""}), std::size_t{1});
    }

    // One try failed, the next two seconds later went well, and nobody tried since.
    void aSingleFailureThatWentWellAfterwardsIsOverInAMinute()
    {
        Storia storia;
        storia.guasti.met("lavoro non riuscito: avvisa", "rovereto", "posta");
        storia.now += 2s;
        storia.guasti.over("lavoro non riuscito: avvisa", "rovereto");
        QCOMPARE(storia.guasti.lasting().size(), std::size_t{1});
        storia.now += 1min;
        QVERIFY(storia.guasti.lasting().empty());
        QCOMPARE(storia.heard.count({"finito"}), std::size_t{1});
        // Met again before the minute is over it lasts.
        storia.guasti.met("lavoro non riuscito: avvisa", "rovereto", "posta");
        storia.guasti.over("lavoro non riuscito: avvisa", "rovereto");
        storia.now += 50s;
        storia.guasti.met("lavoro non riuscito: avvisa", "rovereto", "posta");
        storia.now += 2min;
        QCOMPARE(storia.guasti.lasting().size(), std::size_t{1});
    }

    void aSingleFailureThatNobodyTriedAgainLastsFiveMinutes()
    {
        Storia storia;
        storia.guasti.met("eventi non letti", "rovereto", "x");
        storia.now += 4min;
        QCOMPARE(storia.guasti.lasting().size(), std::size_t{1});
        storia.now += 2min;
        QVERIFY(storia.guasti.lasting().empty());
    }

    void eachEnteAndEachFaultIsItsOwn()
    {
        Storia storia;
        storia.guasti.met("ente non aperto", "rovereto", "a");
        storia.guasti.met("ente non aperto", "tre-ville", "b");
        storia.guasti.met("lavori non letti", "rovereto", "c");
        QCOMPARE(storia.heard.count(), std::size_t{3});
        storia.now += 2min;
        storia.guasti.over("ente non aperto", "rovereto");
        QCOMPARE(storia.guasti.lasting().size(), std::size_t{2});
        storia.guasti.met("ente non aperto", "rovereto", "di nuovo");
        QCOMPARE(storia.heard.count({"di nuovo"}), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestGuasti)
#include "test_guasti.moc"
