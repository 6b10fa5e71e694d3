#include "server/gateways/saml/uscita.h"
#include "tests/prova/prova_avviata.h"
#include "tests/support/memoria_saml.h"
#include "tests/support/words.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>

#include <QRegularExpression>
#include <QTest>
#include <QUrl>

#include <memory>

using namespace sdc;
using namespace sdc::tests;
using namespace sdc::gateways::saml;

/// Whole logins with the provider of demonstrations, over HTTP, read by the service provider that goes to production.
class TestIdp : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void letsAPersonIn_data();
    void letsAPersonIn();
    void tellsTheErrorThatWasChosen_data();
    void tellsTheErrorThatWasChosen();
    void playsTheCard();
    void refusesARequestThatIsNotTheServicesOwn();
    void refusesWhoIsNotOnThisMachine();
    void answersALoginOnce();
    void endsASession_data();
    void endsASession();

private:
    struct Pagina
    {
        int status = 0;
        std::string body;
        std::string location;
    };
    Pagina ask(const std::string& method, const std::string& path, const std::string& form = {}) const;
    Pagina bring(const Invio& invio) const;
    ProviderSpid provider(bool cie) const;
    Richiesta richiesta(const ProviderSpid& idp, Binding binding, int insieme = 0) const;
    Accesso answer(const Richiesta& richiesta, const ProviderSpid& idp, const std::string& choice) const;

    std::uint16_t porta_ = 0;
    ServiceProvider sp_;
    std::unique_ptr<Poco::Net::HTTPServer> server_;
    std::unique_ptr<prova::ProvaAvviata> prova_;
};

namespace {

/// Gives everybody the same text.
class Foglio : public Poco::Net::HTTPRequestHandlerFactory
{
public:
    explicit Foglio(const std::string& text) : text_(text) {}

    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override
    {
        struct Handler : Poco::Net::HTTPRequestHandler
        {
            explicit Handler(const std::string& t) : text(t) {}
            void handleRequest(Poco::Net::HTTPServerRequest&, Poco::Net::HTTPServerResponse& response) override
            {
                response.sendBuffer(text.data(), text.size());
            }
            const std::string& text;
        };
        return new Handler(text_);
    }

private:
    std::string text_;
};

Instant now()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// The value of the first field of this name, as a browser would read it.
std::string fieldOf(const std::string& page, const char* name)
{
    const QRegularExpression field(QStringLiteral("name=\"%1\" value=\"([^\"]*)\"").arg(q(name)));
    QString value = field.match(q(page)).captured(1);
    value.replace(QStringLiteral("&#43;"), QStringLiteral("+")).replace(QStringLiteral("&#61;"), QStringLiteral("="));
    return value.toStdString();
}

std::string percent(const std::string& text)
{
    return QUrl::toPercentEncoding(q(text)).toStdString();
}

std::string pathOf(const std::string& url)
{
    return url.substr(url.find('/', 8));
}

bool contains(const std::string& text, const std::string& piece)
{
    return text.find(piece) != std::string::npos;
}

}

void TestIdp::initTestCase()
{
    Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 0));
    sp_ = serviceProvider();
    sp_.entityId = "http://127.0.0.1:" + std::to_string(socket.address().port()) + "/rovereto/spid/metadata";
    sp_.insiemi.push_back(
        {1, "Profilo", {"fiscalNumber", "dateOfBirth", "placeOfBirth", "gender"}, {"email", "address"}});
    server_ = std::make_unique<Poco::Net::HTTPServer>(new Foglio(makeMetadata(sp_, Federazione::Spid)), socket,
                                                      new Poco::Net::HTTPServerParams);
    server_->start();
    porta_ = prova::freePort();
    prova_ = std::make_unique<prova::ProvaAvviata>(QString(), porta_);
}

TestIdp::Pagina TestIdp::ask(const std::string& method, const std::string& path, const std::string& form) const
{
    Poco::Net::HTTPClientSession session("127.0.0.1", porta_);
    Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
    request.setContentType("application/x-www-form-urlencoded");
    request.setContentLength64(static_cast<Poco::Int64>(form.size()));
    session.sendRequest(request) << form;
    Poco::Net::HTTPResponse response;
    Pagina pagina;
    Poco::StreamCopier::copyToString(session.receiveResponse(response), pagina.body);
    pagina.status = response.getStatus();
    pagina.location = response.get("Location", "");
    return pagina;
}

TestIdp::Pagina TestIdp::bring(const Invio& invio) const
{
    if (invio.binding == Binding::Redirect)
        return ask("GET", pathOf(invio.indirizzo));
    std::string form;
    for (const auto& [name, value] : invio.campi)
        form += (form.empty() ? "" : "&") + name + "=" + percent(value);
    return ask("POST", pathOf(invio.indirizzo), form);
}

ProviderSpid TestIdp::provider(bool cie) const
{
    auto idp = readProvider(ask("GET", cie ? "/cie/metadata" : "/spid/metadata").body);
    idp.cie = idp.issuerFormatMayBeAbsent = cie;
    return idp;
}

Richiesta TestIdp::richiesta(const ProviderSpid& idp, Binding binding, int insieme) const
{
    return makeRichiesta(sp_, idp, {Livello::Due, Confronto::Minimo, insieme, "segno"}, binding, now());
}

Accesso TestIdp::answer(const Richiesta& richiesta, const ProviderSpid& idp, const std::string& choice) const
{
    const Pagina page = bring(richiesta.invio);
    if (page.status != 200)
        throw std::runtime_error(page.body);
    const Pagina sent = ask("POST", "/risposta", "accesso=" + fieldOf(page.body, "accesso") + "&" + choice);
    if (!contains(sent.body, "action=\"" + sp_.acs + "\"") || fieldOf(sent.body, "RelayState") != "segno")
        throw std::runtime_error(sent.body);
    MemoriaSaml memoria;
    memoria.add(idp);
    memoria.add(richiesta.pendente);
    return readRisposta(fieldOf(sent.body, "SAMLResponse"), sp_.entityId, memoria.callbacks(), now());
}

void TestIdp::letsAPersonIn_data()
{
    QTest::addColumn<int>("binding");
    QTest::newRow("Post") << static_cast<int>(Binding::Post);
    QTest::newRow("Redirect") << static_cast<int>(Binding::Redirect);
}

void TestIdp::letsAPersonIn()
{
    QFETCH(int, binding);
    const auto idp = provider(false);
    QCOMPARE(q(idp.nome), q("IdP dimostrativo"));
    const auto page = bring(richiesta(idp, static_cast<Binding>(binding)).invio);
    QVERIFY(contains(page.body, "dimostrativo"));
    QCOMPARE(q(page.body).count(QStringLiteral("name=\"persona\"")), 4);
    QCOMPARE(q(page.body).count(QStringLiteral("name=\"errore\"")), 8);

    const auto mario = answer(richiesta(idp, static_cast<Binding>(binding), 1), idp, "persona=RSSMRA72H25H612H");
    QVERIFY(mario.metodo == Metodo::Spid && mario.livello == Livello::Due);
    QCOMPARE(q(mario.codiceFiscale), q("RSSMRA72H25H612H"));
    QCOMPARE(q(mario.attributi.at("dateOfBirth")), q("1972-06-25"));
    QCOMPARE(q(mario.attributi.at("placeOfBirth")), q("H612"));
    QCOMPARE(q(mario.attributi.at("gender")), q("M"));
    QCOMPARE(q(mario.attributi.at("email")), q("mario.rossi@esempio.it"));
    QVERIFY(!mario.attributi.contains("name"));
    const auto luca = answer(richiesta(idp, static_cast<Binding>(binding), 1), idp, "persona=VRDLCU90A01H612Q");
    QVERIFY(!luca.attributi.contains("email"));
    const auto giulia = answer(richiesta(idp, static_cast<Binding>(binding), 1), idp, "persona=BNCGLI85C52L378P");
    QCOMPARE(q(giulia.attributi.at("gender")), q("F"));
}

void TestIdp::tellsTheErrorThatWasChosen_data()
{
    QTest::addColumn<int>("errore");
    for (const int errore : {19, 20, 21, 22, 23, 24, 25, 30})
        QTest::addRow("nr%d", errore) << errore;
}

void TestIdp::tellsTheErrorThatWasChosen()
{
    QFETCH(int, errore);
    const auto idp = provider(false);
    try {
        answer(richiesta(idp, Binding::Post), idp, "errore=" + std::to_string(errore));
        QFAIL("accettata");
    } catch (const Rifiutata& refused) {
        QVERIFY2(refused.motivo() == Motivo::Stato, refused.what());
        QCOMPARE(refused.errore().value_or(0), errore);
    }
}

void TestIdp::playsTheCard()
{
    const auto cie = provider(true);
    const auto accesso = answer(richiesta(cie, Binding::Redirect), cie, "persona=RSSMRA72H25H612H");
    QVERIFY(accesso.metodo == Metodo::Cie);
    QCOMPARE(accesso.attributi.size(), std::size_t{3});
    auto strict = cie;
    strict.issuerFormatMayBeAbsent = false;
    QVERIFY_EXCEPTION_THROWN(answer(richiesta(strict, Binding::Post), strict, "persona=RSSMRA72H25H612H"), Rifiutata);
    // More than the card has is not given.
    QVERIFY_EXCEPTION_THROWN(answer(richiesta(cie, Binding::Post, 1), cie, "persona=RSSMRA72H25H612H"), Rifiutata);
}

void TestIdp::refusesARequestThatIsNotTheServicesOwn()
{
    const auto idp = provider(false);
    auto altrui = sp_;
    altrui.chiave = chiaveAltrui();
    for (const Binding binding : {Binding::Post, Binding::Redirect}) {
        const auto asked = makeRichiesta(altrui, idp, {Livello::Due, Confronto::Minimo, 0, "segno"}, binding, now());
        const auto page = bring(asked.invio);
        QCOMPARE(page.status, 403);
        QVERIFY2(contains(page.body, "firma"), page.body.c_str());
    }
    auto elsewhere = sp_;
    elsewhere.acs = "https://altri.esempio.it/acs";
    QCOMPARE(
        bring(makeRichiesta(elsewhere, idp, {Livello::Due, Confronto::Minimo, 0, "segno"}, Binding::Post, now()).invio)
            .status,
        403);
}

void TestIdp::refusesWhoIsNotOnThisMachine()
{
    auto far = sp_;
    far.entityId = "http://esempio.it/metadata";
    const auto asked =
        makeRichiesta(far, provider(false), {Livello::Due, Confronto::Minimo, 0, "segno"}, Binding::Post, now());
    const auto page = bring(asked.invio);
    QCOMPARE(page.status, 403);
    QVERIFY2(contains(page.body, "non è su questa macchina"), page.body.c_str());
}

void TestIdp::answersALoginOnce()
{
    const auto page = bring(richiesta(provider(false), Binding::Post).invio);
    const std::string choice = "accesso=" + fieldOf(page.body, "accesso") + "&persona=RSSMRA72H25H612H";
    QCOMPARE(ask("POST", "/risposta", choice).status, 200);
    QCOMPARE(ask("POST", "/risposta", choice).status, 410);
}

void TestIdp::endsASession_data()
{
    letsAPersonIn_data();
}

void TestIdp::endsASession()
{
    QFETCH(int, binding);
    const auto idp = provider(false);
    const auto [pendente, invio] = makeRichiestaUscita(sp_, idp, {{"_persona-1", idp.entityId, ""}, "segno"},
                                                       static_cast<Binding>(binding), now());
    const auto page = bring(invio);
    const Ricevuto ricevuto =
        invio.binding == Binding::Post
            ? Ricevuto{invio.binding, fieldOf(page.body, "SAMLResponse"), fieldOf(page.body, "RelayState"), ""}
            : Ricevuto{invio.binding, "", "", page.location.substr(page.location.find('?') + 1)};
    const auto esito = readRispostaUscita(
        ricevuto, sp_.slo, [&](const std::string&) { return std::optional{pendente}; },
        [&](const std::string&) { return std::optional{idp}; }, now());
    QVERIFY(esito == EsitoUscita::Completa);
}

QTEST_GUILESS_MAIN(TestIdp)
#include "test_idp.moc"
