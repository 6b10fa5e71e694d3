#include "tests/server/gateways/saml/esiti_risposta.h"

using namespace sdc;
using namespace sdc::tests;

/// The pieces of a good answer, shuffled, are refused.
class TestRispostaAvvolta : public QObject
{
    Q_OBJECT

private slots:
    void refusesShuffledPieces_data();
    void refusesShuffledPieces();
};

namespace {

/// The assertion for another person, under another ID and without a signature of its own.
std::string evil(const Pezzi& p)
{
    return changed(changed(p.asserzioneSenzaFirma(), "_asserzione-1", "_male"), "RSSMRA72H25H612H", "VRDLCU90A01H612Q");
}

std::string inSignature(const std::string& signature, const std::string& what)
{
    return changed(signature, "</ds:Signature>", what + "</ds:Signature>");
}

/// An evil assertion with something behind its Issuer.
std::string evilWith(const Pezzi& p, const std::string& what)
{
    return changed(evil(p), "</saml:Issuer>", "</saml:Issuer>" + what);
}

void add(const char* name, const std::string& text, const char* motivo, const char* reason)
{
    QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(motivo) << QByteArray(reason);
}

/// The eight ways to wrap a signature (Somorovsky and others, On Breaking SAML, 2012).
void rowsOfWrappings(const Pezzi& p)
{
    const std::string other = changed(p.inizio, "_risposta-1", "_malvagia");
    const char* two = "più di un'asserzione";
    const std::string head = p.inizio + p.issuer + p.firma + p.status;
    add("XSW1: the response in the signature of another",
        other + p.issuer + inSignature(p.firma, p.dentro()) + p.status + evil(p) + p.fine, "Struttura", two);
    add("XSW2: the response beside its signature, in another",
        other + p.issuer + p.dentro() + p.firma + p.status + evil(p) + p.fine, "Struttura", two);
    add("XSW3: another assertion before", head + evil(p) + p.asserzione() + p.fine, "Struttura", two);
    add("XSW4: the assertion in another", head + evilWith(p, p.asserzione()) + p.fine, "Struttura", two);
    add("XSW5: another assertion with its signature",
        head + evilWith(p, p.firmaAsserzione) + p.asserzioneSenzaFirma() + p.fine, "Struttura", two);
    add("XSW6: the assertion in its signature, in another",
        head + evilWith(p, inSignature(p.firmaAsserzione, p.asserzioneSenzaFirma())) + p.fine, "Struttura", two);
    add("XSW7: another assertion among extensions",
        p.inizio + p.issuer + p.firma + "<samlp:Extensions>" + evil(p) + "</samlp:Extensions>" + p.status +
            p.asserzione() + p.fine,
        "Struttura", two);
    add("XSW8: the assertion in an object of another's signature",
        head + evilWith(p, inSignature(p.firmaAsserzione, "<ds:Object>" + p.asserzioneSenzaFirma() + "</ds:Object>")) +
            p.fine,
        "Struttura", two);
}

/// The same where counting does not help: one assertion alone, where it does not belong.
void rowsOfShells(const Pezzi& p)
{
    const std::string other = changed(p.inizio, "_risposta-1", "_malvagia");
    const std::string shell = other + p.issuer;
    add("the response in another's signature", shell + inSignature(p.firma, p.dentro()) + p.status + p.fine, "Firma",
        "elementi");
    add("the response in an object of another's signature",
        shell + inSignature(p.firma, "<ds:Object>" + p.dentro() + "</ds:Object>") + p.status + p.fine, "Firma",
        "elementi");
    add("the response in the KeyInfo of another's signature",
        shell + changed(p.firma, "</ds:KeyInfo>", p.dentro() + "</ds:KeyInfo>") + p.status + p.fine, "Firma",
        "altro elemento");
    add("the response in the Status of another",
        shell + p.firma + changed(p.status, "</samlp:Status>", p.dentro() + "</samlp:Status>") + p.fine, "Firma",
        "altro elemento");
    add("the assertion in another response", other + p.issuer + p.firma + p.status + p.asserzione() + p.fine, "Firma",
        "altro elemento");
}

void rowsOfMisplaced(const Pezzi& p)
{
    const std::string head = p.inizio + p.issuer + p.firma + p.status;
    add("the assertion's signature for the response's",
        p.inizio + p.issuer + p.firmaAsserzione + p.status + p.asserzione() + p.fine, "Firma", "altro elemento");
    add("the signature behind the Status", p.inizio + p.issuer + p.status + p.firma + p.asserzione() + p.fine,
        "Struttura", "non è al suo posto");
    add("the assertion's signature at its end",
        head + changed(p.asserzioneSenzaFirma(), "</saml:Assertion>", p.firmaAsserzione + "</saml:Assertion>") + p.fine,
        "Firma", "Response non è valida");
    add("the assertion alone", p.asserzione(), "Formato", "ben formato");
    add("the response without its signature", p.inizio + p.issuer + p.status + p.asserzione() + p.fine, "Firma",
        "Response non è firmato");
    add("the assertion without its signature", head + p.asserzioneSenzaFirma() + p.fine, "Firma",
        "Response non è valida");
    add("the response without its assertion", head + p.fine, "Firma", "Response non è valida");
    add("a third signature",
        p.inizio + p.issuer + p.firma + changed(p.status, "<samlp:Status>", "<samlp:Status>" + p.firma) +
            p.asserzione() + p.fine,
        "Struttura", "più di due firme");
    add("the assertion twice", head + p.asserzione() + p.asserzione() + p.fine, "Struttura", "stesso ID");
}

}

void TestRispostaAvvolta::refusesShuffledPieces_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::addColumn<QByteArray>("motivo");
    QTest::addColumn<QByteArray>("reason");
    const Pezzi p = pezziDi(goodXml());
    rowsOfWrappings(p);
    rowsOfShells(p);
    rowsOfMisplaced(p);
}

void TestRispostaAvvolta::refusesShuffledPieces()
{
    QFETCH(QByteArray, xml);
    QFETCH(QByteArray, motivo);
    QFETCH(QByteArray, reason);
    const std::string result = outcome(encoded(xml.toStdString()));
    REFUSED(result, motivo.toStdString(), reason.toStdString());
}

QTEST_GUILESS_MAIN(TestRispostaAvvolta)
#include "test_risposta_avvolta.moc"
