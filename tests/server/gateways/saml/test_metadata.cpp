#include "core/base/error.h"
#include "server/gateways/saml/metadata.h"
#include "server/gateways/saml/provider.h"
#include "tests/server/gateways/saml/programmi.h"
#include "tests/support/mondo_saml.h"
#include "tests/support/words.h"

using namespace sdc;
using namespace sdc::tests;
using namespace sdc::gateways::saml;

/// Signatures are judged by xmlsec1, forms by OASIS's schemas, certificates by openssl.
class TestMetadata : public QObject
{
    Q_OBJECT

private slots:
    void areValidAndSigned_data();
    void areValidAndSigned();
    void sayWhatAMunicipalityMustSay();
    void haveTheContactsThatTheCardWants();
    void areRefusedWhenSomethingIsMissing();
    void nameTheEnteInItsCertificate();
    void refuseACertificateForNobody();

private:
    QTemporaryDir folder_;
};

namespace {

/// How often a piece of text stands in another.
int count(const std::string& text, const std::string& piece)
{
    int found = 0;
    for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + piece.size()))
        ++found;
    return found;
}

QString openssl(const std::string& certificato, const QString& question)
{
    QTemporaryDir folder;
    QProcess process;
    process.start(QStringLiteral("openssl"),
                  QStringList{QStringLiteral("x509"), QStringLiteral("-noout"), QStringLiteral("-in"),
                              QString::fromStdString(writeIn(folder, "c.pem", certificato))}
                      << question.split(QLatin1Char(' ')));
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput());
}

}

void TestMetadata::areValidAndSigned_data()
{
    QTest::addColumn<int>("federazione");
    QTest::newRow("SPID") << static_cast<int>(Federazione::Spid);
    QTest::newRow("CIE") << static_cast<int>(Federazione::Cie);
}

void TestMetadata::areValidAndSigned()
{
    QFETCH(int, federazione);
    const std::string xml = makeMetadata(serviceProvider(), static_cast<Federazione>(federazione));
    QCOMPARE(complaintOfXmlsec(folder_, xml, chiaveSp().certificato,
                               QStringLiteral("urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor")),
             QByteArray{});
    QCOMPARE(complaintOfXmllint(folder_, xml, QStringLiteral("saml-schema-metadata-2.0.xsd")), QByteArray{});
    std::string altered = xml;
    altered.replace(altered.find("Rovereto"), 8, "Trento  ");
    QVERIFY(!complaintOfXmlsec(folder_, altered, chiaveSp().certificato,
                               QStringLiteral("urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor"))
                 .isEmpty());
}

void TestMetadata::sayWhatAMunicipalityMustSay()
{
    const std::string xml = makeMetadata(serviceProvider(), Federazione::Spid);
    const auto root = xml.find("<md:EntityDescriptor");
    // The signature is the first child.
    QCOMPARE(xml.find("<ds:Signature"), xml.find('>', root) + 1);
    QVERIFY(xml.find(std::string("entityID=\"") + kSpEntityId + "\"") != std::string::npos);
    QVERIFY(xml.find("AuthnRequestsSigned=\"true\" WantAssertionsSigned=\"true\"") != std::string::npos);
    QCOMPARE(count(xml, "<md:KeyDescriptor use=\"signing\">"), 1);
    QCOMPARE(count(xml, "<md:KeyDescriptor use=\"encryption\">"), 1);
    QCOMPARE(count(xml, "<md:SingleLogoutService "), 2);
    QCOMPARE(count(xml, "<md:AttributeConsumingService "), 3);
    QCOMPARE(count(xml, "index=\"99\""), 1);
    QCOMPARE(count(xml, "index=\"100\""), 1);
    QCOMPARE(count(xml, "<md:RequestedAttribute "), 4 + 5 + 8);
    QCOMPARE(count(xml, "xml:lang=\"it\""), 3 + 3);
    QCOMPARE(count(xml, "<md:ContactPerson contactType=\"other\">"), 1);
    QVERIFY(xml.find("xmlns:spid=\"https://spid.gov.it/saml-extensions\"") != std::string::npos);
    QVERIFY(xml.find("<spid:IPACode>c_h612</spid:IPACode><spid:Public/>") != std::string::npos);
    QVERIFY(xml.find("<md:TelephoneNumber>+390464452111</md:TelephoneNumber>") != std::string::npos);
    // SPID's checks dislike line breaks in keys and signatures.
    QVERIFY(xml.substr(root, xml.rfind('>') - root).find('\n') == std::string::npos);
}

void TestMetadata::haveTheContactsThatTheCardWants()
{
    const std::string xml = makeMetadata(serviceProvider(), Federazione::Cie);
    QCOMPARE(count(xml, "<md:ContactPerson contactType=\"administrative\">"), 1);
    QVERIFY(xml.find("xmlns:cie=\"https://www.cartaidentita.interno.gov.it/saml-extensions\"") != std::string::npos);
    QVERIFY(xml.find("<cie:Public/><cie:Municipality>H612</cie:Municipality>") != std::string::npos);
}

void TestMetadata::areRefusedWhenSomethingIsMissing()
{
    auto sp = serviceProvider();
    sp.ente.telefono = "+39 0464 452111";
    QVERIFY_EXCEPTION_THROWN(makeMetadata(sp, Federazione::Spid), Invalid);
    sp = serviceProvider();
    sp.ente.codiceIpa.clear();
    QVERIFY_EXCEPTION_THROWN(makeMetadata(sp, Federazione::Spid), Invalid);
    sp = serviceProvider();
    sp.insiemi.push_back(sp.insiemi.front());
    QVERIFY_EXCEPTION_THROWN(makeMetadata(sp, Federazione::Spid), Invalid);
    sp = serviceProvider();
    sp.ente.codiceComune.clear();
    QVERIFY_EXCEPTION_THROWN(makeMetadata(sp, Federazione::Cie), Invalid);
}

void TestMetadata::nameTheEnteInItsCertificate()
{
    const QString subject = openssl(chiaveSp().certificato, QStringLiteral("-subject -nameopt RFC2253,oid"));
    QVERIFY2(subject.contains(QStringLiteral("2.5.4.10=Comune di Rovereto")), qPrintable(subject));
    QVERIFY2(subject.contains(q(std::string("2.5.4.83=") + kSpEntityId)) ||
                 subject.contains(QStringLiteral("2.5.4.83=#")),
             qPrintable(subject));
    QVERIFY2(subject.contains(QStringLiteral("PA:IT-c_h612")) || subject.contains(QStringLiteral("2.5.4.97=")),
             qPrintable(subject));
    const QString text = openssl(chiaveSp().certificato, QStringLiteral("-text"));
    for (const char* piece :
         {"Public-Key: (3072 bit)", "Signature Algorithm: sha256WithRSAEncryption", "X509v3 Key Usage: critical",
          "Digital Signature, Non Repudiation\n", "CA:FALSE", "Policy: 1.3.76.16\n", "Policy: 1.3.76.16.6\n",
          "Policy: 1.3.76.16.4.2.1\n", "Explicit Text: agIDcert", "Explicit Text: cert_SP_Pub", "PA:IT-c_h612",
          kSpEntityId, "Not Before: Nov 27 10:00:00 2026 GMT", "Not After : Nov 24 10:00:00 2036 GMT"})
        QVERIFY2(text.contains(q(piece)), qPrintable(q(piece) + QStringLiteral(" in\n") + text));
    QCOMPARE(complaintOf(QStringLiteral("openssl"),
                         {QStringLiteral("verify"), QStringLiteral("-no_check_time"), QStringLiteral("-CAfile"),
                          QString::fromStdString(writeIn(folder_, "c.pem", chiaveSp().certificato)),
                          folder_.filePath(QStringLiteral("c.pem"))}),
             QByteArray{});
}

void TestMetadata::refuseACertificateForNobody()
{
    const std::chrono::days days{365};
    QVERIFY_EXCEPTION_THROWN(
        makeCoppiaChiave({kSpEntityId, "", "stanza.esempio.it", "Rovereto", "c_h612"}, samlNow(), days), Invalid);
    QVERIFY_EXCEPTION_THROWN(makeCoppiaChiave({kSpEntityId, "Comune", "stanza", "Rovereto", ""}, samlNow(), days),
                             Invalid);
}

QTEST_GUILESS_MAIN(TestMetadata)
#include "test_metadata.moc"
