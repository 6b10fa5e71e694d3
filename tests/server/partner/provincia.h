#pragma once

#include "server/actions/partner.h"
#include "server/gateways/certificato_partner.h"
#include "server/http/routes.h"
#include "tests/support/autorita_carte.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <nlohmann/json.hpp>

#include <QTest>

namespace sdc::tests {

inline constexpr const char* kPassword = "treni-lenti-notturni";

/// "giscom:demo" as RFC 7617 has it; made by Qt, which is none of ours.
inline std::string basic(const std::string& username, const std::string& password)
{
    return "Basic " + (q(username) + QLatin1Char(':') + q(password)).toUtf8().toBase64().toStdString();
}

struct Answer
{
    int status = 0;
    nlohmann::json body;
    std::map<std::string, std::string> headers;
};

/// Keys take their time: all tests have the same authority.
inline const AutoritaCarte& someAuthority()
{
    static const AutoritaCarte autorita("CA di un partner", instant("2026-11-23T10:00:00Z"));
    return autorita;
}

inline CoppiaPem clientPair(Instant da, Instant fino)
{
    Tessera tessera;
    tessera.nomiComuni = {"gestionale.esempio.it"};
    tessera.da = da;
    tessera.fino = fino;
    return someAuthority().issue(tessera);
}

inline std::string derOf(const std::string& pem)
{
    const QString text = q(pem);
    const auto begin = text.indexOf(QLatin1String("-----BEGIN CERTIFICATE-----")) + 27;
    const QString inside = text.mid(begin, text.indexOf(QLatin1String("-----END")) - begin);
    return QByteArray::fromBase64(inside.toLatin1()).toStdString();
}

/// Two enti; the partner giscom is of the first.
struct Provincia : World
{
    explicit Provincia(const QString& database) : World(database), altra(addEnte("altra"))
    {
        add(room(), "giscom", RuoloPartner::Pratiche);
    }

    void add(const Room& where, const std::string& username, RuoloPartner ruolo = RuoloPartner::Pratiche)
    {
        actions::addPartner(*where.database, {{}, username, "Gestionale", ruolo, true}, kPassword, now());
    }

    CertificatoPartner registerPair(const CoppiaPem& coppia, const std::string& username = "giscom")
    {
        const auto certificato = gateways::readCertificatoPartner(coppia.certificato);
        actions::addCertificato(database(), username, certificato, now());
        return certificato;
    }

    Answer ask(http::Request& request)
    {
        if (request.method.empty())
            request.method = "GET";
        if (request.path.empty())
            request.path = "/api/v1.0/services";
        if (request.address.empty()) {
            request.address = "127.0.0.1";
            request.loopback = true;
        }
        request.headers.emplace("host", "x");
        Context context = World::context();
        context.room = nullptr;
        http::NoBody body;
        const http::Response response = http::respond(http::routes(), request, context, body);
        Answer answer{response.status, {}, {}};
        if (const auto* text = http::textOf(response))
            answer.body = nlohmann::json::parse(*text, nullptr, false);
        for (const auto& [name, value] : response.headers)
            answer.headers[name] = value;
        return answer;
    }

    Answer askAs(const std::string& username, const std::string& password, const std::string& path = "")
    {
        http::Request request;
        request.path = path;
        request.headers["authorization"] = basic(username, password);
        return ask(request);
    }

    Answer show(const std::string& der, const std::string& path = "")
    {
        http::Request request;
        request.path = path;
        request.certificato = der;
        request.cifrata = true;
        return ask(request);
    }

    long long logged(const char* azione)
    {
        return numberOf(database(), ("SELECT COUNT(*) FROM attivita WHERE tipo_attore = 'partner' AND azione = '" +
                                     std::string{azione} + "'")
                                        .c_str());
    }

    Room& altra;
};

/// The kind of database that the test's row names.
inline QString databaseOfRow()
{
    QFETCH_GLOBAL(QString, database);
    return database;
}

}
