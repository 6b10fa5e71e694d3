#include "core/base/error.h"
#include "server/gateways/saml/provider.h"
#include "tests/support/mondo_saml.h"
#include "tests/support/words.h"

#include <QTest>

using namespace sdc;
using namespace sdc::tests;
using namespace sdc::gateways::saml;

class TestProvider : public QObject
{
    Q_OBJECT

private slots:
    void readsTheProvidersOfASignedFederation();
    void leavesOutWhatCannotBeUsed();
    void refusesAFederationThatSomebodyElseSigned();
    void refusesAnAlteredFederation();
    void refusesAFederationThatHasRunOut();
    void refusesAFederationWithoutSignature();
    void takesNothingFromBesideWhatIsSigned();
    void readsTheMetadataOfOneProvider();
    void knowsTheCardAndTheNodeForOtherStates_data();
    void knowsTheCardAndTheNodeForOtherStates();
    void refusesAddressesInClear();
    void refusesADtd();
};

namespace {

std::string metadataOf(const std::string& entityId, const std::string& nome)
{
    return idpMetadata(entityId, nome, entityId + "/sso", entityId + "/slo", chiaveIdp().certificato);
}

std::string federazione(const std::string& entities, const std::string& attributes = "")
{
    return R"(<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_federazione")" + attributes +
           ">" + entities + "</md:EntitiesDescriptor>";
}

std::string signFederazione(const std::string& xml, const CoppiaChiave& chiave)
{
    return signElement(xml, "md:EntitiesDescriptor", chiave);
}

std::string twoProviders()
{
    return metadataOf("https://uno.esempio.it", "Uno") + "<!-- un commento -->" +
           metadataOf("https://due.esempio.it", "Due");
}

std::string refusal(const std::string& xml, const std::vector<std::string>& fidati)
{
    try {
        readFederazione(xml, fidati, samlNow());
        return {};
    } catch (const Invalid& fault) {
        return fault.what();
    }
}

bool contains(const std::string& text, const char* piece)
{
    return text.find(piece) != std::string::npos;
}

}

void TestProvider::readsTheProvidersOfASignedFederation()
{
    const std::string xml = signFederazione(federazione(twoProviders()), chiaveAltrui());
    const auto all = readFederazione(xml, {chiaveSp().certificato, chiaveAltrui().certificato}, samlNow());
    QCOMPARE(all.size(), std::size_t{2});
    QCOMPARE(q(all[0].entityId), q("https://uno.esempio.it"));
    QCOMPARE(q(all[0].nome), q("Uno"));
    QCOMPARE(q(all[1].nome), q("Due"));
    QCOMPARE(all[0].accesso.size(), std::size_t{2});
    QCOMPARE(q(endpointFor(all[0].accesso, Binding::Post)->indirizzo), q("https://uno.esempio.it/sso"));
    QCOMPARE(q(endpointFor(all[0].uscita, Binding::Redirect)->indirizzo), q("https://uno.esempio.it/slo"));
    QCOMPARE(q(all[0].certificati.at(0)), q(chiaveIdp().certificato));
    QVERIFY(!all[0].cie && !all[0].eidas && !all[0].issuerFormatMayBeAbsent);
}

void TestProvider::leavesOutWhatCannotBeUsed()
{
    std::string broken = metadataOf("https://rotto.esempio.it", "Rotto");
    broken.replace(broken.find("MII"), 3, "AAA");
    const std::string service = R"(<md:EntityDescriptor entityID="https://sp.esempio.it"/>)";
    const std::string xml = signFederazione(federazione(broken + service + twoProviders()), chiaveAltrui());
    QCOMPARE(readFederazione(xml, {chiaveAltrui().certificato}, samlNow()).size(), std::size_t{2});
}

void TestProvider::refusesAFederationThatSomebodyElseSigned()
{
    const std::string xml = signFederazione(federazione(twoProviders()), chiaveAltrui());
    QVERIFY(contains(refusal(xml, {chiaveSp().certificato}), "non è valida"));
    QVERIFY(!refusal(xml, {}).empty());
}

void TestProvider::refusesAnAlteredFederation()
{
    std::string xml = signFederazione(federazione(twoProviders()), chiaveAltrui());
    xml.replace(xml.find("https://due.esempio.it/sso"), 26, "https://tre.esempio.it/sso");
    QVERIFY(contains(refusal(xml, {chiaveAltrui().certificato}), "non è valida"));
}

void TestProvider::refusesAFederationThatHasRunOut()
{
    const auto until = [](const char* time) {
        return signFederazione(federazione(twoProviders(), R"( validUntil=")" + std::string(time) + "\""),
                               chiaveAltrui());
    };
    QVERIFY(contains(refusal(until("2026-11-27T10:00:00Z"), {chiaveAltrui().certificato}), "scaduti"));
    QVERIFY(contains(refusal(until("domani"), {chiaveAltrui().certificato}), "scaduti"));
    QCOMPARE(refusal(until("2026-11-27T10:00:01Z"), {chiaveAltrui().certificato}), std::string{});
}

void TestProvider::refusesAFederationWithoutSignature()
{
    QVERIFY(contains(refusal(federazione(twoProviders()), {chiaveAltrui().certificato}), "non è firmato"));
}

void TestProvider::takesNothingFromBesideWhatIsSigned()
{
    // The signed federation inside another, which shows its signature as its own.
    const std::string inner = signFederazione(federazione(twoProviders()), chiaveAltrui());
    const std::string body = inner.substr(inner.find("<md:EntitiesDescriptor"));
    const std::size_t begin = body.find("<ds:Signature");
    const std::size_t end = body.find("</ds:Signature>") + 15;
    const std::string signature = body.substr(begin, end - begin);
    const std::string outer = R"(<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_altra">)" +
                              signature + metadataOf("https://male.esempio.it", "Male") + body.substr(0, begin) +
                              body.substr(end) + "</md:EntitiesDescriptor>";
    QVERIFY(contains(refusal(outer, {chiaveAltrui().certificato}), "altro elemento"));
}

void TestProvider::readsTheMetadataOfOneProvider()
{
    const auto one = readProvider(metadataOf("https://uno.esempio.it", "Uno"));
    QCOMPARE(q(one.nome), q("Uno"));
    QVERIFY_EXCEPTION_THROWN(readProvider("<a/>"), Invalid);
    QVERIFY_EXCEPTION_THROWN(readProvider("niente"), Invalid);
}

void TestProvider::knowsTheCardAndTheNodeForOtherStates_data()
{
    QTest::addColumn<QByteArray>("entityId");
    QTest::addColumn<bool>("cie");
    QTest::addColumn<bool>("eidas");
    QTest::newRow("card") << QByteArray("https://idserver.servizicie.interno.gov.it/idp/profile/SAML2/POST/SSO") << true
                          << false;
    QTest::newRow("card, in trial") << QByteArray("https://preproduzione.idserver.servizicie.interno.gov.it/idp/x")
                                    << true << false;
    QTest::newRow("node") << QByteArray("https://sp-proxy.eid.gov.it/spproxy/idpit") << false << true;
    QTest::newRow("looks like the card") << QByteArray("https://idserver.servizicie.interno.gov.it.esempio.it/idp")
                                         << false << false;
    QTest::newRow("ends like the card") << QByteArray("https://altroidserver.servizicie.interno.gov.it/idp") << false
                                        << false;
}

void TestProvider::knowsTheCardAndTheNodeForOtherStates()
{
    QFETCH(QByteArray, entityId);
    QFETCH(bool, cie);
    QFETCH(bool, eidas);
    const auto provider = readProvider(metadataOf(entityId.toStdString(), "P"));
    QCOMPARE(provider.cie, cie);
    QCOMPARE(provider.issuerFormatMayBeAbsent, cie);
    QCOMPARE(provider.eidas, eidas);
}

void TestProvider::refusesAddressesInClear()
{
    const auto at = [](const char* sso) {
        return idpMetadata("https://uno.esempio.it", "Uno", sso, "https://uno.esempio.it/slo", chiaveIdp().certificato);
    };
    QVERIFY_EXCEPTION_THROWN(readProvider(at("http://uno.esempio.it/sso")), Invalid);
    QVERIFY_EXCEPTION_THROWN(readProvider(at("javascript:alert(1)")), Invalid);
    QCOMPARE(readProvider(at("http://localhost:8082/sso")).accesso.size(), std::size_t{2});
}

void TestProvider::refusesADtd()
{
    const std::string dtd = R"(<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>)";
    QVERIFY_EXCEPTION_THROWN(readProvider(dtd + metadataOf("https://uno.esempio.it", "Uno")), Invalid);
}

QTEST_GUILESS_MAIN(TestProvider)
#include "test_provider.moc"
