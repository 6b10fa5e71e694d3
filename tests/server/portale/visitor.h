#pragma once

#include "server/actions/accesso_cittadino.h"
#include "server/cittadini_demo.h"
#include "server/doors/doors.h"
#include "server/gateways/registro_idp.h"
#include "server/http/form.h"
#include "server/http/router.h"
#include "server/http/routes.h"
#include "server/http/templates.h"
#include "server/rooms.h"
#include "server/secrets/password.h"
#include "server/secrets/token.h"
#include "server/store/servizi.h"
#include "server/store/termini.h"
#include "tests/support/makers.h"

#include <QTemporaryDir>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string>

namespace sdc::tests {

inline constexpr const char* kMario = "RSSMRA72H25H612H";  // a complete profile
inline constexpr const char* kGiulia = "BNCGLI85C52L378P"; // a complete profile
inline constexpr const char* kLuca = "VRDLCU90A01H612Q";   // no email, mobile, residence

/// A server without sockets, with one ente that offers one service and asks for one consent; its clock stands still.
struct Site
{
    QTemporaryDir folder;
    Config config;
    http::Templates templates{SDC_SHARE_DIR};
    /// Its providers' metadata lie in the folder's "idp".
    gateways::Identificazione identita{
        gateways::RegistroIdp{{{}, {}, {folder.filePath(QStringLiteral("idp")).toStdString()}, {}}}, {}};
    Instant moment = instant("2026-11-23T09:00:00Z");
    std::unique_ptr<Rooms> rooms;

    explicit Site(const std::string& servizio = servizioJson())
    {
        config.cartella = folder.path().toStdString();
        rooms = std::make_unique<Rooms>(config, [this] { return moment; });
        Room& room = rooms->add({"rovereto", "Comune di Rovereto", "Provincia autonoma di Trento", "c_h612", "c_h612",
                                 "Piazza Podestà, 11", "+39 0464 452111", "", "00125390229", "urp@esempio.it",
                                 "pec@esempio.it", "rovereto.svg"});
        store::Transaction transaction(*room.database);
        store::importServizio(transaction, servizio, moment);
        store::importTermine(transaction,
                             {"", "dati-personali", 0, "Consenso al trattamento dei dati personali", "Testo.", true},
                             moment);
        transaction.commit();
    }

    Room& room() { return *rooms->find("rovereto"); }

    void importServizio(const std::string& json)
    {
        store::Transaction transaction(*room().database);
        store::importServizio(transaction, json, moment);
        transaction.commit();
    }
    /// A newer version of a text to accept.
    void addTermine(const std::string& chiave, const std::string& testo)
    {
        store::Transaction transaction(*room().database);
        store::importTermine(transaction, {"", chiave, 0, "Consenso al trattamento dei dati personali", testo, true},
                             moment);
        transaction.commit();
    }
};

/// A body that is in the request already, but counts as one that was sent.
class ReadBody : public http::Body
{
public:
    std::int64_t length() const override { return 1; }
    void read(http::Request&, http::Carries, const Context&, const std::string&) override {}
};

/// A browser: keeps cookies and the CSRF word of the last page.
class Visitor
{
public:
    explicit Visitor(Site& site) : site_(site) {}

    http::Response get(const std::string& target) { return send("GET", target, {}); }

    /// Posts with the page's CSRF word as first field.
    http::Response post(const std::string& target, http::Fields fields, std::vector<http::Upload> uploads = {})
    {
        fields.insert(fields.begin(), {"csrf", csrf_});
        return send("POST", target, std::move(fields), std::move(uploads));
    }

    http::Response send(const std::string& method, const std::string& target, http::Fields form,
                        std::vector<http::Upload> uploads = {})
    {
        http::Request request;
        request.method = method;
        const auto question = std::min(target.find('?'), target.size());
        request.path = target.substr(0, target.find_first_of("?#"));
        request.queryText = question < target.size() ? target.substr(question + 1) : "";
        request.query = http::parseQuery(request.queryText);
        request.cookies = cookies_;
        request.address = "127.0.0.1";
        request.form = std::move(form);
        request.uploads = std::move(uploads);
        return answer(std::move(request));
    }

    /// As a program asks, that has a body of its own.
    http::Response sendBody(const std::string& target, const std::string& content)
    {
        http::Request request;
        request.method = "POST";
        request.path = target;
        request.address = "127.0.0.1";
        request.body = content;
        return answer(std::move(request));
    }

    http::Response answer(http::Request request)
    {
        Context context = makeContext();
        ReadBody body;
        http::Response response = http::respond(http::routes(), request, context, body);
        remember(response);
        return response;
    }

    /// Follows redirects; says where it ended.
    http::Response follow(http::Response response)
    {
        for (int i = 0; i < 8 && response.status == 303; ++i) {
            at_ = locationOf(response);
            response = get(at_);
        }
        return response;
    }

    /// As when an identity provider's answer has been taken: in, and led on from the login page.
    http::Response login(const std::string& chi, const std::string& ritorno = "")
    {
        return login(personOf(chi), ritorno);
    }
    http::Response login(const Identita& person, const std::string& ritorno = "")
    {
        Context context = makeContext();
        context.room = &site_.room();
        const std::string name = doors::cookieName(context);
        const std::string before = cookies_.contains(name) ? secrets::hashOf(cookies_[name]) : "";
        entered_ = {};
        entered_.cookie(name, actions::login(context, person, {"Browser di prova", std::nullopt, before}).token);
        remember(entered_);
        const auto page = get("/rovereto/accesso?ritorno=" + ritorno);
        get("/rovereto/profilo");
        return page;
    }

    /// Logs in, accepts the terms; the identity must bring a complete profile.
    void enter(const std::string& chi) { enter(personOf(chi)); }
    void enter(const Identita& person)
    {
        login(person);
        const std::string page = text(get("/rovereto/termini"));
        if (page.find("name=\"consenso\"") != std::string::npos)
            post("/rovereto/termini", {{"consenso", between(page, "name=\"consenso\" id=\"campo-termine_", "\"")}});
        post("/rovereto/profilo", {{"email", "mario.rossi@esempio.it"},
                                   {"cellulare", "333 1234567"},
                                   {"residenza_via", "Via Dante 12"},
                                   {"residenza_cap", "38068"},
                                   {"residenza_citta", "Rovereto"}});
        get("/rovereto/stanza");
    }

    /// One of the demonstration's, come in at this level.
    static Identita personOf(const std::string& chi, int livello = 2)
    {
        const auto people = cittadiniDemo();
        Identita person =
            *std::find_if(people.begin(), people.end(), [&](const Identita& p) { return p.codiceFiscale == chi; });
        person.livello = livello;
        return person;
    }

    const std::string& at() const { return at_; }
    /// The answer that opened the session.
    const http::Response& entered() const { return entered_; }
    const std::map<std::string, std::string, std::less<>>& cookies() const { return cookies_; }
    /// As tabs of one browser share them.
    void takeCookies(const Visitor& other) { cookies_ = other.cookies_; }

    static std::string text(const http::Response& response)
    {
        const auto* body = http::textOf(response);
        return body == nullptr ? "" : *body;
    }

    static std::string locationOf(const http::Response& response)
    {
        std::string found;
        for (const auto& [name, value] : response.headers) {
            if (name == "Location")
                found = value;
        }
        return found;
    }

    static std::string between(const std::string& text, const std::string& from, const std::string& to)
    {
        const auto begin = text.find(from);
        if (begin == std::string::npos)
            return {};
        const auto start = begin + from.size();
        return text.substr(start, text.find(to, start) - start);
    }

private:
    Context makeContext()
    {
        return {site_.config,
                site_.templates,
                site_.identita,
                *site_.rooms,
                [this] { return site_.moment; },
                nullptr,
                {},
                {},
                {}};
    }

    void remember(const http::Response& response)
    {
        for (const auto& [name, value] : response.headers) {
            if (name != "Set-Cookie")
                continue;
            const auto equals = value.find('=');
            const std::string content = value.substr(equals + 1, value.find(';') - equals - 1);
            if (content.empty())
                cookies_.erase(value.substr(0, equals));
            else
                cookies_[value.substr(0, equals)] = content;
        }
        if (const std::string word = between(text(response), "name=\"csrf\" value=\"", "\""); !word.empty())
            csrf_ = word;
    }

    Site& site_;
    std::map<std::string, std::string, std::less<>> cookies_;
    std::string csrf_;
    std::string at_;
    http::Response entered_;
};

inline bool contains(const http::Response& response, const std::string& words)
{
    return Visitor::text(response).find(words) != std::string::npos;
}

/// A file as the server's form reader hands it over.
inline http::Upload makeUpload(Site& site, const std::string& field, const std::string& name,
                               const std::string& content)
{
    http::Upload upload;
    upload.field = field;
    upload.fileName = name;
    upload.file = http::TempFile{site.room().files.temporary()};
    std::ofstream(upload.file.path(), std::ios::binary) << content;
    upload.size = static_cast<std::int64_t>(content.size());
    upload.sha256 = store::sha256OfText(content);
    upload.firstBytes = content;
    return upload;
}

inline const std::string kPdf = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";

}
