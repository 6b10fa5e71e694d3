#include "tests/prova/pagine_idp.h"

#include "server/cittadini_demo.h"
#include "server/gateways/saml/codifica.h"
#include "server/gateways/saml/rifiutata.h"

#include <Poco/Net/HTMLForm.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>
#include <ctemplate/template.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace sdc::prova {
namespace {

using gateways::saml::Binding;
using gateways::saml::Invio;
using gateways::saml::Ricevuto;
using gateways::saml::Rifiutata;
using Poco::Net::HTTPResponse;
using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;

constexpr std::size_t kMostLogins = 1000;

/// SPID's table of errors, as the buttons tell them.
constexpr std::array<std::pair<int, const char*>, 8> kErrori{{
    {19, "Credenziali errate troppe volte"},
    {20, "Credenziali di livello insufficiente"},
    {21, "Tempo scaduto"},
    {22, "Consenso negato"},
    {23, "Identità sospesa o revocata"},
    {24, "Errore riservato"},
    {25, "Accesso annullato"},
    {30, "Identità di tipo non ammesso"},
}};

Instant now()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

struct Pagina
{
    HTTPResponse::HTTPStatus status = HTTPResponse::HTTP_OK;
    std::string type = "text/html; charset=utf-8";
    std::string body;
    std::string location;
    /// Where its forms may go beside to us, and the nonce of the script that sends them.
    std::string action;
    std::string nonce;
};

Pagina plain(HTTPResponse::HTTPStatus status, const std::string& text)
{
    return {status, "text/plain; charset=utf-8", text + "\n", "", "", ""};
}

std::string originOf(const std::string& url)
{
    const Poco::URI uri(url);
    return uri.getScheme() + "://" + uri.getAuthority();
}

std::optional<Identita> personOf(const std::string& codiceFiscale)
{
    const auto all = cittadiniDemo();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Identita& p) { return p.codiceFiscale == codiceFiscale; });
    return found == all.end() ? std::nullopt : std::optional{*found};
}

/// Answers one request.
class SportelloIdp : public Poco::Net::HTTPRequestHandler
{
public:
    SportelloIdp(const ProviderDiProva& provider, AccessiInCorso& accessi, std::filesystem::path templates)
        : provider_(provider),
          accessi_(accessi),
          templates_(std::move(templates))
    {
    }

    void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override
    {
        const Pagina pagina = answer(request);
        response.setStatusAndReason(pagina.status);
        response.setContentType(pagina.type);
        response.set("Content-Security-Policy",
                     "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; "
                     "form-action 'self' " +
                         pagina.action + (pagina.nonce.empty() ? "" : "; script-src 'nonce-" + pagina.nonce + "'"));
        response.set("X-Content-Type-Options", "nosniff");
        response.set("Cache-Control", "no-store");
        if (!pagina.location.empty())
            response.set("Location", pagina.location);
        response.sendBuffer(pagina.body.data(), pagina.body.size());
    }

private:
    Pagina answer(HTTPServerRequest& request)
    {
        try {
            const std::string path = Poco::URI(request.getURI()).getPath();
            const bool cie = path.starts_with("/cie/");
            if (path == "/spid/metadata" || path == "/cie/metadata")
                return {HTTPResponse::HTTP_OK, "application/samlmetadata+xml", provider_.metadata(cie), "", "", ""};
            if (path == "/spid/sso" || path == "/cie/sso")
                return choose(provider_.readRichiesta(received(request), cie));
            if (path == "/spid/slo" || path == "/cie/slo")
                return carried(provider_.logout(received(request), cie, now()));
            if (path == "/risposta" && request.getMethod() == "POST")
                return chosen(Poco::Net::HTMLForm(request, request.stream()));
            return plain(HTTPResponse::HTTP_NOT_FOUND, "Questa pagina non esiste.");
        } catch (const Rifiutata& refused) {
            return plain(HTTPResponse::HTTP_FORBIDDEN, std::string("Richiesta rifiutata: ") + refused.what() + ".");
        } catch (const Poco::Exception& fault) {
            return plain(HTTPResponse::HTTP_BAD_REQUEST, "Richiesta non leggibile: " + fault.displayText());
        }
    }

    static Ricevuto received(HTTPServerRequest& request)
    {
        if (request.getMethod() == "GET")
            return {Binding::Redirect, "", "", Poco::URI(request.getURI()).getRawQuery()};
        const Poco::Net::HTMLForm form(request, request.stream());
        return {Binding::Post, form.get("SAMLRequest", ""), form.get("RelayState", ""), ""};
    }

    Pagina choose(AccessoChiesto chiesto)
    {
        ctemplate::TemplateDictionary dictionary("idp_scelta");
        dictionary.SetValue("TITOLO", chiesto.cie ? "CIE dimostrativa" : "IdP dimostrativo");
        dictionary.SetValue("CHI", chiesto.sp.parte.entityId);
        dictionary.SetValue("LIVELLO", chiesto.livello.substr(chiesto.livello.find_last_of('L') + 1));
        for (const std::string& name : chiesto.attributi)
            dictionary.AddSectionDictionary("ATTRIBUTO")->SetValue("NOME", name);
        for (const Identita& persona : cittadiniDemo()) {
            auto* row = dictionary.AddSectionDictionary("PERSONA");
            row->SetValue("CHIAVE", persona.codiceFiscale);
            row->SetValue("NOME", fullName(persona.nome, persona.cognome));
            row->SetValue("DESCRIZIONE", isComplete(persona) ? "profilo completo" : "profilo da completare");
        }
        for (const auto& [number, text] : kErrori) {
            auto* row = dictionary.AddSectionDictionary("ERRORE");
            row->SetIntValue("NUMERO", number);
            row->SetValue("TESTO", text);
        }
        dictionary.SetValue("ACCESSO", accessi_.keep(std::move(chiesto)));
        return {HTTPResponse::HTTP_OK, "text/html; charset=utf-8", expanded("idp_scelta.html", dictionary), "", "", ""};
    }

    Pagina chosen(const Poco::Net::HTMLForm& form)
    {
        const auto chiesto = accessi_.take(form.get("accesso", ""));
        if (!chiesto)
            return plain(HTTPResponse::HTTP_GONE, "Questo accesso è già concluso: torna al servizio e ricomincia.");
        const int errore = std::atoi(form.get("errore", "0").c_str());
        const auto persona = personOf(form.get("persona", ""));
        // Who chose neither, went away.
        const std::string field = persona && errore == 0 ? provider_.accept(*chiesto, *persona, now())
                                                         : provider_.refuse(*chiesto, errore == 0 ? 25 : errore, now());
        return carried(
            {Binding::Post, chiesto->sp.acs, {{"SAMLResponse", field}, {"RelayState", chiesto->relayState}}, ""});
    }

    /// A page that sends a message on by itself, or at a click where scripts do not run.
    Pagina carried(const Invio& invio)
    {
        if (invio.binding == Binding::Redirect)
            return {HTTPResponse::HTTP_SEE_OTHER, "text/plain", "", invio.indirizzo, "", ""};
        const std::string nonce = gateways::saml::newId().substr(1);
        ctemplate::TemplateDictionary dictionary("idp_invio");
        dictionary.SetValue("INDIRIZZO", invio.indirizzo);
        dictionary.SetValue("NONCE", nonce);
        for (const auto& [name, value] : invio.campi) {
            auto* row = dictionary.AddSectionDictionary("CAMPO");
            row->SetValue("NOME", name);
            row->SetValue("VALORE", value);
        }
        return {HTTPResponse::HTTP_OK,
                "text/html; charset=utf-8",
                expanded("idp_invio.html", dictionary),
                "",
                originOf(invio.indirizzo),
                nonce};
    }

    std::string expanded(const char* name, const ctemplate::TemplateDictionary& dictionary) const
    {
        std::string body;
        ctemplate::ExpandTemplate((templates_ / name).string(), ctemplate::DO_NOT_STRIP, &dictionary, &body);
        return body;
    }

    const ProviderDiProva& provider_;
    AccessiInCorso& accessi_;
    std::filesystem::path templates_;
};

std::string readFile(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}

std::string AccessiInCorso::keep(AccessoChiesto chiesto)
{
    const std::lock_guard lock(mutex_);
    std::string token = gateways::saml::newId();
    accessi_.emplace(token, std::move(chiesto));
    order_.push_back(token);
    if (order_.size() > kMostLogins) {
        accessi_.erase(order_.front());
        order_.erase(order_.begin());
    }
    return token;
}

std::optional<AccessoChiesto> AccessiInCorso::take(const std::string& token)
{
    const std::lock_guard lock(mutex_);
    auto node = accessi_.extract(token);
    return node.empty() ? std::nullopt : std::optional{std::move(node.mapped())};
}

PagineIdp::PagineIdp(ProviderDiProva provider, std::filesystem::path templates)
    : provider_(std::move(provider)),
      templates_(std::move(templates))
{
}

Poco::Net::HTTPRequestHandler* PagineIdp::createRequestHandler(const HTTPServerRequest&)
{
    return new SportelloIdp(provider_, accessi_, templates_);
}

std::string fetchFromLoopback(const std::string& url)
{
    const Poco::URI uri(url);
    if (uri.getScheme() != "http" || (uri.getHost() != "127.0.0.1" && uri.getHost() != "localhost"))
        throw Rifiutata(gateways::saml::Motivo::Emittente, "chi la fa non è su questa macchina");
    Poco::Net::HTTPClientSession session("127.0.0.1", uri.getPort());
    session.setTimeout(Poco::Timespan(10, 0));
    Poco::Net::HTTPRequest request("GET", uri.getPathAndQuery(), Poco::Net::HTTPMessage::HTTP_1_1);
    session.sendRequest(request);
    HTTPResponse response;
    std::string body;
    Poco::StreamCopier::copyToString(session.receiveResponse(response), body);
    if (response.getStatus() != HTTPResponse::HTTP_OK)
        throw Rifiutata(gateways::saml::Motivo::Emittente, "i metadata di chi la fa non si leggono");
    return body;
}

gateways::saml::CoppiaChiave keyIn(const std::optional<std::filesystem::path>& folder, const std::string& base)
{
    if (folder && exists(*folder / "idp-certificato.pem"))
        return {readFile(*folder / "idp-chiave.pem"), readFile(*folder / "idp-certificato.pem")};
    auto made = gateways::saml::makeCoppiaChiave({base, "IdP dimostrativo", "localhost", "Trento", "prova"}, now(),
                                                 std::chrono::days{3650});
    if (folder) {
        create_directories(*folder);
        std::ofstream(*folder / "idp-chiave.pem", std::ios::binary) << made.chiave;
        permissions(*folder / "idp-chiave.pem",
                    std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        std::ofstream(*folder / "idp-certificato.pem", std::ios::binary) << made.certificato;
    }
    return made;
}

}
