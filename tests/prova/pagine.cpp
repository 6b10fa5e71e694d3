#include "tests/prova/pagine.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>
#include <ctemplate/template.h>
#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <utility>

namespace sdc::prova {

namespace {

using nlohmann::json;
using Poco::Net::HTTPResponse;
using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;

constexpr std::string_view kMailPath = "/mail/";
constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'";

constexpr std::array<std::pair<std::string_view, Guasto>, 6> kGuasti{{
    {"nessuno", Guasto::Nessuno},
    {"rifiuta", Guasto::Rifiuta},
    {"inoltro", Guasto::Inoltro},
    {"temporaneo", Guasto::Temporaneo},
    {"lento", Guasto::Lento},
    {"muto", Guasto::Muto},
}};

struct Risposta
{
    HTTPResponse::HTTPStatus status = HTTPResponse::HTTP_OK;
    std::string type = "text/plain; charset=utf-8";
    std::string body;
};

Risposta jsonAnswer(const json& value, HTTPResponse::HTTPStatus status = HTTPResponse::HTTP_OK)
{
    return {status, "application/json", value.dump(-1, ' ', false, json::error_handler_t::replace)};
}

json jsonOf(const Ricevuta& mail)
{
    return {{"messageId", mail.letta.messageId}, {"da", mail.letta.da},       {"a", mail.a},
            {"oggetto", mail.letta.oggetto},     {"testo", mail.letta.testo}, {"html", mail.letta.html}};
}

std::string_view nameOf(Guasto wanted)
{
    for (const auto& [name, guasto] : kGuasti) {
        if (guasto == wanted)
            return name;
    }
    return {};
}

/// Answers one request.
class Sportello : public Poco::Net::HTTPRequestHandler
{
public:
    Sportello(CassettaPostale& cassetta, std::filesystem::path templates)
        : cassetta_(cassetta),
          templates_(std::move(templates))
    {
    }

    void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override
    {
        const Risposta risposta = answer(request);
        response.setStatusAndReason(risposta.status);
        response.setContentType(risposta.type);
        response.set("Content-Security-Policy", kContentSecurityPolicy);
        response.set("X-Content-Type-Options", "nosniff");
        response.set("Cache-Control", "no-store");
        response.sendBuffer(risposta.body.data(), risposta.body.size());
    }

private:
    Risposta answer(HTTPServerRequest& request)
    {
        const std::string path = Poco::URI(request.getURI()).getPath();
        const std::string what = request.getMethod() + " " + path;
        if (what == "GET /")
            return list();
        if (what == "GET /api/mail")
            return allAsJson();
        if (what == "DELETE /api/mail") {
            cassetta_.clear();
            return {HTTPResponse::HTTP_NO_CONTENT, "text/plain", ""};
        }
        if (what == "GET /api/guasti")
            return jsonAnswer({{"smtp", nameOf(cassetta_.guasto())}});
        if (what == "POST /api/guasti")
            return setGuasto(request);
        if (what.starts_with("GET " + std::string(kMailPath)))
            return one(std::string_view(path).substr(kMailPath.size()));
        return {HTTPResponse::HTTP_NOT_FOUND, "text/plain; charset=utf-8", "Questa pagina non esiste.\n"};
    }

    Risposta allAsJson() const
    {
        json mails = json::array();
        for (const Ricevuta& mail : cassetta_.all())
            mails.push_back(jsonOf(mail));
        return jsonAnswer(mails);
    }

    Risposta setGuasto(HTTPServerRequest& request)
    {
        std::string body;
        Poco::StreamCopier::copyToString(request.stream(), body);
        const json wanted = json::parse(body, nullptr, false);
        const std::string name = wanted.is_object() && wanted.contains("smtp") && wanted["smtp"].is_string()
                                     ? wanted["smtp"].get<std::string>()
                                     : std::string();
        for (const auto& [known, guasto] : kGuasti) {
            if (known == name) {
                cassetta_.setGuasto(guasto);
                return jsonAnswer({{"smtp", name}});
            }
        }
        return jsonAnswer({{"errore", "Il guasto deve essere nessuno, rifiuta, temporaneo o lento."}},
                          HTTPResponse::HTTP_BAD_REQUEST);
    }

    Risposta list() const
    {
        ctemplate::TemplateDictionary dictionary("elenco");
        const auto mails = cassetta_.all();
        dictionary.SetIntValue("QUANTE", static_cast<long>(mails.size()));
        dictionary.ShowSection(mails.empty() ? "NESSUNA" : "ELENCO");
        for (const Ricevuta& mail : mails) {
            auto* row = dictionary.AddSectionDictionary("MAIL");
            row->SetIntValue("NUMERO", static_cast<long>(mail.numero));
            describe(*row, mail);
        }
        return page("elenco.html", dictionary);
    }

    Risposta one(std::string_view name) const
    {
        const bool asFile = name.ends_with(".eml");
        const std::string_view digits = asFile ? name.substr(0, name.size() - 4) : name;
        std::size_t numero = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), numero);
        const auto mail =
            error == std::errc() && end == digits.data() + digits.size() ? cassetta_.find(numero) : std::nullopt;
        if (!mail)
            return {HTTPResponse::HTTP_NOT_FOUND, "text/plain; charset=utf-8", "Questa mail non esiste.\n"};
        if (asFile)
            return {HTTPResponse::HTTP_OK, "message/rfc822", mail->eml};
        ctemplate::TemplateDictionary dictionary("mail");
        dictionary.SetIntValue("NUMERO", static_cast<long>(mail->numero));
        describe(dictionary, *mail);
        if (!mail->letta.html.empty()) {
            // Links leave the frame, which may run nothing.
            dictionary.SetValueAndShowSection("HTML", "<base target=\"_blank\">" + mail->letta.html, "CON_HTML");
        }
        if (!mail->letta.testo.empty())
            dictionary.SetValueAndShowSection("TESTO", mail->letta.testo, "CON_TESTO");
        return page("mail.html", dictionary);
    }

    static void describe(ctemplate::TemplateDictionary& dictionary, const Ricevuta& mail)
    {
        dictionary.SetValue("OGGETTO", mail.letta.oggetto.empty() ? "(senza oggetto)" : mail.letta.oggetto);
        dictionary.SetValue("DA", mail.letta.da);
        dictionary.SetValue("A", mail.a);
        dictionary.SetValue("DATA", mail.letta.data);
        dictionary.SetValue("MESSAGE_ID", mail.letta.messageId);
    }

    Risposta page(const char* name, const ctemplate::TemplateDictionary& dictionary) const
    {
        std::string body;
        if (!ctemplate::ExpandTemplate((templates_ / name).string(), ctemplate::DO_NOT_STRIP, &dictionary, &body))
            return {HTTPResponse::HTTP_INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", "Manca il modello.\n"};
        return {HTTPResponse::HTTP_OK, "text/html; charset=utf-8", std::move(body)};
    }

    CassettaPostale& cassetta_;
    std::filesystem::path templates_;
};

}

Pagine::Pagine(CassettaPostale& cassetta, std::filesystem::path templates)
    : cassetta_(cassetta),
      templates_(std::move(templates))
{
}

Poco::Net::HTTPRequestHandler* Pagine::createRequestHandler(const HTTPServerRequest&)
{
    return new Sportello(cassetta_, templates_);
}

}
