#include "core/base/error.h"
#include "server/gateways/saml/richiesta.h"
#include "tests/server/gateways/saml/programmi.h"
#include "tests/support/mondo_saml.h"
#include "tests/support/words.h"

#include <QUrl>
#include <QUrlQuery>

#include <set>

using namespace sdc;
using namespace sdc::tests;
using namespace sdc::gateways::saml;

/// Signatures are judged by xmlsec1 and openssl, the compression by Perl, forms by OASIS's schemas.
class TestRichiesta : public QObject
{
    Q_OBJECT

private slots:
    void isSignedAndValidByPost();
    void isSignedAndValidByRedirect();
    void saysWhatSpidWants_data();
    void saysWhatSpidWants();
    void isNeverTheSameTwice();
    void remembersWhatItAsked();
    void refusesWhatCannotBeAsked();
    void keepsTheQueryOfTheProvidersAddress();

private:
    QTemporaryDir folder_;
};

namespace {

constexpr const char* kToken = "qX3-segno";

Richiesta make(Binding binding, const Domanda& domanda = {Livello::Due, Confronto::Minimo, 0, kToken})
{
    return makeRichiesta(serviceProvider(), identityProvider(), domanda, binding, samlNow());
}

std::string field(const Invio& invio, const std::string& name)
{
    for (const auto& [key, value] : invio.campi) {
        if (key == name)
            return value;
    }
    return {};
}

bool contains(const std::string& text, const std::string& piece)
{
    return text.find(piece) != std::string::npos;
}

}

void TestRichiesta::isSignedAndValidByPost()
{
    const auto [pendente, invio] = make(Binding::Post);
    QCOMPARE(q(invio.indirizzo), q(kIdpSso));
    QCOMPARE(q(field(invio, "RelayState")), q(kToken));
    const std::string xml =
        QByteArray::fromBase64(QByteArray::fromStdString(field(invio, "SAMLRequest"))).toStdString();
    QCOMPARE(q(xml), q(invio.xml));
    QCOMPARE(complaintOfXmlsec(folder_, xml, chiaveSp().certificato,
                               QStringLiteral("urn:oasis:names:tc:SAML:2.0:protocol:AuthnRequest")),
             QByteArray{});
    QCOMPARE(complaintOfXmllint(folder_, xml, QStringLiteral("saml-schema-protocol-2.0.xsd")), QByteArray{});
    QVERIFY(contains(xml, "<ds:X509Certificate>MII"));
}

void TestRichiesta::isSignedAndValidByRedirect()
{
    const auto [pendente, invio] = make(Binding::Redirect);
    QVERIFY(invio.campi.empty());
    QVERIFY(invio.indirizzo.starts_with(std::string(kIdpSso) + "?SAMLRequest="));
    const QUrlQuery query(QUrl(q(invio.indirizzo), QUrl::StrictMode));
    const auto value = [&](const char* name) { return query.queryItemValue(q(name), QUrl::FullyDecoded); };
    QCOMPARE(value("RelayState"), q(kToken));
    QCOMPARE(value("SigAlg"), q("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"));
    const std::string xml = inflatedByPerl(QByteArray::fromBase64(value("SAMLRequest").toLatin1()).toStdString());
    QCOMPARE(q(xml), q(invio.xml));
    QVERIFY(!contains(xml, "Signature"));
    QCOMPARE(complaintOfXmllint(folder_, xml, QStringLiteral("saml-schema-protocol-2.0.xsd")), QByteArray{});

    const std::size_t begin = invio.indirizzo.find('?') + 1;
    const std::string covered = invio.indirizzo.substr(begin, invio.indirizzo.find("&Signature=") - begin);
    QVERIFY(complaintOf(QStringLiteral("sh"),
                        {QStringLiteral("-c"), QStringLiteral("openssl x509 -pubkey -noout -in %1 > %2")
                                                   .arg(q(writeIn(folder_, "c.pem", chiaveSp().certificato)),
                                                        folder_.filePath(QStringLiteral("p.pem")))})
                .isEmpty());
    const auto verify = [&](const std::string& bytes) {
        return complaintOf(
            QStringLiteral("openssl"),
            {QStringLiteral("dgst"), QStringLiteral("-sha256"), QStringLiteral("-verify"),
             folder_.filePath(QStringLiteral("p.pem")), QStringLiteral("-signature"),
             q(writeIn(folder_, "firma", QByteArray::fromBase64(value("Signature").toLatin1()).toStdString())),
             q(writeIn(folder_, "coperto", bytes))});
    };
    QCOMPARE(verify(covered), QByteArray{});
    QVERIFY(!verify(covered + "&x=1").isEmpty());
}

void TestRichiesta::saysWhatSpidWants_data()
{
    QTest::addColumn<int>("livello");
    QTest::addColumn<int>("confronto");
    QTest::addColumn<QByteArray>("context");
    QTest::addColumn<bool>("force");
    const auto row = [](const char* name, Livello l, Confronto c, const char* context, bool force) {
        QTest::newRow(name) << static_cast<int>(l) << static_cast<int>(c) << QByteArray(context) << force;
    };
    row("L1 exact", Livello::Uno, Confronto::Esatto,
        R"(Comparison="exact"><saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL1<)", false);
    row("L2 minimum", Livello::Due, Confronto::Minimo,
        R"(Comparison="minimum"><saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL2<)", true);
    row("L3 maximum", Livello::Tre, Confronto::Massimo,
        R"(Comparison="maximum"><saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL3<)", true);
    row("L1 better", Livello::Uno, Confronto::Maggiore,
        R"(Comparison="better"><saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL1<)", false);
}

void TestRichiesta::saysWhatSpidWants()
{
    QFETCH(int, livello);
    QFETCH(int, confronto);
    QFETCH(QByteArray, context);
    QFETCH(bool, force);
    const std::string xml =
        make(Binding::Post, {static_cast<Livello>(livello), static_cast<Confronto>(confronto), 99, kToken}).invio.xml;
    QVERIFY2(contains(xml, context.toStdString()), xml.c_str());
    QCOMPARE(contains(xml, "ForceAuthn=\"true\""), force);
    QVERIFY(!contains(xml, "IsPassive") && !contains(xml, "AllowCreate"));
    QVERIFY(contains(xml, "AttributeConsumingServiceIndex=\"99\""));
    QVERIFY(contains(xml, std::string("AssertionConsumerServiceURL=\"") + kAcs + "\""));
    QVERIFY(contains(xml, "ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\""));
    QVERIFY(!contains(xml, "AssertionConsumerServiceIndex"));
    QVERIFY(contains(xml, std::string("Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:entity\" NameQualifier=\"") +
                              kSpEntityId + "\">" + kSpEntityId + "</saml:Issuer>"));
    QVERIFY(contains(xml, "<samlp:NameIDPolicy Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:transient\"/>"));
    QVERIFY(contains(xml, "IssueInstant=\"2026-11-27T10:00:00Z\""));
    QVERIFY(contains(xml, std::string("Destination=\"") + kIdpSso + "\""));
}

void TestRichiesta::isNeverTheSameTwice()
{
    std::set<std::string> ids;
    for (int i = 0; i < 20; ++i)
        ids.insert(make(Binding::Redirect).pendente.id);
    QCOMPARE(ids.size(), std::size_t{20});
}

void TestRichiesta::remembersWhatItAsked()
{
    const auto [pendente, invio] = make(Binding::Post, {Livello::Tre, Confronto::Esatto, 99, kToken});
    QVERIFY(contains(invio.xml, " ID=\"" + pendente.id + "\""));
    QCOMPARE(q(pendente.idp), q(kIdpEntityId));
    QVERIFY(pendente.ora == samlNow());
    QVERIFY(pendente.livello == Livello::Tre && pendente.confronto == Confronto::Esatto);
    QCOMPARE(q(pendente.acs), q(kAcs));
    QCOMPARE(pendente.insieme, 99);
    QCOMPARE(pendente.attributi.size(), std::size_t{5});
    QCOMPARE(q(pendente.relayState), q(kToken));
}

void TestRichiesta::refusesWhatCannotBeAsked()
{
    for (const char* token :
         {"", "https://stanza.esempio.it/rovereto",
          "unsegnolungolungolungolungolungolungolungolungolungolungolungolungolungolungolungolungo"})
        QVERIFY_EXCEPTION_THROWN(make(Binding::Post, {Livello::Due, Confronto::Minimo, 0, token}), Invalid);
    QVERIFY_EXCEPTION_THROWN(make(Binding::Post, {Livello::Due, Confronto::Minimo, 7, kToken}), Invalid);
    auto idp = identityProvider();
    idp.accesso.pop_back();
    QVERIFY_EXCEPTION_THROWN(
        makeRichiesta(serviceProvider(), idp, {Livello::Due, Confronto::Minimo, 0, kToken}, Binding::Post, samlNow()),
        Invalid);
}

void TestRichiesta::keepsTheQueryOfTheProvidersAddress()
{
    auto idp = identityProvider();
    idp.accesso.front().indirizzo = "https://idp.esempio.it/sso?ente=1";
    const auto richiesta = makeRichiesta(serviceProvider(), idp, {Livello::Due, Confronto::Minimo, 0, kToken},
                                         Binding::Redirect, samlNow());
    QVERIFY(richiesta.invio.indirizzo.starts_with("https://idp.esempio.it/sso?ente=1&SAMLRequest="));
}

QTEST_GUILESS_MAIN(TestRichiesta)
#include "test_richiesta.moc"
