#include "server/conosciuti.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;

class TestConosciuti : public QObject
{
    Q_OBJECT

private slots:
    static void whatIsRememberedIsForgottenAfterAWhile()
    {
        std::chrono::steady_clock::time_point now{};
        Conosciuti conosciuti([&] { return now; });
        QVERIFY(!conosciuti.find("a"));
        conosciuti.remember("a", {"rovereto", "prova"});
        now += 9min;
        QVERIFY(conosciuti.find("a"));
        QCOMPARE(conosciuti.find("a")->ente, std::string{"rovereto"});
        QVERIFY(!conosciuti.find("b"));
        now += 1min;
        QVERIFY(!conosciuti.find("a"));
    }

    static void moreThanFitAreNotKeptUntilSomeAreOld()
    {
        std::chrono::steady_clock::time_point now{};
        Conosciuti conosciuti([&] { return now; }, 2);
        conosciuti.remember("a", {});
        conosciuti.remember("b", {});
        conosciuti.remember("c", {});
        QVERIFY(conosciuti.find("a") && conosciuti.find("b") && !conosciuti.find("c"));
        now += 10min;
        conosciuti.remember("c", {});
        QVERIFY(conosciuti.find("c") && !conosciuti.find("a"));
    }
};

QTEST_GUILESS_MAIN(TestConosciuti)
#include "test_conosciuti.moc"
