#include "server/http/spool.h"
#include "tests/support/scratch.h"

#include <QTest>

#include <array>
#include <system_error>

using namespace sdc;

namespace {

const std::string kTwenty(20'000, 'a');

bool takes(http::Spool& spool)
{
    try {
        spool.append(kTwenty);
        return true;
    } catch (const std::system_error&) {
        return false;
    }
}

}

class TestSpool : public QObject
{
    Q_OBJECT

private slots:
    void nobodyFillsTheDiskWithBodiesUnderWay()
    {
        tests::Folder folder;
        http::SpoolRoom room{{100'000, 50'000}};
        const auto bodyOf = [&](const char* network) { return http::Spool(1'000'000, {folder.path(), room, network}); };
        {
            http::Spool first = bodyOf("10.0.0.1");
            http::Spool second = bodyOf("10.0.0.1");
            QVERIFY(takes(first));
            QVERIFY(takes(second));
            QVERIFY2(!takes(first), "its network has 50,000 bytes");
            http::Spool other = bodyOf("10.0.0.2");
            QVERIFY(takes(other));
            QVERIFY(takes(other));
            http::Spool third = bodyOf("10.0.0.3");
            QVERIFY(takes(third));
            QVERIFY2(!takes(third), "100,000 for all of them");
        }
        http::Spool again = bodyOf("10.0.0.1");
        QVERIFY(takes(again));
        QVERIFY(takes(again));
    }

    void aShortBodyTakesNoRoom()
    {
        tests::Folder folder;
        http::SpoolRoom room{{10, 10}};
        http::Spool spool(100, {folder.path(), room, "10.0.0.1"});
        spool.append("nome=Mario");
        spool.append("&cognome=Rossi");
        std::array<char, 64> buffer{};
        QCOMPARE(spool.read(4, buffer.data(), buffer.size()), std::size_t{20});
        QCOMPARE(std::string(buffer.data()), std::string("=Mario&cognome=Rossi"));
    }
};

QTEST_GUILESS_MAIN(TestSpool)
#include "test_spool.moc"
