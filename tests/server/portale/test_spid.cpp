#include "server/gateways/saml/uscita.h"
#include "server/sigilli.h"
#include "server/store/cittadini.h"
#include "tests/server/portale/spid_site.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace sdc;
using namespace sdc::tests;
namespace saml = sdc::gateways::saml;

class TestSpid : public QObject
{
    Q_OBJECT

private slots:
    void theMetadataAreTheSameBytesEachTime()
    {
        SpidSite site;
        Visitor anybody(site);
        const auto first = anybody.get("/rovereto/spid/metadata");
        QCOMPARE(first.status, 200);
        QVERIFY(contains(first, "entityID=\"" + kBase + "/spid/metadata\""));
        QVERIFY(contains(first, kBase + "/spid/acs"));
        QCOMPARE(Visitor::text(anybody.get("/rovereto/spid/metadata")), Visitor::text(first));
        QVERIFY(!spid::prepara(site.config, *site.rooms, site.room(), {"TN", "", false}, site.moment));
        QCOMPARE(Visitor::text(anybody.get("/rovereto/spid/metadata")), Visitor::text(first));
    }

    void theKeyIsNotReadableInTheDatabase()
    {
        SpidSite site;
        const auto row = store::findServiceProvider(*site.room().database);
        QVERIFY(row.has_value());
        QVERIFY(row->chiave.find("PRIVATE") == std::string::npos);
        QVERIFY(row->certificato.find("BEGIN CERTIFICATE") != std::string::npos);
    }

    void withoutMetadataTheLoginSaysSo()
    {
        Site site;
        QCOMPARE(Visitor{site}.get("/rovereto/spid/metadata").status, 404);
        QCOMPARE(Visitor{site}.get(kLogin).status, 404);
    }

    void theLoginPageNamesTheProviders()
    {
        SpidSite site;
        const auto page = Visitor{site}.get("/rovereto/accesso?ritorno=/rovereto/pratiche/?elenco=inviate");
        QVERIFY(contains(page, "Entra con SPID"));
        QVERIFY(contains(page, "Gestore di prova"));
        QVERIFY(contains(page, "idp=https%3A%2F%2Fidp.esempio.it"));
        QVERIFY(contains(page, "ritorno=%2Frovereto%2Fpratiche%2F%3Felenco%3Dinviate"));
    }

    void aPersonComesInAndIsLedBack()
    {
        SpidSite site;
        Visitor mario(site);
        const auto sent = mario.get(kLogin + "&ritorno=/rovereto/pratiche/?elenco=inviate");
        QCOMPARE(sent.status, 303);
        QVERIFY(Visitor::locationOf(sent).starts_with(std::string{kIdpSso} + "?"));
        const Mandata request = mandata(sent);
        const auto response = bring(mario, answerTo(request, site), request.relayState);
        QCOMPARE(response.status, 303);
        QCOMPARE(Visitor::locationOf(response),
                 std::string{"/rovereto/accesso?ritorno=%2Frovereto%2Fpratiche%2F%3Felenco%3Dinviate"});
        const auto page = mario.follow(response);
        QVERIFY(contains(page, "Accettazione termini di utilizzo"));
        const auto cittadino = store::findCittadinoByCodiceFiscale(*site.room().database, "RSSMRA72H25H612H");
        QVERIFY(cittadino.has_value());
        QCOMPARE(q(cittadino->luogoNascita), q("Rovereto"));
        QCOMPARE(q(toIso(*cittadino->dataNascita)), q("1972-06-25"));
        QCOMPARE(site.count("sessioni"), 1LL);
        QCOMPARE(site.count("richieste_idp"), 0LL);
    }

    // DPCM 24 ottobre 2014, art. 13, c. 2: request and response are kept, and no stranger reads them.
    void requestAndAnswerAreKeptSealed()
    {
        SpidSite site;
        Visitor mario(site);
        const Mandata request = mandata(mario.get(kLogin));
        const RispostaIdp answer = answerTo(request, site);
        QCOMPARE(bring(mario, answer, request.relayState).status, 303);
        QCOMPARE(site.count("tracce_spid WHERE xml LIKE '%Rossi%' OR soggetto LIKE '%persona%'"), 0LL);
        const auto all = store::tracceOf(*site.room().database, request.id,
                                         sigilli::unsealer(site.rooms->cassaforte(), site.room().ente));
        QCOMPARE(all.size(), 2UL);
        QCOMPARE(q(all[0].traccia.genere), q("richiesta"));
        QVERIFY(all[0].traccia.xml.starts_with(std::string{kIdpSso} + "?SAMLRequest="));
        QCOMPARE(q(all[1].traccia.genere), q("risposta"));
        QCOMPARE(q(all[1].traccia.soggetto), q("_persona-1"));
        QCOMPARE(q(all[1].traccia.asserzioneId), q("_asserzione-1"));
        QVERIFY(all[1].traccia.xml.find("<saml:AttributeValue") != std::string::npos);
        QVERIFY(all[1].traccia.certificato.find("BEGIN CERTIFICATE") != std::string::npos);
    }

    void theSameAnswerTwiceLetsInOnce()
    {
        SpidSite site;
        Visitor mario(site);
        const Mandata request = mandata(mario.get(kLogin));
        QCOMPARE(bring(mario, answerTo(request, site), request.relayState).status, 303);
        QCOMPARE(bring(mario, answerTo(request, site), request.relayState).status, 403);
        QCOMPARE(site.count("sessioni"), 1LL);
    }

    void anAssertionUsedBeforeIsRefusedForAnotherRequest()
    {
        SpidSite site;
        Visitor mario(site);
        const Mandata first = mandata(mario.get(kLogin));
        QCOMPARE(bring(mario, answerTo(first, site), first.relayState).status, 303);
        const Mandata second = mandata(mario.get(kLogin));
        const auto response = bring(mario, answerTo(second, site), second.relayState);
        QCOMPARE(response.status, 403);
        QVERIFY(contains(response, "Informazioni per l'assistenza") ||
                contains(response, "Informazioni per l&#39;assistenza"));
        QCOMPARE(site.count("sessioni"), 1LL);
    }

    void anotherBrowsersAnswerLetsNobodyInAndSpoilsNothing()
    {
        SpidSite site;
        Visitor mario(site);
        Visitor other(site);
        const Mandata request = mandata(mario.get(kLogin));
        const Mandata others = mandata(other.get(kLogin));
        QVERIFY(request.id != others.id);
        QCOMPARE(bring(other, answerTo(request, site), request.relayState).status, 403);
        Visitor nobody(site);
        QCOMPARE(bring(nobody, answerTo(request, site), request.relayState).status, 403);
        QCOMPARE(site.count("sessioni"), 0LL);
        QCOMPARE(bring(mario, answerTo(request, site), request.relayState).status, 303);
    }

    void anotherRelayStateIsRefused()
    {
        SpidSite site;
        Visitor mario(site);
        const Mandata request = mandata(mario.get(kLogin));
        QCOMPARE(bring(mario, answerTo(request, site), "un altro").status, 403);
        QCOMPARE(bring(mario, answerTo(request, site), "").status, 403);
        QCOMPARE(site.count("sessioni"), 0LL);
    }

    void whoTakesTooLongIsAskedToBeginAgain()
    {
        SpidSite site;
        Visitor mario(site);
        const Mandata request = mandata(mario.get(kLogin));
        site.moment += std::chrono::minutes{16};
        const auto response = bring(mario, answerTo(request, site), request.relayState);
        QCOMPARE(response.status, 403);
        QVERIFY(contains(response, "Ripeti l&#39;accesso") || contains(response, "Ripeti l'accesso"));
    }

    void manyPostsOfOneAnswerMakeOneSession()
    {
        SpidSite site;
        Visitor mario(site);
        const Mandata request = mandata(mario.get(kLogin));
        const RispostaIdp answer = answerTo(request, site);
        std::atomic<int> in = 0;
        std::atomic<int> out = 0;
        std::atomic<bool> go = false;
        {
            std::vector<std::jthread> all;
            for (int i = 0; i < 32; ++i)
                all.emplace_back([&, copy = mario]() mutable {
                    go.wait(false);
                    const int status = bring(copy, answer, request.relayState).status;
                    ++(status == 303 ? in : out);
                });
            go = true;
            go.notify_all();
        }
        QCOMPARE(in.load(), 1);
        QCOMPARE(out.load(), 31);
        QCOMPARE(site.count("sessioni"), 1LL);
    }

    void everyErrorOfTheTableHasItsOwnPage_data()
    {
        QTest::addColumn<int>("errore");
        for (const int errore : {19, 20, 21, 22, 23, 24, 25, 30})
            QTest::newRow(std::to_string(errore).c_str()) << errore;
    }

    void everyErrorOfTheTableHasItsOwnPage()
    {
        QFETCH(int, errore);
        SpidSite site;
        Visitor mario(site);
        const Mandata request = mandata(mario.get(kLogin + "&ritorno=/rovereto/allegati"));
        RispostaIdp answer = answerTo(request, site);
        answer.errore = errore;
        const auto response = bring(mario, answer, request.relayState);
        QCOMPARE(response.status, 403);
        QVERIFY(contains(response, "Accesso non riuscito"));
        QVERIFY(contains(response, "ritorno=%2Frovereto%2Fallegati"));
        QCOMPARE(site.count("sessioni"), 0LL);
        QCOMPARE(site.count("attivita WHERE azione = 'accesso rifiutato'"), 1LL);
    }

    // Anybody may begin a login and answer it: what no provider signed fills no log that is kept for years.
    void anUnsignedAnswerToOnesOwnRequestLeavesNoTrace()
    {
        SpidSite site;
        Visitor mario(site);
        const Mandata request = mandata(mario.get(kLogin));
        const std::string unsignedAnswer =
            QByteArray::fromStdString(unsignedXml(answerTo(request, site))).toBase64().toStdString();
        const long long before = site.count("attivita");
        const auto response = mario.send("POST", "/rovereto/spid/acs",
                                         {{"SAMLResponse", unsignedAnswer}, {"RelayState", request.relayState}});
        QCOMPARE(response.status, 403);
        QCOMPARE(site.count("tracce_spid"), 0LL);
        QCOMPARE(site.count("attivita"), before);
    }

    void aServerWithAnotherKeyDoesNotStart()
    {
        SpidSite site;
        spid::requireKey(site.config, *site.rooms);
        std::filesystem::remove(site.config.chiave());
        Rooms others(site.config, [&] { return site.moment; });
        others.all();
        QVERIFY_EXCEPTION_THROWN(spid::requireKey(site.config, others), std::runtime_error);
    }

    void anAnswerToNothingLeavesNoTrace()
    {
        SpidSite site;
        const long long before = site.count("attivita");
        Visitor nobody(site);
        for (const std::string& text : {std::string{}, std::string{"%%%"}, std::string(200'000, 'A')})
            QCOMPARE(nobody.send("POST", "/rovereto/spid/acs", {{"SAMLResponse", text}}).status, 403);
        QCOMPARE(site.count("attivita"), before);
    }

    void theCallersLevelOnlyRaises_data()
    {
        QTest::addColumn<QString>("wish");
        QTest::addColumn<QString>("asked");
        QTest::newRow("none") << QString() << QStringLiteral("SpidL2");
        QTest::newRow("1") << QStringLiteral("1") << QStringLiteral("SpidL2");
        QTest::newRow("2") << QStringLiteral("2") << QStringLiteral("SpidL2");
        QTest::newRow("3") << QStringLiteral("3") << QStringLiteral("SpidL3");
    }

    void theCallersLevelOnlyRaises()
    {
        QFETCH(QString, wish);
        QFETCH(QString, asked);
        SpidSite site;
        const auto sent = Visitor{site}.get(kLogin + "&livello=" + wish.toStdString());
        const QUrlQuery query(QUrl(q(Visitor::locationOf(sent))));
        const std::string xml = inflate(
            QByteArray::fromBase64(query.queryItemValue(QStringLiteral("SAMLRequest"), QUrl::FullyDecoded).toLatin1()));
        QVERIFY(xml.find("https://www.spid.gov.it/" + asked.toStdString() + "<") != std::string::npos);
    }

    void wrongParametersAreToldAndBeginNothing_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<int>("status");
        const QString login = q(kLogin);
        QTest::newRow("unknown provider") << QStringLiteral("/rovereto/spid/login?idp=https://altro.esempio.it") << 404;
        QTest::newRow("none") << QStringLiteral("/rovereto/spid/login") << 404;
        QTest::newRow("level 4") << login + QStringLiteral("&livello=4") << 422;
        QTest::newRow("level -1") << login + QStringLiteral("&livello=-1") << 422;
        QTest::newRow("binding") << login + QStringLiteral("&binding=artifact") << 422;
    }

    void wrongParametersAreToldAndBeginNothing()
    {
        QFETCH(QString, target);
        QFETCH(int, status);
        SpidSite site;
        QCOMPARE(Visitor{site}.get(target.toStdString()).status, status);
        QCOMPARE(site.count("richieste_idp"), 0LL);
    }

    void byPostTheBrowserGetsAFormThatMayGoToTheProviderAlone()
    {
        SpidSite site;
        const auto page = Visitor{site}.get(kLogin + "&binding=post");
        QCOMPARE(page.status, 200);
        QVERIFY(contains(page, std::string{"action=\""} + kIdpSso + "\""));
        QVERIFY(contains(page, "name=\"SAMLRequest\""));
        QVERIFY(contains(page, "name=\"RelayState\""));
        QCOMPARE(q(page.formsTo), q("https://idp.esempio.it"));
    }

    void whoHasNoCodiceFiscaleIsToldWhy()
    {
        SpidSite site;
        Visitor mario(site);
        const Mandata request = mandata(mario.get(kLogin));
        RispostaIdp answer = answerTo(request, site);
        answer.attributi["fiscalNumber"] = "TINIT-RSSMRA72H25H612A";
        const auto response = bring(mario, answer, request.relayState);
        QCOMPARE(response.status, 403);
        QVERIFY(contains(response, "codice fiscale"));
        QCOMPARE(site.count("cittadini"), 0LL);
    }

    void logoutEndsTheSessionAtTheProviderToo()
    {
        SpidSite site;
        Visitor mario(site);
        const Mandata request = mandata(mario.get(kLogin));
        mario.follow(bring(mario, answerTo(request, site), request.relayState));
        const auto page = mario.post("/rovereto/uscita", {});
        QVERIFY(contains(page, std::string{"href=\""} + kIdpSlo + "?SAMLRequest="));
        QCOMPARE(mario.get("/rovereto/profilo").status, 303);
    }

    void aProvidersLogoutEndsTheSessionsThatItMeans()
    {
        SpidSite site;
        Visitor mario(site);
        const Mandata request = mandata(mario.get(kLogin));
        mario.follow(bring(mario, answerTo(request, site), request.relayState));
        QCOMPARE(mario.get("/rovereto/profilo").status, 200);
        saml::ServiceProvider idp;
        idp.entityId = kIdpEntityId;
        idp.chiave = chiaveIdp();
        saml::ProviderSpid we;
        we.uscita = {{saml::Binding::Post, kBase + "/spid/logout", ""}};
        const auto asked = saml::makeRichiestaUscita(idp, we, {{"_persona-1", kIdpEntityId, "_sessione-1"}, "segno"},
                                                     saml::Binding::Post, site.moment);
        Visitor nobody(site);
        http::Fields fields;
        for (const auto& [name, value] : asked.invio.campi)
            fields.emplace_back(name, value);
        const auto answer = nobody.send("POST", "/rovereto/spid/logout", fields);
        QCOMPARE(answer.status, 200);
        QVERIFY(contains(answer, "name=\"SAMLResponse\""));
        QCOMPARE(mario.get("/rovereto/profilo").status, 303);
    }

    void aForgedLogoutEndsNothing()
    {
        SpidSite site;
        Visitor mario(site);
        const Mandata request = mandata(mario.get(kLogin));
        mario.follow(bring(mario, answerTo(request, site), request.relayState));
        saml::ServiceProvider idp;
        idp.entityId = kIdpEntityId;
        idp.chiave = chiaveAltrui();
        saml::ProviderSpid we;
        we.uscita = {{saml::Binding::Post, kBase + "/spid/logout", ""}};
        const auto asked = saml::makeRichiestaUscita(idp, we, {{"_persona-1", kIdpEntityId, "_sessione-1"}, "segno"},
                                                     saml::Binding::Post, site.moment);
        http::Fields fields;
        for (const auto& [name, value] : asked.invio.campi)
            fields.emplace_back(name, value);
        Visitor nobody(site);
        QCOMPARE(nobody.send("POST", "/rovereto/spid/logout", fields).status, 403);
        QCOMPARE(mario.get("/rovereto/profilo").status, 200);
    }

    void theLogoutAddressByHandEndsNothing()
    {
        SpidSite site;
        Visitor mario(site);
        mario.enter(kMario);
        QCOMPARE(Visitor::locationOf(mario.get("/rovereto/spid/logout")), std::string{"/rovereto/"});
        QCOMPARE(mario.get("/rovereto/stanza").status, 200);
    }
};

QTEST_GUILESS_MAIN(TestSpid)
#include "test_spid.moc"
