#include "server/conosciuti.h"

#include <QTest>

#include <atomic>
#include <thread>

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

    static void whatIsFoundWrongIsSoForThoseWhoWaitedAndForNobodyElse()
    {
        Conosciuti conosciuti;
        std::atomic<bool> coming = false;
        std::atomic<bool> told = false;
        {
            std::jthread waiting;
            {
                Conosciuti::Fila first(conosciuti, "a");
                QVERIFY(!first.foundWrong());
                waiting = std::jthread([&] {
                    coming = true;
                    const Conosciuti::Fila second(conosciuti, "a");
                    told = second.foundWrong();
                });
                QTRY_VERIFY(coming);
                std::this_thread::sleep_for(200ms);
                first.setWrong();
            }
        }
        QVERIFY(told);
        // Whoever comes later asks anew: the password may be another by then.
        QVERIFY(!Conosciuti::Fila(conosciuti, "a").foundWrong());
        QVERIFY(!Conosciuti::Fila(conosciuti, "b").foundWrong());
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
