#pragma once

#include "server/http/routes.h"
#include "server/secrets/totp.h"
#include "server/store/sql.h"
#include "tests/support/makers.h"
#include "tests/support/workshop.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace sdc::tests {

struct Answer
{
    int status = 0;
    nlohmann::json body;
    std::string text;
    std::map<std::string, std::string> headers;
};

/// The bytes of a secret as people are shown it.
inline std::string fromBase32(const std::string& text)
{
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    unsigned bits = 0;
    int held = 0;
    for (const char c : text) {
        bits = (bits << 5U) | static_cast<unsigned>(alphabet.find(c));
        held += 5;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>((bits >> static_cast<unsigned>(held)) & 255U);
        }
    }
    return bytes;
}

/// Programs, browsers and mailboxes around a server without sockets.
struct Office : Workshop
{
    explicit Office(const QString& database) : Workshop(database), anna(addOperatore(makeOperatore("anna")))
    {
        Operatore one = makeOperatore("capo");
        one.ruolo = Ruolo::Amministratore;
        capo = addOperatore(one);
    }

    Answer send(http::Request request, const std::string& rete)
    {
        request.address = rete;
        request.headers["host"] = "x";
        Context context = World::context();
        context.room = nullptr;
        http::NoBody body;
        const http::Response response = http::respond(http::routes(), request, context, body);
        Answer answer;
        answer.status = response.status;
        if (const auto* text = http::textOf(response))
            answer.text = *text;
        answer.body = nlohmann::json::parse(answer.text, nullptr, false);
        for (const auto& [name, value] : response.headers)
            answer.headers[name] = value;
        return answer;
    }

    Answer ask(const char* method, const std::string& path, const std::string& token,
               const nlohmann::json& body = nlohmann::json::object(), const std::string& rete = "192.0.2.1")
    {
        http::Request request;
        request.method = method;
        request.path = "/prova/api/operatori/v1/" + path;
        request.body = body.dump();
        if (!token.empty())
            request.headers["authorization"] = "Bearer " + token;
        if (chiavi.contains(token))
            request.headers["stanza-conferma"] = chiavi[token];
        return send(std::move(request), rete);
    }

    Answer login(const std::string& username, const std::string& password = "demo-stanza",
                 const std::string& codice = "")
    {
        nlohmann::json body{{"username", username}, {"password", password}};
        if (!codice.empty())
            body["codice"] = codice;
        return ask("POST", "accesso", "", body);
    }
    /// What is typed to confirm: the key that comes back goes with all that this session asks from then on.
    Answer confirm(const std::string& token, const nlohmann::json& typed = {{"password", "demo-stanza"}},
                   const std::string& rete = "192.0.2.1")
    {
        Answer answer = ask("POST", "accesso/conferma", token, typed, rete);
        if (answer.status == 201)
            chiavi[token] = answer.body.at("chiave");
        return answer;
    }
    /// A session that has confirmed.
    std::string confirmedToken(const std::string& username)
    {
        std::string opened = token(username);
        confirm(opened);
        return opened;
    }
    /// Turns a second factor on; its secret.
    std::string enrol(const std::string& token)
    {
        const Answer begun = ask("POST", "accesso/secondo-fattore", token, {{"password", "demo-stanza"}});
        std::string secret = fromBase32(begun.body.at("segreto"));
        ask("POST", "accesso/secondo-fattore/conferma", token, {{"codice", codeNow(secret)}});
        return secret;
    }
    std::string token(const std::string& username) { return login(username).body.at("token"); }

    Answer page(const std::string& path, const http::Fields& query = {})
    {
        http::Request request;
        request.method = "GET";
        request.path = "/prova/" + path;
        request.query = query;
        return send(std::move(request), "192.0.2.1");
    }
    Answer post(const std::string& path, const http::Fields& form, const std::string& rete = "192.0.2.1")
    {
        http::Request request;
        request.method = "POST";
        request.path = "/prova/" + path;
        request.form = form;
        return send(std::move(request), rete);
    }

    /// The code in the last mail; empty where it brings none.
    std::string codeInMail()
    {
        runAll();
        if (posta.mails.empty())
            return {};
        const std::string& text = posta.mails.back().testo;
        const auto at = text.find("?codice=");
        return at == std::string::npos ? "" : text.substr(at + 8, text.find_first_of(" \n\r", at) - at - 8);
    }
    Answer reset(const std::string& codice, const std::string& password)
    {
        return post("nuova-password", {{"codice", codice}, {"password", password}, {"ripetuta", password}});
    }

    std::string codeNow(const std::string& secret, int steps = 0) const
    {
        const auto step = now().time_since_epoch().count() / 30 + steps;
        return secrets::hotp(secret, static_cast<std::uint64_t>(step));
    }

    Operatore anna;
    Operatore capo;
    std::map<std::string, std::string> chiavi;
};

inline std::string textIn(store::Reader& reader, const char* query)
{
    std::string text;
    store::Sql(reader, query).into(text).next();
    return text;
}

inline void execute(store::Database& database, const char* statement)
{
    store::Transaction transaction(database);
    store::Sql(transaction, statement).run();
    transaction.commit();
}

inline nlohmann::json conto(const std::string& username)
{
    return {{"username", username},
            {"nome", "Carla"},
            {"cognome", "Neri"},
            {"email", "carla@comune.esempio.it"},
            {"ruolo", "operatore"},
            {"tutti_servizi", false},
            {"servizi", {"permesso-prova"}}};
}

/// The account as it is, to be changed.
inline nlohmann::json bodyOf(const Operatore& o)
{
    return {{"nome", o.nome},
            {"cognome", o.cognome},
            {"email", o.email},
            {"ruolo", o.ruolo == Ruolo::Amministratore ? "amministratore" : "operatore"},
            {"tutti_servizi", o.tuttiServizi},
            {"servizi", o.servizi}};
}

}
