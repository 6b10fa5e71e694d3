#include "core/base/text.h"
#include "core/pratica/allegato.h"
#include "tests/support/words.h"

#include <QTest>

using namespace sdc;
using tests::q;

namespace {

/// A CMS ContentInfo begins with a SEQUENCE and the identifier of signedData (RFC 5652, 3 and 5.1).
QByteArray cms(const char* sequence)
{
    return QByteArray::fromHex(sequence) + QByteArray::fromHex("06092A864886F70D010702A0") + QByteArray(200, '\x5A');
}

std::optional<TipoFile> detect(const QByteArray& bytes)
{
    return detectTipo({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

}

class TestAllegato : public QObject
{
    Q_OBJECT

private slots:
    void recognisesKindsByTheirContent_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("kind");
        QTest::newRow("PDF") << QByteArray("%PDF-1.7\n%\xE2\xE3") << "PDF";
        QTest::newRow("JPEG, JFIF") << QByteArray::fromHex("FFD8FFE000104A464946") << "JPEG";
        QTest::newRow("JPEG, Exif") << QByteArray::fromHex("FFD8FFE1ABCD45786966") << "JPEG";
        QTest::newRow("PNG") << QByteArray::fromHex("89504E470D0A1A0A0000000D49484452") << "PNG";
        QTest::newRow("CMS, below 64 kB") << cms("30820ABC") << "P7M";
        QTest::newRow("CMS, below 16 MB") << cms("3083ABCDEF") << "P7M";
        QTest::newRow("CMS, larger") << cms("308401ABCDEF") << "P7M";
        QTest::newRow("CMS, indefinite length") << cms("3080") << "P7M";
        QTest::newRow("CMS in base64, below 64 kB") << cms("30820ABC").toBase64() << "P7M";
        QTest::newRow("CMS in base64, below 16 MB") << cms("3083ABCDEF").toBase64() << "P7M";
        QTest::newRow("CMS in base64, larger") << cms("308401ABCDEF").toBase64() << "P7M";
        QTest::newRow("CMS in base64, indefinite length") << cms("3080").toBase64() << "P7M";
        QTest::newRow("PEM, PKCS7") << QByteArray("-----BEGIN PKCS7-----\nMIIK") << "P7M";
        QTest::newRow("PEM, CMS") << QByteArray("-----BEGIN CMS-----\r\nMIIK") << "P7M";
        QTest::newRow("nothing") << QByteArray() << "";
        QTest::newRow("HTML") << QByteArray("<!DOCTYPE html><html>") << "";
        QTest::newRow("script") << QByteArray("alert(1)") << "";
        QTest::newRow("GIF") << QByteArray("GIF89a") << "";
        QTest::newRow("ZIP, docx") << QByteArray("PK\x03\x04") << "";
        QTest::newRow("PDF later on") << QByteArray("<html>%PDF-1.4") << "";
        QTest::newRow("half of a PDF's mark") << QByteArray("%PDF") << "";
        QTest::newRow("half of a JPEG's mark") << QByteArray::fromHex("FFD8") << "";
        QTest::newRow("SVG") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>") << "";
        QTest::newRow("DER certificate") << QByteArray::fromHex("308203553082023DA003020102") << "";
        QTest::newRow("CMS enveloped, not signed")
            << QByteArray::fromHex("3082010006092A864886F70D010703A0820100") << "";
        QTest::newRow("PEM certificate") << QByteArray("-----BEGIN CERTIFICATE-----\nMIIK") << "";
        QTest::newRow("base64 of something else") << QByteArray("MIIDVTCCAj2gAwIBAgIUKj") << "";
    }
    void recognisesKindsByTheirContent()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, kind);
        const auto found = detect(bytes);
        QCOMPARE(found ? q(name(*found)) : QString(), kind);
    }

    void anExtensionBelongsToItsKindWhateverItsCase()
    {
        QVERIFY(extensionMatches("modulo.pdf", TipoFile::Pdf));
        QVERIFY(extensionMatches("MODULO.PDF", TipoFile::Pdf));
        QVERIFY(extensionMatches("foto.jpg", TipoFile::Jpeg));
        QVERIFY(extensionMatches("foto.JPEG", TipoFile::Jpeg));
        QVERIFY(extensionMatches("logo.png", TipoFile::Png));
        QVERIFY(extensionMatches("atto.pdf.p7m", TipoFile::P7m));
        QVERIFY(!extensionMatches("atto.pdf.p7m", TipoFile::Pdf));
        QVERIFY(!extensionMatches("pagina.html", TipoFile::Pdf));
        QVERIFY(!extensionMatches("pdf", TipoFile::Pdf));
        QVERIFY(!extensionMatches("foto.pdf.exe", TipoFile::Pdf));
    }

    void cleansTheNamesOfFiles_data()
    {
        QTest::addColumn<QByteArray>("posted");
        QTest::addColumn<QString>("clean");
        QTest::newRow("plain") << QByteArray("Carta d'identità.pdf") << "Carta d'identità.pdf";
        QTest::newRow("path up") << QByteArray("../../../etc/passwd") << "passwd";
        QTest::newRow("Windows path") << QByteArray("C:\\Users\\Anna\\atto.pdf") << "atto.pdf";
        QTest::newRow("mixed slashes") << QByteArray("a/b\\..\\c.pdf") << "c.pdf";
        QTest::newRow("only dots") << QByteArray("..") << "file";
        QTest::newRow("hidden") << QByteArray(".htaccess") << "htaccess";
        QTest::newRow("a folder") << QByteArray("cartella/") << "file";
        QTest::newRow("nothing") << QByteArray("") << "file";
        QTest::newRow("only spaces") << QByteArray("   ") << "file";
        QTest::newRow("line breaks") << QByteArray("a\r\nSet-Cookie: x.pdf") << "aSet-Cookie x.pdf";
        QTest::newRow("NUL") << QByteArray("a\0.html.pdf", 11) << "a.html.pdf";
        QTest::newRow("DEL and ESC") << QByteArray("a\x7F\x1B[31m.pdf") << "a[31m.pdf";
        QTest::newRow("refused by file systems") << QByteArray("a<b>c:d\"e|f?g*h.pdf") << "abcdefgh.pdf";
        QTest::newRow("not UTF-8") << QByteArray("Per\xF2.pdf") << "Per.pdf";
        QTest::newRow("emoji") << QByteArray("foto 😀.jpg") << "foto 😀.jpg";
        // U+202E turns what follows: "atto<RLO>fdp.exe" would be read "attoexe.pdf".
        QTest::newRow("turned by a control of direction") << QByteArray("atto\u202Efdp.exe") << "attofdp.exe";
    }
    void cleansTheNamesOfFiles()
    {
        QFETCH(QByteArray, posted);
        QFETCH(QString, clean);
        QCOMPARE(q(cleanFileName({posted.constData(), static_cast<std::size_t>(posted.size())})), clean);
    }

    void cutsAnOverlongNameAndKeepsItsExtension()
    {
        const std::string name = cleanFileName(QString(400, 'a').toStdString() + ".pdf");
        QCOMPARE(q(name), QString(146, 'a') + ".pdf");
        const std::string accents = cleanFileName(QString(400, QChar(0xE8)).toStdString() + ".p7m");
        QCOMPARE(q(accents), QString(146, QChar(0xE8)) + ".p7m");
        QCOMPARE(codePoints(cleanFileName(std::string(400, 'b'))), std::size_t{150});
        QCOMPARE(codePoints(cleanFileName("a." + std::string(400, 'c'))), std::size_t{150});
        QVERIFY(isCleanUtf8(accents));
    }

    void knowsTheKindsThatADefinitionNames()
    {
        QVERIFY(tipoFileFromName("pdf") == TipoFile::Pdf);
        QVERIFY(tipoFileFromName("p7m") == TipoFile::P7m);
        QVERIFY(tipoFileFromName("jpeg") == TipoFile::Jpeg);
        QVERIFY(tipoFileFromName("png") == TipoFile::Png);
        QVERIFY(!tipoFileFromName("html"));
        QVERIFY(!tipoFileFromName("PDF"));
        QCOMPARE(q(mediaType(TipoFile::P7m)), q("application/pkcs7-mime"));
    }
};

QTEST_GUILESS_MAIN(TestAllegato)
#include "test_allegato.moc"
