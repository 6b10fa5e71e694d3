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
    void refusesMoreAlgorithmsThanASignatureHas();
    void refusesTagsAndLengthsWithoutEnd();

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

namespace {

/// DER: tag, length, content.
std::string der(unsigned char tag, const std::string& content)
{
    std::string length;
    for (std::size_t rest = content.size(); rest > 0; rest >>= 8U)
        length.insert(length.begin(), static_cast<char>(rest & 0xffU));
    std::string all(1, static_cast<char>(tag));
    if (content.size() < 128)
        return all + static_cast<char>(content.size()) + content;
    return all + static_cast<char>(0x80U | length.size()) + length + content;
}

/// The content of the element at `at`, which moves behind it.
std::string contentAt(const std::string& bytes, std::size_t& at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes.at(i)); };
    std::size_t length = byte(at + 1);
    std::size_t header = 2;
    if ((length & 0x80U) != 0) {
        const std::size_t more = length & 0x7fU;
        length = 0;
        for (std::size_t i = 0; i < more; ++i)
            length = (length << 8U) | byte(at + 2 + i);
        header += more;
    }
    const std::string content = bytes.substr(at + header, length);
    at += header + length;
    return content;
}

}

// RFC 5652, 5.1: digestAlgorithms is a set; OpenSSL works through it once for each of its elements.
void TestFirma::refusesMoreAlgorithmsThanASignatureHas()
{
    const std::string whole = readFile(file("der.p7m"));
    std::size_t at = 0;
    const std::string info = contentAt(whole, at);
    at = 0;
    contentAt(info, at);
    const std::string type = info.substr(0, at);
    const std::string wrapper = contentAt(info, at);
    at = 0;
    const std::string data = contentAt(wrapper, at);
    at = 0;
    contentAt(data, at);
    const std::string version = data.substr(0, at);
    const std::string algorithm = contentAt(data, at);
    std::string many;
    for (int i = 0; i < 65000; ++i)
        many += algorithm;
    writeFile(file("folla.p7m"), der(0x30, type + der(0xa0, der(0x30, version + der(0x31, many) + data.substr(at)))));
    QVERIFY(refusal("folla.p7m").find("non è un documento firmato leggibile") != std::string::npos);
}

// X.690, 8.1.2.4 and 8.1.3.5: a tag may go on over many bytes, and a length name up to 126 of them.
void TestFirma::refusesTagsAndLengthsWithoutEnd()
{
    const std::string oid("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", 11);
    for (const std::string& rest : {"\x1f" + std::string(4000, '\x80'), "\xa0\xff" + std::string(4000, '\0')}) {
        writeFile(file("infinito.p7m"), "\x30\x80" + oid + rest);
        QVERIFY(refusal("infinito.p7m").find("non è un documento firmato leggibile") != std::string::npos);
    }
}

QTEST_GUILESS_MAIN(TestFirma)
#include "test_firma.moc"
