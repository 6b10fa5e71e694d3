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

    void aDoorWithTlsNeedsItsFiles_data()
    {
        QTest::addColumn<QString>("section");
        QTest::addColumn<QString>("missing"); // empty: nothing is
        const QString files = QStringLiteral("certificato_file = /c.pem\nchiave_file = /c.key\n");
        QTest::newRow("partner") << QStringLiteral("[partner]\nporta = 8444\n") + files << QString();
        QTest::newRow("partner, no port") << QStringLiteral("[partner]\nporta = 0\n") << QString();
        QTest::newRow("partner, no files")
            << QStringLiteral("[partner]\nporta = 8444\n")
            << QStringLiteral("in [partner] servono \"certificato_file\" e \"chiave_file\"");
        QTest::newRow("cards") << QStringLiteral("[carta]\nporta = 8443\nfiducia = /a.pem\n") + files << QString();
        QTest::newRow("cards, no files") << QStringLiteral("[carta]\nporta = 8443\nfiducia = /a.pem\n")
                                         << QStringLiteral("in [carta] servono");
        QTest::newRow("cards, nobody trusted")
            << QStringLiteral("[carta]\nporta = 8443\n") + files << QStringLiteral("serve \"fiducia\"");
    }

    void aDoorWithTlsNeedsItsFiles()
    {
        QFETCH(QString, section);
        QFETCH(QString, missing);
        const Folder folder;
        const auto file =
            folder.write("stanza.ini", "[server]\ncartella = " + folder.path().string() + "\n" + section.toStdString());
        QString said;
        try {
            readConfig(file);
        } catch (const std::runtime_error& error) {
            said = q(error.what());
        }
        QCOMPARE(said.isEmpty(), missing.isEmpty());
        QVERIFY2(said.contains(missing), qPrintable(said));
    }
};

QTEST_GUILESS_MAIN(TestConfig)
#include "test_config.moc"
