#include "core/base/error.h"
#include "server/gateways/certificato_partner.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QProcess>
#include <QTest>

using namespace sdc;
using tests::q;

namespace {

/// openssl, the program.
QString openssl(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral("openssl"), arguments);
    process.waitForFinished(20000);
    return QString::fromUtf8(process.readAllStandardOutput());
}

std::string selfSigned(const QStringList& key, const QStringList& more = {})
{
    return openssl(QStringList{QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-nodes"),
                               QStringLiteral("-keyout"), QStringLiteral("/dev/null"), QStringLiteral("-days"),
                               QStringLiteral("30"), QStringLiteral("-utf8"), QStringLiteral("-subj"),
                               QStringLiteral("/O=Società di prova/CN=gestionale.esempio.it")} +
                   key + more)
        .toStdString();
}
}

class TestCertificatoPartner : public QObject
{
    Q_OBJECT

private slots:
    static void itIsReadAsOpensslReadsIt_data()
    {
        QTest::addColumn<QStringList>("key");
        QTest::newRow("RSA 2048") << QStringList{QStringLiteral("-newkey"), QStringLiteral("rsa:2048")};
        QTest::newRow("P-256") << QStringList{QStringLiteral("-newkey"), QStringLiteral("ec"),
                                              QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256")};
        QTest::newRow("Ed25519") << QStringList{QStringLiteral("-newkey"), QStringLiteral("ed25519")};
    }

    static void itIsReadAsOpensslReadsIt()
    {
        QFETCH(QStringList, key);
        const std::string pem = selfSigned(key);
        const CertificatoPartner certificato = gateways::readCertificatoPartner(pem);
        const tests::Folder folder;
        const QString file = q(folder.write("c.pem", pem).string());
        const auto said = [&](const char* what) {
            return openssl({QStringLiteral("x509"), QStringLiteral("-in"), file, QStringLiteral("-noout"),
                            QStringLiteral("-nameopt"), QStringLiteral("RFC2253,-esc_msb"), QLatin1String(what)});
        };
        QString fingerprint = openssl({QStringLiteral("x509"), QStringLiteral("-in"), file, QStringLiteral("-noout"),
                                       QStringLiteral("-fingerprint"), QStringLiteral("-sha256")});
        fingerprint = fingerprint.section(QLatin1Char('='), 1).remove(QLatin1Char(':')).trimmed().toLower();
        QCOMPARE(q(certificato.impronta), fingerprint);
        QCOMPARE(QStringLiteral("subject=") + q(certificato.soggetto), said("-subject").trimmed());
        QCOMPARE((certificato.scade - certificato.da).count(), std::int64_t{30} * 86400);
    }

    static void whatIsNotGoodEnoughIsNotTaken_data()
    {
        QTest::addColumn<QByteArray>("pem");
        QTest::addColumn<QString>("words");
        const QStringList rsa{QStringLiteral("-newkey"), QStringLiteral("rsa:2048")};
        QTest::newRow("nothing") << QByteArray() << QStringLiteral("non è un certificato PEM");
        QTest::newRow("garbage") << QByteArray(5000, 'x') << QStringLiteral("non è un certificato PEM");
        QTest::newRow("short key") << QByteArray::fromStdString(
                                          selfSigned({QStringLiteral("-newkey"), QStringLiteral("rsa:1024")}))
                                   << QStringLiteral("troppo corta");
        QTest::newRow("a server's") << QByteArray::fromStdString(
                                           selfSigned(rsa, {QStringLiteral("-addext"),
                                                            QStringLiteral("extendedKeyUsage=serverAuth")}))
                                    << QStringLiteral("clientAuth");
    }

    static void whatIsNotGoodEnoughIsNotTaken()
    {
        QFETCH(QByteArray, pem);
        QFETCH(QString, words);
        try {
            gateways::readCertificatoPartner(pem.toStdString());
            QFAIL("it was taken");
        } catch (const Invalid& error) {
            QVERIFY2(q(error.what()).contains(words), error.what());
        }
    }
};

QTEST_GUILESS_MAIN(TestCertificatoPartner)
#include "test_certificato_partner.moc"
