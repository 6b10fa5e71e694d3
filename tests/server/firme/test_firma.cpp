#include "core/base/error.h"
#include "core/pratica/allegato.h"
#include "server/firme/firma.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <iterator>

using namespace sdc;

/// Every .p7m here is made by the openssl program, not by us.
class TestFirma : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void acceptsAnIntactSignatureInEveryForm_data();
    void acceptsAnIntactSignatureInEveryForm();
    void refusesAnAlteredContent();
    void refusesACutFile();
    void refusesASignatureWithoutItsDocument();
    void refusesWhatIsNoSignature();

private:
    std::filesystem::path file(const char* name) const
    {
        return folder_.filePath(QString::fromUtf8(name)).toStdString();
    }
    void openssl(const QString& arguments) const;
    std::string refusal(const char* name) const;

    QTemporaryDir folder_;
};

namespace {

std::string readFile(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void writeFile(const std::filesystem::path& path, const std::string& content)
{
    std::ofstream(path, std::ios::binary) << content;
}

}

void TestFirma::openssl(const QString& arguments) const
{
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start(QStringLiteral("openssl"), arguments.split(QLatin1Char(' ')));
    QVERIFY(process.waitForFinished());
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
}

std::string TestFirma::refusal(const char* name) const
{
    try {
        firme::verify(file(name));
        return {};
    } catch (const Invalid& error) {
        return error.what();
    }
}

void TestFirma::initTestCase()
{
    writeFile(file("cert.pdf"), "%PDF-1.4\n" + std::string(20000, 'c'));
    openssl(
        QStringLiteral("req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 2 -subj /CN=Anna-Ferrari"));
    const QString sign =
        QStringLiteral("cms -sign -binary -md sha256 -cades -signer c.pem -inkey k.pem -in cert.pdf -nodetach ");
    openssl(sign + QStringLiteral("-outform DER -out der.p7m"));
    openssl(sign + QStringLiteral("-outform PEM -out pem.p7m"));
    openssl(sign + QStringLiteral("-stream -outform DER -out stream.p7m"));
    openssl(QStringLiteral("base64 -in der.p7m -out base64.p7m"));
    openssl(QStringLiteral(
        "cms -sign -binary -md sha256 -signer c.pem -inkey k.pem -in cert.pdf -outform DER -out solo.p7m"));
}

void TestFirma::acceptsAnIntactSignatureInEveryForm_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char* name : {"der.p7m", "pem.p7m", "stream.p7m", "base64.p7m"})
        QTest::newRow(name) << QByteArray(name);
}

void TestFirma::acceptsAnIntactSignatureInEveryForm()
{
    QFETCH(QByteArray, name);
    const auto firme = firme::verify(file(name.constData()));
    QCOMPARE(firme.size(), std::size_t{1});
    QVERIFY(firme[0].firmatario.find("Anna-Ferrari") != std::string::npos);
    QVERIFY(detectTipo(readFile(file(name.constData())).substr(0, 4096)) == TipoFile::P7m);
}

void TestFirma::refusesAnAlteredContent()
{
    std::string content = readFile(file("der.p7m"));
    content[content.find("ccccc")] = 'x';
    writeFile(file("alterato.p7m"), content);
    QVERIFY(refusal("alterato.p7m").find("alterato") != std::string::npos);
}

void TestFirma::refusesACutFile()
{
    writeFile(file("tagliato.p7m"), readFile(file("der.p7m")).substr(0, 10000));
    QVERIFY(!refusal("tagliato.p7m").empty());
}

void TestFirma::refusesASignatureWithoutItsDocument()
{
    QVERIFY(refusal("solo.p7m").find("solo la firma") != std::string::npos);
}

void TestFirma::refusesWhatIsNoSignature()
{
    QVERIFY(!refusal("cert.pdf").empty());
}

QTEST_GUILESS_MAIN(TestFirma)
#include "test_firma.moc"
