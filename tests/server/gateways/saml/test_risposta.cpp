#include "tests/server/gateways/saml/esiti_risposta.h"
#include "tests/server/gateways/saml/programmi.h"

#include <atomic>
#include <latch>
#include <set>
#include <thread>
#include <vector>

using namespace sdc;
using namespace sdc::tests;
using namespace sdc::gateways::saml;

/// Good answers are accepted, and each only once.
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
    void refusesASecondUse();
    void refusesAnAssertionSeenBefore();
    void acceptsOneOfManyAtOnce();
    void tellsTheProvidersError_data();
    void tellsTheProvidersError();
    void hasASentenceForEachError();
    void forgetsTheRequestOfARefusedAnswer();
};

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
