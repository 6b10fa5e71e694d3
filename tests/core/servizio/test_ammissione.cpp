#include "core/servizio/ammissione.h"
#include "tests/support/words.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono;

namespace {

constexpr Date kToday = year{2026} / November / 27;

Servizio asking(int livello, int eta)
{
    Servizio servizio;
    servizio.livelloAccesso = livello;
    servizio.etaMinima = eta;
    return servizio;
}

}

class TestAmmissione : public QObject
{
    Q_OBJECT

private slots:
    void theLevelMustBeReached()
    {
        const auto at = [](int asked, int has) { return admit(asking(asked, 0), has, std::nullopt, kToday); };
        QVERIFY(at(2, 2) == Ammissione::Ammesso);
        QVERIFY(at(2, 3) == Ammissione::Ammesso);
        QVERIFY(at(3, 3) == Ammissione::Ammesso);
        QVERIFY(at(3, 2) == Ammissione::LivelloBasso);
        QVERIFY(at(2, 1) == Ammissione::LivelloBasso);
        QVERIFY(at(2, 0) == Ammissione::LivelloBasso);
    }

    void theAgeMustBeReachedOnTheDay()
    {
        const auto born = [](Date birth) { return admit(asking(2, 18), 2, birth, kToday); };
        QVERIFY(born(year{2008} / November / 27) == Ammissione::Ammesso);
        QVERIFY(born(year{2008} / November / 28) == Ammissione::TroppoGiovane);
        QVERIFY(born(year{1972} / June / 25) == Ammissione::Ammesso);
        QVERIFY(born(year{2026} / November / 27) == Ammissione::TroppoGiovane);
        QVERIFY(admit(asking(2, 18), 2, std::nullopt, kToday) == Ammissione::TroppoGiovane);
        QVERIFY(admit(asking(2, 0), 2, std::nullopt, kToday) == Ammissione::Ammesso);
    }

    // Nobody learns more of a service than that the login does not suffice.
    void theLevelComesFirst()
    {
        QVERIFY(admit(asking(3, 18), 2, year{2020} / May / 1, kToday) == Ammissione::LivelloBasso);
        QVERIFY(admit(asking(3, 18), 2, std::nullopt, kToday) == Ammissione::LivelloBasso);
    }
};

QTEST_GUILESS_MAIN(TestAmmissione)
#include "test_ammissione.moc"
