#include "tests/server/gateways/saml/esiti_risposta.h"

using namespace sdc;
using namespace sdc::tests;
using namespace sdc::gateways::saml;

/// What was changed after it was signed is refused, and what is signed otherwise or by somebody else.
class TestRispostaFirma : public QObject
{
    Q_OBJECT

private slots:
    void refusesAlteredAnswers_data();
    void refusesAlteredAnswers();
    void refusesOtherAlgorithms_data();
    void refusesOtherAlgorithms();
    void refusesWhatIsNotSignedOrBySomebodyElse();
    void refusesTheAnswerOfAnotherProvider();
};

namespace {

void rowsOfTheSignature()
{
    row("a reference to all", "URI=\"#_risposta-1\"", "URI=\"\"", "Firma", "altro elemento");
    row("a reference to the assertion", "URI=\"#_risposta-1\"", "URI=\"#_asserzione-1\"", "Firma", "altro elemento");
    row("a reference outside", "URI=\"#_risposta-1\"", "URI=\"http://127.0.0.1:1/#_risposta-1\"", "Firma",
        "altro elemento");
    row("a reference by XPointer", "URI=\"#_risposta-1\"", "URI=\"#xpointer(/)\"", "Firma", "altro elemento");
    row("a reference told twice", "URI=\"#_risposta-1\"",
        "xmlns:x=\"urn:x\" x:URI=\"#_asserzione-1\" URI=\"#_risposta-1\"", "Firma", "attributi");
    row("two references", "</ds:Reference>", "</ds:Reference><ds:Reference URI=\"\"/>", "Firma", "elementi");
    row("a third transform", "</ds:Transforms>",
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/></ds:Transforms>", "Firma",
        "elementi");
    row("XSLT for a transform", "Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"",
        "Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"", "Firma", "REC-xslt");
    row("an object in the signature", "</ds:Signature>", "<ds:Object/></ds:Signature>", "Firma", "elementi");
    row("no signature value", "<ds:SignatureValue>", "<ds:SignatureValue/><x>", "Formato", "ben formato");
    row("an algorithm that does not exist", "xmldsig-more#rsa-sha256", "xmldsig-more#nessuno", "Firma", "nessuno");
    row("no digest", "<ds:DigestValue>", "<ds:DigestValue>AAAA", "Firma", "Response non è valida");
}

}

void TestRispostaFirma::refusesAlteredAnswers_data()
{
    columns();
    row("another codice fiscale", "TINIT-RSSMRA72H25H612H", "TINIT-VRDLCU90A01H612Q", "Firma", "Response non è valida");
    row("another InResponseTo in the assertion", "InResponseTo=\"_richiesta-1\" NotOn", "InResponseTo=\"_altra\" NotOn",
        "Firma", "Response non è valida");
    row("another status", "status:Success", "status:Responder", "Firma", "Response non è valida");
    row("another Destination", std::string("Destination=\"") + kAcs, "Destination=\"https://altri.esempio.it/acs",
        "Firma", "Response non è valida");
    row("a longer life", "NotOnOrAfter=\"2026-11-27T10:05", "NotOnOrAfter=\"2036-11-27T10:05", "Firma",
        "Response non è valida");
    row("no ID of the response", " ID=\"_risposta-1\"", "", "Firma", "altro elemento");
    row("an empty ID of the response", " ID=\"_risposta-1\"", " ID=\"\"", "Firma", "altro elemento");
    row("a comment in the NameID", "_persona-1", "_perso<!-- -->na-1", "Struttura", "commento");
    row("a comment in the codice fiscale", "RSSMRA72H25H612H<", "RSSMRA72H25<!---->H612H<", "Struttura", "commento");
    row("a comment in the Audience", ">https://stanza.esempio.it", ">https://<!--x-->stanza.esempio.it", "Struttura",
        "commento");
    row("the same ID twice", "<samlp:Status>", "<samlp:Status ID=\"_risposta-1\">", "Struttura", "stesso ID");
    row("the same ID under another name", "<samlp:Status>", "<samlp:Status xml:id=\"_risposta-1\">", "Struttura",
        "stesso ID");
    row("the same Id in small letters", "<saml:Subject>", "<saml:Subject id=\"_asserzione-1\">", "Struttura",
        "stesso ID");
    row("tags that do not match", "<samlp:Response ", "<samlp:LogoutResponse ", "Formato", "ben formato");
    row("another namespace", "urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:1.0:protocol",
        "Struttura", "non è una risposta");
    row("extensions", "<samlp:Status>", "<samlp:Extensions/><samlp:Status>", "Struttura", "Extensions");
    row("a second Issuer", "<samlp:Status>", "<saml:Issuer>https://altri</saml:Issuer><samlp:Status>", "Struttura",
        "Issuer non è al suo posto");
    row("another element to the end", "</samlp:Response>", "<samlp:Status/></samlp:Response>", "Struttura",
        "Status non è al suo posto");
    rowsOfTheSignature();
}

void TestRispostaFirma::refusesAlteredAnswers()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, motivo);
    QFETCH(QByteArray, reason);
    const std::string result = outcome(encoded(changed(goodXml(), from.toStdString(), to.toStdString())));
    REFUSED(result, motivo.toStdString(), reason.toStdString());
}

void TestRispostaFirma::refusesOtherAlgorithms_data()
{
    QTest::addColumn<QByteArray>("firma");
    QTest::addColumn<QByteArray>("impronta");
    QTest::addColumn<QByteArray>("forma");
    QTest::addColumn<QByteArray>("reason"); ///< empty: it is accepted
    const AlgoritmiFirma good;
    const auto add = [&](const char* name, const std::string& firma, const std::string& impronta,
                         const std::string& forma, const char* reason) {
        const auto bytes = [](const std::string& chosen, const std::string& otherwise) {
            return QByteArray::fromStdString(chosen.empty() ? otherwise : chosen);
        };
        QTest::newRow(name) << bytes(firma, good.firma) << bytes(impronta, good.impronta) << bytes(forma, good.forma)
                            << QByteArray(reason);
    };
    const std::string more = "http://www.w3.org/2001/04/xmldsig-more#";
    add("SHA-256", "", "", "", "");
    add("SHA-384", more + "rsa-sha384", more + "sha384", "", "");
    add("SHA-512", more + "rsa-sha512", "http://www.w3.org/2001/04/xmlenc#sha512", "", "");
    add("RSA with SHA-1", "http://www.w3.org/2000/09/xmldsig#rsa-sha1", "", "", "rsa-sha1");
    add("a digest with SHA-1", "", "http://www.w3.org/2000/09/xmldsig#sha1", "", "xmldsig#sha1");
    add("RSA with SHA-224", more + "rsa-sha224", "", "", "rsa-sha224");
    add("HMAC with the certificate for its key", more + "hmac-sha256", "", "", "hmac-sha256");
    add("canonical XML with comments", "", "", good.forma + "WithComments", "WithComments");
    add("inclusive canonical XML", "", "", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "REC-xml-c14n");
}

void TestRispostaFirma::refusesOtherAlgorithms()
{
    QFETCH(QByteArray, firma);
    QFETCH(QByteArray, impronta);
    QFETCH(QByteArray, forma);
    QFETCH(QByteArray, reason);
    AlgoritmiFirma algoritmi{firma.toStdString(), impronta.toStdString(), forma.toStdString()};
    const std::string result = outcome(encoded(signXml(unsignedXml(rispostaBuona()), chiaveIdp(), algoritmi)));
    if (reason.isEmpty())
        QCOMPARE(q(result), q("accettata"));
    else
        REFUSED(result, "Firma", reason.toStdString());
}

void TestRispostaFirma::refusesWhatIsNotSignedOrBySomebodyElse()
{
    const std::string xml = unsignedXml(rispostaBuona());
    AlgoritmiFirma without;
    without.response = false;
    REFUSED(outcome(encoded(xml)), "Firma", "Response non è firmato");
    REFUSED(outcome(encoded(signXml(xml, chiaveIdp(), without))), "Firma", "Response non è firmato");
    AlgoritmiFirma outside;
    outside.assertion = false;
    REFUSED(outcome(encoded(signXml(xml, chiaveIdp(), outside))), "Firma", "Assertion non è firmato");
    REFUSED(outcome(encoded(signXml(xml, chiaveAltrui()))), "Firma", "Response non è valida");
    REFUSED(outcome(encoded(signXml(xml, chiaveIdp(), chiaveAltrui(), {}))), "Firma", "Assertion non è valida");
    REFUSED(outcome(encoded(signXml(xml, chiaveAltrui(), chiaveIdp(), {}))), "Firma", "Response non è valida");
    // Our own key is no provider's.
    REFUSED(outcome(encoded(signXml(xml, chiaveSp()))), "Firma", "Response non è valida");
}

void TestRispostaFirma::refusesTheAnswerOfAnotherProvider()
{
    auto altro = identityProvider();
    altro.entityId = "https://altri.esempio.it";
    altro.certificati = {chiaveAltrui().certificato};
    const auto answer = [&](const std::string& issuer) {
        MemoriaSaml memoria;
        memoria.add(altro);
        memoria.add(pendenteSaml());
        RispostaIdp r = rispostaBuona();
        r.issuer = issuer;
        return outcome(encoded(signXml(unsignedXml(r), chiaveAltrui())), memoria);
    };
    // It may sign for itself, and for nobody else.
    REFUSED(answer("https://altri.esempio.it"), "Emittente", "diverso");
    REFUSED(answer(kIdpEntityId), "Firma", "Response non è valida");

    Pendente sconosciuto = pendenteSaml();
    sconosciuto.idp = "https://tolto.esempio.it";
    REFUSED(outcome(encoded(goodXml()), sconosciuto), "Emittente", "non è più conosciuto");
}

QTEST_GUILESS_MAIN(TestRispostaFirma)
#include "test_risposta_firma.moc"
