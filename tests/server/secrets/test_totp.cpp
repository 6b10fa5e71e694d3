#include "server/secrets/totp.h"

#include "tests/support/words.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace sdc;
using tests::q;

namespace {

const std::string kRfcSecret = "12345678901234567890";

}

class TestTotp : public QObject
{
    Q_OBJECT

private slots:
    // RFC 4226, appendix D.
    void countersGiveTheCodesOfTheRfc()
    {
        const char* const codes[] = {"755224", "287082", "359152", "969429", "338314",
                                     "254676", "287922", "162583", "399871", "520489"};
        for (std::uint64_t counter = 0; counter < 10; ++counter)
            QCOMPARE(q(secrets::hotp(kRfcSecret, counter)), q(codes[counter]));
    }

    // RFC 6238, appendix B, the rows of SHA-1.
    void timesGiveTheCodesOfTheRfc()
    {
        const std::pair<std::uint64_t, const char*> rows[] = {{59, "94287082"},         {1111111109, "07081804"},
                                                              {1111111111, "14050471"}, {1234567890, "89005924"},
                                                              {2000000000, "69279037"}, {20000000000, "65353130"}};
        for (const auto& [time, code] : rows)
            QCOMPARE(q(secrets::hotp(kRfcSecret, time / 30, 8)), q(code));
    }

    // RFC 4648, 10, without the padding.
    void base32IsThatOfTheRfc()
    {
        QCOMPARE(q(secrets::base32("")), q(""));
        QCOMPARE(q(secrets::base32("f")), q("MY"));
        QCOMPARE(q(secrets::base32("foo")), q("MZXW6"));
        QCOMPARE(q(secrets::base32("foobar")), q("MZXW6YTBOI"));
    }

    void aCodeHoldsOneStepToEachSide()
    {
        const std::int64_t now = 1111111111;
        const auto codeAt = [](std::int64_t step) {
            return secrets::hotp(kRfcSecret, static_cast<std::uint64_t>(step));
        };
        const std::int64_t step = now / 30;
        for (std::int64_t one = step - 3; one <= step + 3; ++one) {
            const auto found = secrets::matchingPasso(kRfcSecret, codeAt(one), now);
            QCOMPARE(found.has_value(), one >= step - 1 && one <= step + 1);
            if (found)
                QCOMPARE(*found, one);
        }
        for (const char* wrong : {"", "12345", "1234567", "abcdef"})
            QVERIFY(!secrets::matchingPasso(kRfcSecret, wrong, now));
    }

    void anIndependentProgramMakesTheSameCode()
    {
        const QString oathtool = QStandardPaths::findExecutable("oathtool");
        QVERIFY2(!oathtool.isEmpty(), "oathtool is not installed");
        for (int i = 0; i < 5; ++i) {
            const std::string secret = secrets::newTotpSecret();
            QCOMPARE(secret.size(), std::size_t{20});
            QProcess process;
            process.start(oathtool, {"--totp", "--base32", "--now", "2026-11-23 10:00:00 UTC",
                                     QString::fromStdString(secrets::base32(secret))});
            QVERIFY(process.waitForFinished());
            const std::int64_t now = 1795428000; // 2026-11-23T10:00:00Z
            QCOMPARE(QString(process.readAllStandardOutput()).trimmed(),
                     q(secrets::hotp(secret, static_cast<std::uint64_t>(now / 30))));
        }
    }
};

QTEST_GUILESS_MAIN(TestTotp)
#include "test_totp.moc"
