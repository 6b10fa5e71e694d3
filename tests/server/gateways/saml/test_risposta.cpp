#include "server/gateways/saml/risposta.h"
#include "tests/server/gateways/saml/programmi.h"
#include "tests/server/gateways/saml/risposte_ostili.h"
#include "tests/support/memoria_saml.h"
#include "tests/support/words.h"

#include <latch>
#include <thread>
#include <vector>

using namespace sdc;
using namespace sdc::tests;
using namespace sdc::gateways::saml;

/// Good answers are accepted, and each bad one, made of a good one by one change, is refused for that change.
class TestRisposta : public QObject
{
    Q_OBJECT

private slots:
    void givesWhatWasSignedAndWhatTheLogNeeds();
    void isSignedInTheTestsAsXmlsecLikesIt();
    void acceptsEachLevelThatSuffices_data();
    void acceptsEachLevelThatSuffices();
    void acceptsWhatGoodProvidersWrite_data();
    void acceptsWhatGoodProvidersWrite();
    void acceptsAnswersToRequestsOfBothBindings();
    void acceptsTheSecondKeyOfAProviderAndCertificatesRunOut();
    void acceptsTheCardWithoutFormat();
    void acceptsFewerAttributesFromOtherStatesAlone();
    void refusesWhatIsNoCleanXml_data();
    void refusesWhatIsNoCleanXml();
    void refusesAlteredAnswers_data();
    void refusesAlteredAnswers();
    void refusesBadAnswersWellSigned_data();
    void refusesBadAnswersWellSigned();
    void refusesShuffledPieces_data();
    void refusesShuffledPieces();
    void refusesOtherAlgorithms_data();
    void refusesOtherAlgorithms();
    void refusesWhatIsNotSignedOrBySomebodyElse();
    void refusesTheAnswerOfAnotherProvider();
    void refusesASecondUse();
    void refusesAnAssertionSeenBefore();
    void acceptsOneOfManyAtOnce();
    void tellsTheProvidersError_data();
    void tellsTheProvidersError();
    void hasASentenceForEachError();
    void forgetsTheRequestOfARefusedAnswer();
};

namespace {

using Change = std::function<std::string(const std::string&)>;

std::string encoded(const std::string& xml)
{
    return QByteArray::fromStdString(xml).toBase64().toStdString();
}

std::string goodXml()
{
    return signXml(unsignedXml(rispostaBuona()), chiaveIdp());
}

const char* nameOf(Motivo motivo)
{
    constexpr std::array<const char*, 11> kNames{"Formato", "Struttura",    "Sconosciuta", "Emittente",
                                                 "Firma",   "Destinatario", "Tempi",       "Stato",
                                                 "Livello", "Attributi",    "Ripetuta"};
    return kNames.at(static_cast<std::size_t>(motivo));
}

/// "Firma: la firma ... non è valida", or "accettata".
std::string outcome(const std::string& message, MemoriaSaml& memoria, Instant now = samlNow())
{
    try {
        readRisposta(message, kSpEntityId, memoria.callbacks(), now);
        return "accettata";
    } catch (const Rifiutata& refused) {
        return std::string(nameOf(refused.motivo())) + ": " + refused.what();
    }
}

std::string outcome(const std::string& message, const Pendente& pendente = pendenteSaml())
{
    MemoriaSaml memoria;
    memoria.add(pendente);
    return outcome(message, memoria);
}

/// Whether an outcome is a refusal for this cause and with this in its reason; else shown by the test.
#define REFUSED(result, motivo, reason)                                                                                \
    do {                                                                                                               \
        const std::string result_ = (result);                                                                          \
        QVERIFY2(result_.starts_with(std::string(motivo) + ": "), result_.c_str());                                    \
        QVERIFY2(result_.find(reason) != std::string::npos, result_.c_str());                                          \
    } while (false)

void columns()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("motivo");
    QTest::addColumn<QByteArray>("reason");
}

void row(const char* name, const std::string& from, const std::string& to, const char* motivo, const char* reason)
{
    QTest::newRow(name) << QByteArray::fromStdString(from) << QByteArray::fromStdString(to) << QByteArray(motivo)
                        << QByteArray(reason);
}

}

void TestRisposta::givesWhatWasSignedAndWhatTheLogNeeds()
{
    MemoriaSaml memoria;
    memoria.add(pendenteSaml());
    const std::string xml = goodXml();
    const Accesso accesso = readRisposta(encoded(xml), kSpEntityId, memoria.callbacks(), samlNow());
    QVERIFY(accesso.metodo == Metodo::Spid);
    QVERIFY(accesso.livello == Livello::Due);
    QCOMPARE(q(accesso.codiceFiscale), q("RSSMRA72H25H612H"));
    QCOMPARE(accesso.attributi.size(), std::size_t{3});
    QCOMPARE(q(accesso.attributi.at("familyName")), q("Rossi & Figli"));
    QCOMPARE(q(accesso.nameId), q("_persona-1"));
    QCOMPARE(q(accesso.nameQualifier), q(kIdpEntityId));
    QCOMPARE(q(accesso.sessionIndex), q("_sessione-1"));
    QCOMPARE(q(accesso.richiesta.relayState), q("segno"));
    QCOMPARE(q(accesso.tracciato.richiestaId), q("_richiesta-1"));
    QVERIFY(accesso.tracciato.richiestaOra == samlNow() - std::chrono::seconds{30});
    QCOMPARE(q(accesso.tracciato.rispostaId), q("_risposta-1"));
    QVERIFY(accesso.tracciato.rispostaOra == samlNow());
    QCOMPARE(q(accesso.tracciato.rispostaEmittente), q(kIdpEntityId));
    QCOMPARE(q(accesso.tracciato.asserzioneId), q("_asserzione-1"));
    QCOMPARE(q(accesso.tracciato.soggetto), q("_persona-1"));
    QCOMPARE(q(accesso.tracciato.soggettoQualificatore), q(kIdpEntityId));
    QCOMPARE(q(accesso.tracciato.xml), q(xml));
    QCOMPARE(q(accesso.tracciato.certificato), q(chiaveIdp().certificato));
}

void TestRisposta::isSignedInTheTestsAsXmlsecLikesIt()
{
    QTemporaryDir folder;
    const auto response = QStringLiteral("urn:oasis:names:tc:SAML:2.0:protocol:Response");
    QCOMPARE(complaintOfXmlsec(folder, goodXml(), chiaveIdp().certificato, response), QByteArray{});
    QCOMPARE(complaintOfXmllint(folder, goodXml(), QStringLiteral("saml-schema-protocol-2.0.xsd")), QByteArray{});
}

void TestRisposta::acceptsEachLevelThatSuffices_data()
{
    QTest::addColumn<int>("asked");
    QTest::addColumn<int>("comparison");
    QTest::addColumn<QByteArray>("good"); ///< the levels that do
    const auto add = [](const char* name, int asked, Confronto comparison, const char* good) {
        QTest::newRow(name) << asked << static_cast<int>(comparison) << QByteArray(good);
    };
    add("exactly 1", 1, Confronto::Esatto, "1");
    add("exactly 2", 2, Confronto::Esatto, "2");
    add("exactly 3", 3, Confronto::Esatto, "3");
    add("at least 1", 1, Confronto::Minimo, "123");
    add("at least 2", 2, Confronto::Minimo, "23");
    add("at least 3", 3, Confronto::Minimo, "3");
    add("more than 1", 1, Confronto::Maggiore, "23");
    add("more than 2", 2, Confronto::Maggiore, "3");
    add("at most 2", 2, Confronto::Massimo, "12");
    add("at most 3", 3, Confronto::Massimo, "123");
}

void TestRisposta::acceptsEachLevelThatSuffices()
{
    QFETCH(int, asked);
    QFETCH(int, comparison);
    QFETCH(QByteArray, good);
    for (const char given : {'1', '2', '3'}) {
        Pendente pendente = pendenteSaml();
        pendente.livello = static_cast<Livello>(asked);
        pendente.confronto = static_cast<Confronto>(comparison);
        RispostaIdp r = rispostaBuona();
        r.livello = std::string("https://www.spid.gov.it/SpidL") + given;
        const std::string result = outcome(encoded(signXml(unsignedXml(r), chiaveIdp())), pendente);
        if (good.contains(given))
            QCOMPARE(q(result), q("accettata"));
        else
            REFUSED(result, "Livello", "non è quello richiesto");
    }
}

void TestRisposta::acceptsWhatGoodProvidersWrite_data()
{
    columns();
    const auto add = [](const char* name, const std::string& from, const std::string& to) {
        row(name, from, to, "", "");
    };
    add("a good answer", "<saml:Subject>", "<saml:Subject>");
    add("fractions of a second", "2026-11-27T10:00:00Z", "2026-11-27T10:00:00.123Z");
    add("an Issuer without Format", " Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:entity\"", "");
    add("a comment between elements", "<samlp:Status>", "<!-- firma --><samlp:Status>");
    add("white space around values", "_persona-1</saml:NameID>", "\n    _persona-1\n  </saml:NameID>");
    add("no SessionIndex", " SessionIndex=\"_sessione-1\"", "");
    add("a NameFormat", "<saml:Attribute Name=\"name\"",
        "<saml:Attribute NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:basic\" Name=\"name\"");
    add("more attributes than asked", "<saml:AttributeStatement>",
        "<saml:AttributeStatement><saml:Attribute Name=\"email\"><saml:AttributeValue>a@b.it</saml:AttributeValue>"
        "</saml:Attribute>");
    add("a date as its type", "xsi:type=\"xs:string\"", "xsi:type=\"xs:date\"");
    add("escaped characters", "Mario", "Mar&#105;o");
    add("made a minute before the request", "IssueInstant=\"2026-11-27T10:00:00Z\" InResponseTo",
        "IssueInstant=\"2026-11-27T09:58:30Z\" InResponseTo");
    add("made by a clock a minute ahead", "IssueInstant=\"2026-11-27T10:00:00Z\" InResponseTo",
        "IssueInstant=\"2026-11-27T10:01:00Z\" InResponseTo");
    add("used once", "<saml:AudienceRestriction>", "<saml:OneTimeUse/><saml:AudienceRestriction>");
    add("for us and others", "<saml:Audience>",
        "<saml:Audience>https://altri.esempio.it</saml:Audience><saml:Audience>");
}

void TestRisposta::acceptsWhatGoodProvidersWrite()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    const std::string xml = changed(unsignedXml(rispostaBuona()), from.toStdString(), to.toStdString());
    QCOMPARE(q(outcome(encoded(signXml(xml, chiaveIdp())))), q("accettata"));
}

void TestRisposta::acceptsAnswersToRequestsOfBothBindings()
{
    for (const Binding binding : {Binding::Redirect, Binding::Post}) {
        for (const int insieme : {0, 99, 100}) {
            const auto richiesta =
                makeRichiesta(serviceProvider(), identityProvider(),
                              {Livello::Due, Confronto::Minimo, insieme, "segno"}, binding, samlNow());
            RispostaIdp r = rispostaBuona();
            r.inResponseTo = richiesta.pendente.id;
            for (const std::string& attributo : richiesta.pendente.attributi)
                r.attributi.emplace(attributo, "valore");
            QCOMPARE(q(outcome(encoded(signXml(unsignedXml(r), chiaveIdp())), richiesta.pendente)), q("accettata"));
        }
    }
}

void TestRisposta::acceptsTheSecondKeyOfAProviderAndCertificatesRunOut()
{
    const auto old = makeCoppiaChiave({kIdpEntityId, "Gestore", "idp.esempio.it", "Roma", "idp"},
                                      instantFromIso("2016-01-01T00:00:00Z").value(), std::chrono::days{365});
    auto idp = identityProvider();
    idp.certificati = {chiaveAltrui().certificato, old.certificato};
    MemoriaSaml memoria;
    memoria.add(idp);
    memoria.add(pendenteSaml());
    const auto message = encoded(signXml(unsignedXml(rispostaBuona()), old));
    const Accesso accesso = readRisposta(message, kSpEntityId, memoria.callbacks(), samlNow());
    QCOMPARE(q(accesso.tracciato.certificato), q(old.certificato));
}

void TestRisposta::acceptsTheCardWithoutFormat()
{
    RispostaIdp r = rispostaBuona();
    r.formatOfIssuer = false;
    const auto message = encoded(signXml(unsignedXml(r), chiaveIdp()));
    REFUSED(outcome(message), "Emittente", "manca il Format");
    auto cie = identityProvider();
    cie.cie = cie.issuerFormatMayBeAbsent = true;
    MemoriaSaml memoria;
    memoria.add(cie);
    memoria.add(pendenteSaml());
    QVERIFY(readRisposta(message, kSpEntityId, memoria.callbacks(), samlNow()).metodo == Metodo::Cie);
}

void TestRisposta::acceptsFewerAttributesFromOtherStatesAlone()
{
    RispostaIdp r = rispostaBuona();
    r.attributi.erase("fiscalNumber");
    const auto message = encoded(signXml(unsignedXml(r), chiaveIdp()));
    REFUSED(outcome(message), "Attributi", "manca l'attributo fiscalNumber");
    auto node = identityProvider();
    node.eidas = true;
    MemoriaSaml memoria;
    memoria.add(node);
    memoria.add(pendenteSaml());
    const Accesso accesso = readRisposta(message, kSpEntityId, memoria.callbacks(), samlNow());
    QVERIFY(accesso.metodo == Metodo::Eidas);
    QVERIFY(accesso.codiceFiscale.empty());
}

namespace {

void raw(const char* name, const std::string& message, const char* reason)
{
    QTest::newRow(name) << QByteArray::fromStdString(message) << QByteArray(reason);
}

void xml(const char* name, const std::string& text, const char* reason)
{
    raw(name, encoded(text), reason);
}

/// What a parser spends its time or its stack on.
void rowsOfBombs(const std::string& good, const std::string& body)
{
    std::string bomb = "<!DOCTYPE a [<!ENTITY a \"ahahahahah\">";
    for (char c = 'b'; c < 'k'; ++c)
        bomb += std::string("<!ENTITY ") + c + " \"" +
                changed("&x;&x;&x;&x;&x;&x;&x;&x;", "&x;", std::string("&") + static_cast<char>(c - 1) + ";") + "\">";
    std::string attributes;
    for (int i = 0; i < 1000; ++i)
        attributes += " a" + std::to_string(i) + "=\">\"";
    std::string deep;
    for (int i = 0; i < 2000; ++i)
        deep += "<saml:Advice>";

    xml("a bomb of entities", bomb + "]>" + changed(body, "_persona-1", "&j;"), "DTD");
    xml("a thousand attributes", changed(good, "<samlp:Status>", "<samlp:Status" + attributes + ">"), "attributi");
    xml("two thousand levels", changed(good, "<saml:Subject>", deep + "<saml:Subject>"), "ben formato");
}

}

void TestRisposta::refusesWhatIsNoCleanXml_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("reason");
    const std::string good = goodXml();
    const std::string body = good.substr(good.find("<samlp:Response"));
    raw("nothing", "", "non è base64");
    raw("no base64", "<samlp:Response/>", "non è base64");
    raw("base64 with spaces", "QUJD QUJD", "non è base64");
    raw("base64 with bits to spare", "QUJDRF==", "non è base64");
    raw("base64 cut off", encoded(good).substr(0, 1001), "non è base64");
    raw("too large", std::string(400UL * 1024, 'A'), "troppo grande");
    xml("no XML", "SAML", "ben formato");
    xml("XML cut off", good.substr(0, good.size() - 20), "ben formato");
    xml("two roots", good + "<a/>", "ben formato");
    xml("a DTD", "<!DOCTYPE samlp:Response>" + body, "DTD");
    xml("an external entity",
        "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + changed(body, "_persona-1", "&e;"), "DTD");
    xml("a parameter entity", "<!DOCTYPE a [<!ENTITY % e SYSTEM \"http://127.0.0.1:1/\"> %e;]>" + body, "DTD");
    xml("a DTD behind a comment", "<!-- --><!DOCTYPE samlp:Response>" + body, "DTD");
    xml("an unknown entity", changed(good, "_persona-1", "&persona;"), "ben formato");
    xml("CDATA in the NameID", changed(good, "_persona-1", "<![CDATA[_persona-1]]>"), "CDATA");
    xml("CDATA in a value", changed(good, "TINIT-", "<![CDATA[TINIT-]]>"), "CDATA");
    xml("an instruction in the NameID", changed(good, "_persona-1", "_perso<?x?>na-1"), "istruzione");
    xml("an instruction before all", "<?xml-stylesheet href=\"x\"?>" + body, "istruzione");
    xml("a NUL", changed(good, "_persona-1", std::string("_persona\0-1", 11)), "UTF-8");
    xml("UTF-16",
        QByteArray(reinterpret_cast<const char*>(QString::fromStdString(body).utf16()),
                   static_cast<qsizetype>(body.size()) * 2)
            .toStdString(),
        "UTF-8");
    rowsOfBombs(good, body);
}

void TestRisposta::refusesWhatIsNoCleanXml()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, reason);
    const std::string result = outcome(message.toStdString());
    REFUSED(result, "Formato", reason.toStdString());
}

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

void TestRisposta::refusesAlteredAnswers_data()
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

void TestRisposta::refusesAlteredAnswers()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, motivo);
    QFETCH(QByteArray, reason);
    const std::string result = outcome(encoded(changed(goodXml(), from.toStdString(), to.toStdString())));
    REFUSED(result, motivo.toStdString(), reason.toStdString());
}

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

void TestRisposta::refusesBadAnswersWellSigned_data()
{
    columns();
    rowsOfTheResponse();
    rowsOfTheSubject();
    rowsOfTheAssertion();
    rowsOfTheStatements();
}

void TestRisposta::refusesBadAnswersWellSigned()
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

}

namespace {

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

void TestRisposta::refusesShuffledPieces_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::addColumn<QByteArray>("motivo");
    QTest::addColumn<QByteArray>("reason");
    const Pezzi p = pezziDi(goodXml());
    rowsOfWrappings(p);
    rowsOfShells(p);
    rowsOfMisplaced(p);
}

void TestRisposta::refusesShuffledPieces()
{
    QFETCH(QByteArray, xml);
    QFETCH(QByteArray, motivo);
    QFETCH(QByteArray, reason);
    const std::string result = outcome(encoded(xml.toStdString()));
    REFUSED(result, motivo.toStdString(), reason.toStdString());
}

void TestRisposta::refusesOtherAlgorithms_data()
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

void TestRisposta::refusesOtherAlgorithms()
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

void TestRisposta::refusesWhatIsNotSignedOrBySomebodyElse()
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

void TestRisposta::refusesTheAnswerOfAnotherProvider()
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

void TestRisposta::refusesASecondUse()
{
    MemoriaSaml memoria;
    memoria.add(pendenteSaml());
    const std::string message = encoded(goodXml());
    QCOMPARE(q(outcome(message, memoria)), q("accettata"));
    REFUSED(outcome(message, memoria), "Sconosciuta", "in attesa");
}

void TestRisposta::refusesAnAssertionSeenBefore()
{
    MemoriaSaml memoria;
    memoria.add(pendenteSaml());
    QCOMPARE(q(outcome(encoded(goodXml()), memoria)), q("accettata"));
    memoria.add(pendenteSaml());
    REFUSED(outcome(encoded(goodXml()), memoria), "Ripetuta", "già stata usata");
    memoria.add(pendenteSaml());
    RispostaIdp r = rispostaBuona();
    r.assertionId = "_asserzione-2";
    QCOMPARE(q(outcome(encoded(signXml(unsignedXml(r), chiaveIdp())), memoria)), q("accettata"));
}

void TestRisposta::acceptsOneOfManyAtOnce()
{
    constexpr int kThreads = 32;
    const std::string message = encoded(goodXml());
    for (int round = 0; round < 5; ++round) {
        MemoriaSaml memoria;
        memoria.add(pendenteSaml());
        std::atomic<int> accepted{0};
        std::atomic<int> unknown{0};
        std::latch together(kThreads);
        std::vector<std::thread> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&] {
                together.arrive_and_wait();
                const std::string result = outcome(message, memoria);
                accepted += result == "accettata" ? 1 : 0;
                unknown += result.starts_with("Sconosciuta") ? 1 : 0;
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(accepted.load(), 1);
        QCOMPARE(unknown.load(), kThreads - 1);
    }
}

void TestRisposta::tellsTheProvidersError_data()
{
    QTest::addColumn<int>("errore");
    for (const int errore : {19, 20, 21, 22, 23, 24, 25, 30})
        QTest::addRow("nr%d", errore) << errore;
}

void TestRisposta::tellsTheProvidersError()
{
    QFETCH(int, errore);
    RispostaIdp r = rispostaBuona();
    r.errore = errore;
    MemoriaSaml memoria;
    memoria.add(pendenteSaml());
    AlgoritmiFirma algoritmi;
    try {
        readRisposta(encoded(signXml(unsignedXml(r), chiaveIdp(), algoritmi)), kSpEntityId, memoria.callbacks(),
                     samlNow());
        QFAIL("accettata");
    } catch (const Rifiutata& refused) {
        QVERIFY(refused.motivo() == Motivo::Stato);
        QCOMPARE(refused.errore().value_or(0), errore);
    }
    REFUSED(outcome(encoded(unsignedXml(r))), "Firma", "non è firmato");
}

void TestRisposta::hasASentenceForEachError()
{
    const std::string other = messaggioPer(8);
    QVERIFY(!other.empty());
    std::set<std::string> all{other};
    for (const int errore : {19, 20, 21, 22, 23, 25, 30})
        QVERIFY(all.insert(messaggioPer(errore)).second);
    QVERIFY(messaggioPer(25).find("annullato") != std::string::npos);
    QVERIFY(messaggioPer(23).find("sospesa") != std::string::npos);
    QCOMPARE(q(messaggioPer(24)), q(other));
}

void TestRisposta::forgetsTheRequestOfARefusedAnswer()
{
    MemoriaSaml memoria;
    memoria.add(pendenteSaml());
    REFUSED(outcome(encoded("<a/>"), memoria), "Struttura", "non è una risposta");
    QCOMPARE(memoria.waiting(), std::size_t{1});
    REFUSED(outcome(encoded(signXml(unsignedXml(rispostaBuona()), chiaveAltrui())), memoria), "Firma", "valida");
    QCOMPARE(memoria.waiting(), std::size_t{0});
}

QTEST_GUILESS_MAIN(TestRisposta)
#include "test_risposta.moc"
