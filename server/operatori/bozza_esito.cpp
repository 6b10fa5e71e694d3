#include "server/actions/bozza_esito.h"
#include "core/api/pratica_json.h"
#include "core/base/error.h"
#include "server/operatori/dettaglio.h"
#include "server/operatori/handlers.h"
#include "server/store/bozze_esito.h"

#include <nlohmann/json.hpp>

namespace sdc::operatori {
namespace {

actions::BozzaEsitoScritta read(const std::string& body)
{
    const auto json = nlohmann::json::parse(body, nullptr, false);
    const auto isText = [&json](const char* key) { return json.contains(key) && json[key].is_string(); };
    if (!json.is_object() || !isText("esito") || !isText("motivazione") || !json.contains("passo") ||
        !json["passo"].is_number_integer())
        throw Invalid("Servono esito, motivazione e passo.");
    const auto passo = json["passo"].get<std::int64_t>();
    return {json["esito"], json["motivazione"], passo == 1 || passo == 2 ? static_cast<int>(passo) : 0};
}

}

http::Response keepBozzaEsito(const http::Request& request, Context& context)
{
    const Id<Pratica> id = idOf(request);
    actions::keepBozzaEsito(context, id, read(request.body));
    // With the time of the server's clock, by which the program tells the newer of two.
    const auto kept = store::bozzaEsito(context.database(), id, context.operatore->id);
    if (!kept)
        throw Conflict("La pratica è cambiata nel frattempo: ricaricala.");
    return http::json(
        nlohmann::json(api::BozzaEsito{kept->esito, kept->motivazione, kept->passo, kept->salvata}).dump());
}

http::Response dropBozzaEsito(const http::Request& request, Context& context)
{
    actions::dropBozzaEsito(context, idOf(request));
    return {204, {}, std::string{}};
}

}
