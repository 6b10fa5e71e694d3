#include "server/config.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QTest>

using namespace sdc;
using tests::Folder;
using tests::q;

class TestConfig : public QObject
{
    Q_OBJECT

private slots:
    void thePublicAddressIsASiteAlone_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("base");
        QTest::newRow("a site") << QStringLiteral("https://stanza.esempio.it")
                                << QStringLiteral("https://stanza.esempio.it");
        QTest::newRow("slash") << QStringLiteral("https://stanza.esempio.it/")
                               << QStringLiteral("https://stanza.esempio.it");
        QTest::newRow("port") << QStringLiteral("http://127.0.0.1:8080") << QStringLiteral("http://127.0.0.1:8080");
        for (const char* wrong : {"https://stanza.esempio.it/servizi", "https://stanza.esempio.it//", "https://",
                                  "ftp://stanza.esempio.it", "stanza.esempio.it"})
            QTest::newRow(wrong) << QString::fromLatin1(wrong) << QString();
    }

    void thePublicAddressIsASiteAlone()
    {
        QFETCH(QString, address);
        QFETCH(QString, base);
        const Folder folder;
        const auto file = folder.write("stanza.ini", "[server]\ncartella = " + folder.path().string() +
                                                         "\nindirizzo_pubblico = " + address.toStdString() + "\n");
        if (!base.isEmpty()) {
            QCOMPARE(q(readConfig(file).baseUrl()), base);
            return;
        }
        try {
            readConfig(file);
            QFAIL("accepted");
        } catch (const std::runtime_error& error) {
            QVERIFY(q(error.what())
                        .contains(QStringLiteral("riga 3: valore non valido per \"server.indirizzo_pubblico\"")));
        }
    }
};

QTEST_GUILESS_MAIN(TestConfig)
#include "test_config.moc"
