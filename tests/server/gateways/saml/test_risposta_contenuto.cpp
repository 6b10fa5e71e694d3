#include "tests/server/gateways/saml/esiti_risposta.h"

using namespace sdc;
using namespace sdc::tests;
using namespace sdc::gateways::saml;

/// Each bad answer, made of a good one by one change and then well signed, is refused for that change.
class TestRispostaContenuto : public QObject
{
    Q_OBJECT

private slots:
    void refusesBadAnswersWellSigned_data();
    void refusesBadAnswersWellSigned();
};

namespace {

void rowsOfTheResponse()
{
    const std::string response = "IssueInstant=\"2026-11-27T10:00:00Z\" InResponseTo";
    row("Version 1.1", "Version=\"2.0\" IssueInstant", "Version=\"1.1\" IssueInstant", "Struttura", "versione");
    row("no Version", "Version=\"2.0\" IssueInstant", "IssueInstant", "Struttura", "versione");
    row("no IssueInstant", response, "InResponseTo", "Tempi", "IssueInstant");
    row("an IssueInstant that is none", response, "IssueInstant=\"ieri\" InResponseTo", "Tempi", "IssueInstant");
    row("an IssueInstant without zone", response, "IssueInstant=\"2026-11-27T10:00:00\" InResponseTo", "Tempi",
        "IssueInstant");
    row("made before the request", response, "IssueInstant=\"2026-11-27T09:58:29Z\" InResponseTo", "Tempi",
        "IssueInstant");
    row("made in the future", response, "IssueInstant=\"2026-11-27T10:01:01Z\" InResponseTo", "Tempi", "IssueInstant");
    row("no InResponseTo", " InResponseTo=\"_richiesta-1\" Dest", " Dest", "Sconosciuta", "in attesa");
    row("another InResponseTo", " InResponseTo=\"_richiesta-1\" Dest", " InResponseTo=\"_altra\" Dest", "Sconosciuta",
        "in attesa");
    row("no Destination", std::string(" Destination=\"") + kAcs + "\"", "", "Destinatario", "altro indirizzo");
    row("another Destination", std::string("Destination=\"") + kAcs, std::string("Destination=\"") + kAcs + "/",
        "Destinatario", "altro indirizzo");
    row("no Issuer",
        std::string("<saml:Issuer Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:entity\">") + kIdpEntityId +
            "</saml:Issuer><samlp",
        "<samlp", "Struttura", "Issuer");
    row("an empty Issuer", std::string(">") + kIdpEntityId + "</saml:Issuer><samlp", "></saml:Issuer><samlp",
        "Emittente", "diverso");
    row("another Issuer", std::string(">") + kIdpEntityId + "</saml:Issuer><samlp",
        ">https://altri.esempio.it</saml:Issuer><samlp", "Emittente", "diverso");
    row("another Format", "nameid-format:entity", "nameid-format:persistent", "Emittente", "Format");
    row("no Status",
        "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>", "",
        "Struttura", "Status");
    row("an empty Status", "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>", "", "Struttura",
        "StatusCode");
    row("an empty StatusCode", "urn:oasis:names:tc:SAML:2.0:status:Success", "", "Stato", "risponde");
    row("a status that is no success", "status:Success", "status:VersionMismatch", "Stato", "VersionMismatch");
    row("a success below a failure", "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>",
        "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"><samlp:StatusCode "
        "Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:StatusCode>",
        "Stato", "Responder");
}

void rowsOfTheSubject()
{
    const std::string data = "NotOnOrAfter=\"2026-11-27T10:05:00Z\" Recipient";
    row("an empty NameID", "_persona-1", " ", "Struttura", "NameID");
    row("an element in the NameID", "_persona-1", "<saml:Issuer>_persona-1</saml:Issuer>", "Struttura", "solo testo");
    row("another Format of the NameID", "nameid-format:transient", "nameid-format:persistent", "Struttura", "NameID");
    row("no Format of the NameID", " Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:transient\"", "", "Struttura",
        "NameID");
    row("no NameQualifier", std::string(" NameQualifier=\"") + kIdpEntityId + "\"", "", "Struttura", "NameID");
    row("two NameIDs", "<saml:NameID ", "<saml:NameID>_altra</saml:NameID><saml:NameID ", "Struttura", "NameID");
    row("another Method", "cm:bearer", "cm:sender-vouches", "Struttura", "bearer");
    row("two confirmations", "<saml:SubjectConfirmation ", "<saml:SubjectConfirmation/><saml:SubjectConfirmation ",
        "Struttura", "SubjectConfirmation");
    row("another Recipient", std::string("Recipient=\"") + kAcs, "Recipient=\"https://altri.esempio.it/acs",
        "Destinatario", "Recipient");
    row("no Recipient", std::string(" Recipient=\"") + kAcs + "\"", "", "Destinatario", "Recipient");
    row("another request in the assertion", "InResponseTo=\"_richiesta-1\" NotOn", "InResponseTo=\"_altra\" NotOn",
        "Sconosciuta", "altra richiesta");
    row("no request in the assertion", "InResponseTo=\"_richiesta-1\" NotOn", "NotOn", "Sconosciuta",
        "altra richiesta");
    row("a confirmation run out", data, "NotOnOrAfter=\"2026-11-27T09:59:00Z\" Recipient", "Tempi", "scaduta");
    row("a confirmation without end", data, "Recipient", "Tempi", "NotOnOrAfter");
    row("a confirmation with an end that is none", data, "NotOnOrAfter=\"2026-11-27\" Recipient", "Tempi",
        "NotOnOrAfter");
    row("a confirmation of tomorrow", data, "NotBefore=\"2026-11-28T10:00:00Z\" " + data, "Tempi", "non vale ancora");
}

void rowsOfTheAssertion()
{
    const std::string issued = "IssueInstant=\"2026-11-27T10:00:00Z\" Version=\"2.0\">";
    row("no IssueInstant of the assertion", issued, "Version=\"2.0\">", "Tempi", "IssueInstant");
    row("an assertion of before", issued, "IssueInstant=\"2026-11-27T09:58:29Z\" Version=\"2.0\">", "Tempi",
        "asserzione");
    row("an assertion of the future", issued, "IssueInstant=\"2026-11-27T10:01:01Z\" Version=\"2.0\">", "Tempi",
        "asserzione");
    row("an assertion of version 1", issued, changed(issued, "2.0", "1.0"), "Struttura", "versione");
    row("an assertion of another", std::string(">") + kIdpEntityId + "</saml:Issuer><saml:Subject",
        ">https://altri.esempio.it</saml:Issuer><saml:Subject", "Emittente", "diverso");
    row("no Subject", "Subject>", "Subjekt>", "Formato", "ben formato");
    row("advice", "<saml:Subject>", "<saml:Advice/><saml:Subject>", "Struttura", "Advice");
    row("an encrypted assertion", "</samlp:Response>", "<saml:EncryptedAssertion/></samlp:Response>", "Struttura",
        "cifrata");
    row("an assertion as a condition", "<saml:AudienceRestriction>",
        "<saml:Advice><saml:Assertion ID=\"_x\"/></saml:Advice><saml:AudienceRestriction>", "Struttura",
        "più di un'asserzione");
    row("conditions not valid yet", "NotBefore=\"2026-11-27T10:00:00Z\"", "NotBefore=\"2026-11-27T10:01:01Z\"", "Tempi",
        "non vale ancora");
    row("conditions without beginning", "NotBefore=\"2026-11-27T10:00:00Z\"", "", "Tempi", "NotBefore");
    row("conditions run out", "NotBefore=\"2026-11-27T10:00:00Z\" NotOnOrAfter=\"2026-11-27T10:05:00Z\"",
        "NotBefore=\"2026-11-27T09:50:00Z\" NotOnOrAfter=\"2026-11-27T09:59:00Z\"", "Tempi", "asserzione è scaduta");
    row("conditions without end", "NotBefore=\"2026-11-27T10:00:00Z\" NotOnOrAfter=\"2026-11-27T10:05:00Z\"",
        "NotBefore=\"2026-11-27T10:00:00Z\"", "Tempi", "NotOnOrAfter");
    row("conditions that end before they begin",
        "NotBefore=\"2026-11-27T10:00:00Z\" NotOnOrAfter=\"2026-11-27T10:05:00Z\"",
        "NotBefore=\"2026-11-27T10:00:30Z\" NotOnOrAfter=\"2026-11-27T10:00:30Z\"", "Tempi", "non vale ancora");
    row("an unknown condition", "<saml:AudienceRestriction>", "<saml:ProxyRestriction/><saml:AudienceRestriction>",
        "Struttura", "ProxyRestriction");
    row("another Audience", std::string("<saml:Audience>") + kSpEntityId, "<saml:Audience>https://altri.esempio.it",
        "Destinatario", "Audience");
    row("an empty Audience", std::string("<saml:Audience>") + kSpEntityId, "<saml:Audience>", "Destinatario",
        "Audience");
    row("a second restriction to others", "</saml:AudienceRestriction>",
        "</saml:AudienceRestriction><saml:AudienceRestriction><saml:Audience>https://altri.esempio.it</saml:Audience>"
        "</saml:AudienceRestriction>",
        "Destinatario", "Audience");
    row("no restriction",
        std::string("<saml:AudienceRestriction><saml:Audience>") + kSpEntityId +
            "</saml:Audience></saml:AudienceRestriction>",
        "", "Struttura", "AudienceRestriction");
}

void rowsOfTheStatements()
{
    row("authenticated in the future", "AuthnInstant=\"2026-11-27T10:00:00Z\"", "AuthnInstant=\"2026-11-27T10:01:01Z\"",
        "Tempi", "AuthnInstant");
    row("never authenticated", "AuthnInstant=\"2026-11-27T10:00:00Z\"", "", "Tempi", "AuthnInstant");
    row("a session run out", "AuthnInstant=", "SessionNotOnOrAfter=\"2026-11-27T09:59:00Z\" AuthnInstant=", "Tempi",
        "sessione");
    row("a lower level", "SpidL2", "SpidL1", "Livello", "non è quello richiesto");
    row("a level that does not exist", "SpidL2", "SpidL9", "Livello", "non esiste");
    row("a level with something behind", "SpidL2", "SpidL22", "Livello", "non esiste");
    row("the level of an older rule", "https://www.spid.gov.it/SpidL2", "urn:oasis:names:tc:SAML:2.0:ac:classes:SpidL2",
        "Livello", "non esiste");
    row("no level", "<saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL2</saml:AuthnContextClassRef>", "",
        "Struttura", "AuthnContextClassRef");
    row("two statements", "<saml:AuthnStatement ",
        "<saml:AuthnStatement AuthnInstant=\"2026-11-27T10:00:00Z\"/><saml:AuthnStatement ", "Struttura",
        "AuthnStatement");
    row("an empty value", ">Mario<", "><", "Attributi", "name è vuoto");
    row("a blank value", ">Mario<", ">  <", "Attributi", "name è vuoto");
    row("no value", "<saml:AttributeValue xsi:type=\"xs:string\">Mario</saml:AttributeValue>", "", "Attributi",
        "name è vuoto");
    row("two values", ">Mario</saml:AttributeValue>",
        ">Mario</saml:AttributeValue><saml:AttributeValue>Luca</saml:AttributeValue>", "Struttura", "AttributeValue");
    row("an element in a value", ">Mario<", "><saml:Issuer>Mario</saml:Issuer><", "Struttura", "solo testo");
    row("an attribute without name", "Attribute Name=\"name\"", "Attribute", "Attributi", "è vuoto");
    row("an attribute twice", "Name=\"name\"", "Name=\"fiscalNumber\"", "Attributi", "due volte");
    row("an attribute missing", "Name=\"name\"", "Name=\"nome\"", "Attributi", "manca l'attributo name");
    row("an encrypted attribute", "<saml:AttributeStatement>", "<saml:AttributeStatement><saml:EncryptedAttribute/>",
        "Attributi", "non è leggibile");
    row("two statements of attributes", "<saml:AttributeStatement>",
        "<saml:AttributeStatement/><saml:AttributeStatement>", "Struttura", "AttributeStatement");
}

}

void TestRispostaContenuto::refusesBadAnswersWellSigned_data()
{
    columns();
    rowsOfTheResponse();
    rowsOfTheSubject();
    rowsOfTheAssertion();
    rowsOfTheStatements();
}

void TestRispostaContenuto::refusesBadAnswersWellSigned()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, motivo);
    QFETCH(QByteArray, reason);
    std::string xml = changed(unsignedXml(rispostaBuona()), from.toStdString(), to.toStdString());
    // What is no XML cannot be signed.
    xml = motivo == "Formato" ? xml : signXml(xml, chiaveIdp());
    const std::string result = outcome(encoded(xml));
    REFUSED(result, motivo.toStdString(), reason.toStdString());
}

QTEST_GUILESS_MAIN(TestRispostaContenuto)
#include "test_risposta_contenuto.moc"
