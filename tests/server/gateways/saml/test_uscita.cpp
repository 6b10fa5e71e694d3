#include "core/base/error.h"
#include "server/gateways/saml/uscita.h"
#include "tests/server/gateways/saml/programmi.h"
#include "tests/server/gateways/saml/risposte_ostili.h"
#include "tests/support/mondo_saml.h"
#include "tests/support/words.h"

#include <QUrl>
#include <QUrlQuery>

using namespace sdc;
using namespace sdc::tests;
using namespace sdc::gateways::saml;

/// The provider's messages are written here, compressed by Perl and signed by openssl or by xmlsec alone.
class TestUscita : public QObject
{
    Q_OBJECT

private slots:
    void asksForALogout_data();
    void asksForALogout();
    void answersALogout_data();
    void answersALogout();
    void refusesAProviderThatTakesNoLogout();
    void readsWhatAProviderAsks_data();
    void readsWhatAProviderAsks();
    void refusesBadRequests_data();
    void refusesBadRequests();
    void refusesAlteredRequests_data();
    void refusesAlteredRequests();
    void readsHowFarALogoutGot_data();
    void readsHowFarALogoutGot();
    void refusesBadAnswers_data();
    void refusesBadAnswers();
    void takesAnAnswerOnce();

private:
    std::string query(const char* field, const std::string& xml, const CoppiaChiave& chiave) const;
    Ricevuto brought(Binding binding, const char* field, const std::string& xml,
                     const CoppiaChiave& chiave = chiaveIdp()) const;

    QTemporaryDir folder_;
};

namespace {

const Soggetto kSoggetto{"_persona-1", kIdpEntityId, "_sessione-1"};

std::optional<ProviderSpid> provider(const std::string& entityId)
{
    return entityId == kIdpEntityId ? std::optional{identityProvider()} : std::nullopt;
}

std::string header(const char* id)
{
    return "xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" "
           "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"" +
           std::string(id) + "\" Version=\"2.0\" IssueInstant=\"2026-11-27T10:00:00Z\" Destination=\"" + kSlo + "\"";
}

const std::string kIssuer = std::string("<saml:Issuer>") + kIdpEntityId + "</saml:Issuer>";

std::string requestXml()
{
    return "<samlp:LogoutRequest " + header("_uscita-1") + ">" + kIssuer +
           "<saml:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:transient\" NameQualifier=\"" +
           kIdpEntityId +
           "\">_persona-1</saml:NameID><samlp:SessionIndex>_sessione-1</samlp:SessionIndex>"
           "</samlp:LogoutRequest>";
}

std::string
answerXml(const std::string& status = "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>")
{
    return "<samlp:LogoutResponse " + header("_risposta-1") + " InResponseTo=\"_mia-1\">" + kIssuer + "<samlp:Status>" +
           status + "</samlp:Status></samlp:LogoutResponse>";
}

std::string base64(const std::string& bytes)
{
    return QByteArray::fromStdString(bytes).toBase64().toStdString();
}

std::string percent(const std::string& text)
{
    return QUrl::toPercentEncoding(q(text)).toStdString();
}

PendentiUscita waiting()
{
    return [](const std::string& id) -> std::optional<PendenteUscita> {
        if (id != "_mia-1")
            return std::nullopt;
        return PendenteUscita{id, kIdpEntityId, samlNow() - std::chrono::seconds{10}};
    };
}

template <class Read>
std::string outcome(Read read)
{
    try {
        read();
        return "accettata";
    } catch (const Rifiutata& refused) {
        return refused.what();
    }
}

std::string outcomeOfRequest(const Ricevuto& ricevuto)
{
    return outcome([&] { readRichiestaUscita(ricevuto, kSlo, provider, samlNow()); });
}

std::string outcomeOfAnswer(const Ricevuto& ricevuto)
{
    return outcome([&] { readRispostaUscita(ricevuto, kSlo, waiting(), provider, samlNow()); });
}

void bindings()
{
    QTest::addColumn<int>("binding");
    QTest::newRow("Post") << static_cast<int>(Binding::Post);
    QTest::newRow("Redirect") << static_cast<int>(Binding::Redirect);
}

bool contains(const std::string& text, const std::string& piece)
{
    return text.find(piece) != std::string::npos;
}

/// The XML of a message of ours as it travels, and openssl's or xmlsec1's opinion of its signature.
std::string xmlOf(const Invio& invio, const char* name, const QTemporaryDir& folder, const char* element)
{
    if (invio.binding == Binding::Post) {
        const std::string xml =
            QByteArray::fromBase64(QByteArray::fromStdString(invio.campi.front().second)).toStdString();
        const QByteArray complaint = complaintOfXmlsec(
            folder, xml, chiaveSp().certificato, QStringLiteral("urn:oasis:names:tc:SAML:2.0:protocol:") + q(element));
        return complaint.isEmpty() && invio.campi.front().first == name ? xml : complaint.toStdString();
    }
    const QUrlQuery query(QUrl(q(invio.indirizzo), QUrl::StrictMode));
    return inflatedByPerl(
        QByteArray::fromBase64(query.queryItemValue(q(name), QUrl::FullyDecoded).toLatin1()).toStdString());
}

}

std::string TestUscita::query(const char* field, const std::string& xml, const CoppiaChiave& chiave) const
{
    std::string covered = std::string(field) + "=" + percent(base64(deflatedByPerl(xml))) +
                          "&RelayState=segno&SigAlg=" + percent("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
    const std::string key = writeIn(folder_, "chiave.pem", chiave.chiave);
    const std::string signature =
        piped(QStringLiteral("openssl"),
              {QStringLiteral("dgst"), QStringLiteral("-sha256"), QStringLiteral("-sign"), q(key)}, covered);
    return covered + "&Signature=" + percent(base64(signature));
}

Ricevuto TestUscita::brought(Binding binding, const char* field, const std::string& xml,
                             const CoppiaChiave& chiave) const
{
    if (binding == Binding::Redirect)
        return {binding, "", "", query(field, xml, chiave)};
    const std::string tag = xml.substr(1, xml.find(' ') - 1);
    return {binding, base64(signElement(xml, tag, chiave)), "segno", ""};
}

void TestUscita::asksForALogout_data()
{
    bindings();
}

void TestUscita::asksForALogout()
{
    QFETCH(int, binding);
    const auto [pendente, invio] = makeRichiestaUscita(serviceProvider(), identityProvider(), {kSoggetto, "segno"},
                                                       static_cast<Binding>(binding), samlNow());
    const std::string xml = xmlOf(invio, "SAMLRequest", folder_, "LogoutRequest");
    QCOMPARE(q(xml), q(invio.xml));
    QCOMPARE(complaintOfXmllint(folder_, xml, QStringLiteral("saml-schema-protocol-2.0.xsd")), QByteArray{});
    QVERIFY(contains(xml, "ID=\"" + pendente.id + "\""));
    QVERIFY(contains(xml, std::string("Destination=\"") + kIdpSlo + "\""));
    QVERIFY(contains(xml, ">_persona-1</saml:NameID><samlp:SessionIndex>_sessione-1</samlp:SessionIndex>"));
    // The provider's own reader takes it.
    auto we = identityProvider();
    we.entityId = kSpEntityId;
    we.certificati = {chiaveSp().certificato};
    Ricevuto ricevuto{invio.binding, "", "", ""};
    if (invio.binding == Binding::Post)
        ricevuto.messaggio = invio.campi.front().second;
    else
        ricevuto.query = invio.indirizzo.substr(invio.indirizzo.find('?') + 1);
    const auto read = readRichiestaUscita(
        ricevuto, kIdpSlo, [&](const std::string&) { return we; }, samlNow());
    QCOMPARE(q(read.soggetto.nameId), q("_persona-1"));
}

void TestUscita::answersALogout_data()
{
    QTest::addColumn<int>("binding");
    QTest::addColumn<int>("esito");
    QTest::addColumn<QByteArray>("status");
    for (const Binding binding : {Binding::Post, Binding::Redirect}) {
        const char* name = binding == Binding::Post ? "Post" : "Redirect";
        QTest::addRow("%s, everywhere", name)
            << static_cast<int>(binding) << static_cast<int>(EsitoUscita::Completa)
            << QByteArray("<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>");
        QTest::addRow("%s, in part", name)
            << static_cast<int>(binding) << static_cast<int>(EsitoUscita::Parziale)
            << QByteArray("<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:PartialLogout\"/>");
        QTest::addRow("%s, nowhere", name)
            << static_cast<int>(binding) << static_cast<int>(EsitoUscita::Fallita)
            << QByteArray("<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"/>");
    }
}

void TestUscita::answersALogout()
{
    QFETCH(int, binding);
    QFETCH(int, esito);
    QFETCH(QByteArray, status);
    auto idp = identityProvider();
    idp.uscita.front().risposte = idp.uscita.back().risposte = "https://idp.esempio.it/risposte";
    const UscitaChiesta chiesta{"_uscita-1", kIdpEntityId, kSoggetto, "segno", static_cast<Binding>(binding)};
    const Invio invio = makeRispostaUscita(serviceProvider(), idp, chiesta, static_cast<EsitoUscita>(esito), samlNow());
    const std::string xml = xmlOf(invio, "SAMLResponse", folder_, "LogoutResponse");
    QCOMPARE(q(xml), q(invio.xml));
    QVERIFY(invio.indirizzo.starts_with("https://idp.esempio.it/risposte"));
    QCOMPARE(complaintOfXmllint(folder_, xml, QStringLiteral("saml-schema-protocol-2.0.xsd")), QByteArray{});
    QVERIFY(contains(xml, "InResponseTo=\"_uscita-1\""));
    QVERIFY2(contains(xml, status.toStdString()), xml.c_str());
}

void TestUscita::refusesAProviderThatTakesNoLogout()
{
    auto idp = identityProvider();
    idp.uscita.clear();
    QVERIFY_EXCEPTION_THROWN(
        makeRichiestaUscita(serviceProvider(), idp, {kSoggetto, "segno"}, Binding::Post, samlNow()), Invalid);
}

void TestUscita::readsWhatAProviderAsks_data()
{
    bindings();
}

void TestUscita::readsWhatAProviderAsks()
{
    QFETCH(int, binding);
    const Ricevuto ricevuto = brought(static_cast<Binding>(binding), "SAMLRequest", requestXml());
    const UscitaChiesta chiesta = readRichiestaUscita(ricevuto, kSlo, provider, samlNow());
    QCOMPARE(q(chiesta.id), q("_uscita-1"));
    QCOMPARE(q(chiesta.idp), q(kIdpEntityId));
    QCOMPARE(q(chiesta.soggetto.nameId), q("_persona-1"));
    QCOMPARE(q(chiesta.soggetto.nameQualifier), q(kIdpEntityId));
    QCOMPARE(q(chiesta.soggetto.sessionIndex), q("_sessione-1"));
    QCOMPARE(q(chiesta.relayState), q("segno"));
    const std::string without = changed(requestXml(), "<samlp:SessionIndex>_sessione-1</samlp:SessionIndex>", "");
    QVERIFY(
        readRichiestaUscita(brought(static_cast<Binding>(binding), "SAMLRequest", without), kSlo, provider, samlNow())
            .soggetto.sessionIndex.empty());
}

void TestUscita::refusesBadRequests_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const std::string& from, const std::string& to, const char* reason) {
        QTest::newRow(name) << QByteArray::fromStdString(from) << QByteArray::fromStdString(to) << QByteArray(reason);
    };
    const std::string issued = "IssueInstant=\"2026-11-27T10:00:00Z\"";
    row("another provider", std::string(">") + kIdpEntityId + "</saml:Issuer>",
        ">https://altri.esempio.it</saml:Issuer>", "non conosciamo");
    row("another address", std::string("Destination=\"") + kSlo, "Destination=\"https://altri.esempio.it/slo",
        "altro indirizzo");
    row("too old", issued, "IssueInstant=\"2026-11-27T09:53:59Z\"", "IssueInstant");
    row("of the future", issued, "IssueInstant=\"2026-11-27T10:01:01Z\"", "IssueInstant");
    row("run out", issued, issued + " NotOnOrAfter=\"2026-11-27T09:59:00Z\"", "scaduta");
    row("of another version", "Version=\"2.0\"", "Version=\"1.1\"", "versione");
    row("for nobody", "_persona-1", "", "NameID");
}

void TestUscita::refusesBadRequests()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, reason);
    for (const Binding binding : {Binding::Post, Binding::Redirect}) {
        const std::string xml = changed(requestXml(), from.toStdString(), to.toStdString());
        const std::string result = outcomeOfRequest(brought(binding, "SAMLRequest", xml));
        QVERIFY2(contains(result, reason.toStdString()), result.c_str());
    }
}

void TestUscita::refusesAlteredRequests_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const char* from, const char* to, const char* reason) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(reason);
    };
    row("another relay state", "RelayState=segno", "RelayState=altro", "firma");
    row("no relay state", "&RelayState=segno", "", "firma");
    row("a parameter twice", "&SigAlg", "&RelayState=altro&SigAlg", "due volte");
    row("the same relay state, otherwise encoded", "RelayState=segno", "RelayState=%73egno", "firma");
    row("another algorithm", "rsa-sha256", "rsa-sha384", "firma");
    row("SHA-1", "xmldsig-more%23rsa-sha256", "xmldsig-more%23rsa-sha1", "firma");
    row("no signature", "&Signature=", "&Firma=", "firma");
    row("an answer", "SAMLRequest=", "SAMLResponse=", "compresso");
    row("a broken encoding", "SAMLRequest=", "SAMLRequest=%G0", "codificato");
    row("no DEFLATE", "SAMLRequest=", "SAMLRequest=QUJD", "compresso");
}

void TestUscita::refusesAlteredRequests()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, reason);
    const std::string good = query("SAMLRequest", requestXml(), chiaveIdp());
    QCOMPARE(q(outcomeOfRequest({Binding::Redirect, "", "", good})), q("accettata"));
    const std::string bad = changed(good, from.toStdString(), to.toStdString());
    const std::string result = outcomeOfRequest({Binding::Redirect, "", "", bad});
    QVERIFY2(contains(result, reason.toStdString()), result.c_str());
    const std::string altrui = outcomeOfRequest(brought(Binding::Post, "SAMLRequest", requestXml(), chiaveAltrui()));
    QVERIFY2(contains(altrui, "non è valida"), altrui.c_str());
    QVERIFY(contains(outcomeOfRequest({Binding::Post, base64(requestXml()), "", ""}), "non è firmato"));
    QVERIFY(contains(outcomeOfRequest({Binding::Redirect, "", "", query("SAMLRequest", requestXml(), chiaveSp())}),
                     "firma"));
    // A small message that would be large: 300 KiB of white space.
    const std::string bomb = changed(requestXml(), "<saml:NameID", std::string(300UL * 1024, ' ') + "<saml:NameID");
    QVERIFY(
        contains(outcomeOfRequest({Binding::Redirect, "", "", query("SAMLRequest", bomb, chiaveIdp())}), "compresso"));
}

void TestUscita::readsHowFarALogoutGot_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<int>("esito");
    const auto row = [](const char* name, const char* first, const char* second, EsitoUscita esito) {
        const std::string urn = "urn:oasis:names:tc:SAML:2.0:status:";
        const std::string inner = *second == 0 ? "" : "<samlp:StatusCode Value=\"" + urn + second + "\"/>";
        QTest::newRow(name) << QByteArray::fromStdString("<samlp:StatusCode Value=\"" + urn + first + "\">" + inner +
                                                         "</samlp:StatusCode>")
                            << static_cast<int>(esito);
    };
    row("everywhere", "Success", "", EsitoUscita::Completa);
    row("in part, as SAML says it", "Success", "PartialLogout", EsitoUscita::Parziale);
    row("in part, as SPID says it", "Requester", "PartialLogout", EsitoUscita::Parziale);
    row("nowhere", "Responder", "", EsitoUscita::Fallita);
    row("denied", "Requester", "RequestDenied", EsitoUscita::Fallita);
}

void TestUscita::readsHowFarALogoutGot()
{
    QFETCH(QByteArray, status);
    QFETCH(int, esito);
    for (const Binding binding : {Binding::Post, Binding::Redirect}) {
        const Ricevuto ricevuto = brought(binding, "SAMLResponse", answerXml(status.toStdString()));
        QCOMPARE(static_cast<int>(readRispostaUscita(ricevuto, kSlo, waiting(), provider, samlNow())), esito);
    }
}

void TestUscita::refusesBadAnswers_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const std::string& from, const std::string& to, const char* reason) {
        QTest::newRow(name) << QByteArray::fromStdString(from) << QByteArray::fromStdString(to) << QByteArray(reason);
    };
    row("to another request", "_mia-1", "_altra-1", "in attesa");
    row("to no request", " InResponseTo=\"_mia-1\"", "", "in attesa");
    row("another provider", std::string(">") + kIdpEntityId + "</saml:Issuer>",
        ">https://altri.esempio.it</saml:Issuer>", "diverso");
    row("another address", std::string("Destination=\"") + kSlo, "Destination=\"https://altri.esempio.it/slo",
        "altro indirizzo");
    row("of before the request", "IssueInstant=\"2026-11-27T10:00:00Z\"", "IssueInstant=\"2026-11-27T09:58:49Z\"",
        "IssueInstant");
    row("without status",
        "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>", "",
        "Status");
}

void TestUscita::refusesBadAnswers()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, reason);
    for (const Binding binding : {Binding::Post, Binding::Redirect}) {
        const std::string xml = changed(answerXml(), from.toStdString(), to.toStdString());
        const std::string result = outcomeOfAnswer(brought(binding, "SAMLResponse", xml));
        QVERIFY2(contains(result, reason.toStdString()), result.c_str());
        const std::string altrui = outcomeOfAnswer(brought(binding, "SAMLResponse", answerXml(), chiaveAltrui()));
        QVERIFY2(contains(altrui, "non è valida"), altrui.c_str());
    }
}

void TestUscita::takesAnAnswerOnce()
{
    bool there = true;
    const PendentiUscita once = [&](const std::string& id) {
        const auto pendente = there ? waiting()(id) : std::nullopt;
        there = false;
        return pendente;
    };
    const Ricevuto ricevuto = brought(Binding::Post, "SAMLResponse", answerXml());
    QVERIFY(readRispostaUscita(ricevuto, kSlo, once, provider, samlNow()) == EsitoUscita::Completa);
    QVERIFY(contains(outcome([&] { readRispostaUscita(ricevuto, kSlo, once, provider, samlNow()); }), "in attesa"));
}

QTEST_GUILESS_MAIN(TestUscita)
#include "test_uscita.moc"
