#include "server/termini.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/ente/ente.h"
#include "server/context.h"
#include "server/store/attivita.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace sdc::termini {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestFile = 1024 * 1024;
constexpr std::size_t kMost = 50;
constexpr std::size_t kLongestTitle = 200;
constexpr std::size_t kLongestText = 50000;

void need(bool right, const std::string& where, const std::string& what)
{
    if (!right)
        throw Invalid(where + ": " + what + ".");
}

std::string paragraphs(const json& testo, const std::string& where)
{
    need(testo.is_array() && !testo.empty(), where, "\"testo\" è un elenco di capoversi");
    std::string text;
    for (const json& one : testo) {
        need(one.is_string(), where, "\"testo\" è un elenco di capoversi");
        const std::string line = trim(one.get<std::string>());
        need(!line.empty() && line.find('\n') == std::string::npos, where, "un capoverso è una riga non vuota");
        text += (text.empty() ? "" : "\n") + line;
    }
    need(codePoints(text) <= kLongestText, where, "il testo è lungo al massimo 50.000 caratteri");
    return text;
}

store::Termine toTermine(const json& j, const std::string& where)
{
    need(j.is_object(), where, "serve un oggetto");
    for (const auto& [name, value] : j.items())
        need(name == "chiave" || name == "titolo" || name == "obbligatorio" || name == "testo", where,
             "\"" + name + "\" non è un nome conosciuto");
    for (const char* name : {"chiave", "titolo"})
        need(j.contains(name) && j[name].is_string(), where, "manca \"" + std::string{name} + "\"");
    need(j.contains("obbligatorio") && j["obbligatorio"].is_boolean(), where, "\"obbligatorio\" è true oppure false");
    store::Termine termine;
    termine.chiave = j["chiave"];
    termine.titolo = trim(j["titolo"].get<std::string>());
    termine.obbligatorio = j["obbligatorio"];
    need(isSlug(termine.chiave), where, "\"chiave\" è fatta di lettere minuscole, cifre e trattini, da 2 a 40");
    need(!termine.titolo.empty() && codePoints(termine.titolo) <= kLongestTitle, where,
         "\"titolo\" è lungo da 1 a 200 caratteri");
    termine.testo = paragraphs(j.value("testo", json{}), where);
    return termine;
}

std::string described(const store::Termine& termine)
{
    return termine.chiave + "\t" + termine.titolo;
}

}

std::vector<store::Termine> read(const std::string& text)
{
    need(text.size() <= kLongestFile && isCleanUtf8(text), "testi", "il file è UTF-8, al massimo 1 MB");
    const json all = json::parse(text, nullptr, false);
    need(!all.is_discarded() && all.is_array() && !all.empty() && all.size() <= kMost, "testi",
         "il file è un elenco JSON, da 1 a 50 testi");
    std::vector<store::Termine> termini;
    std::set<std::string> keys;
    for (const json& one : all) {
        const std::string where = "testo " + std::to_string(termini.size() + 1);
        termini.push_back(toTermine(one, where));
        need(keys.insert(termini.back().chiave).second, where, "la chiave c'è già");
    }
    return termini;
}

std::string import(const Room& room, const std::string& text, Instant now)
{
    std::string said;
    store::Transaction transaction(*room.database);
    for (const store::Termine& termine : read(text)) {
        const bool changed = store::importTermine(transaction, termine, now);
        said += described(termine) + "\t" + (changed ? "nuova versione" : "invariato") + "\n";
        if (changed)
            store::log(transaction, {"sistema", "", "termini importati", "termine:" + termine.chiave, ""}, now);
    }
    transaction.commit();
    return said;
}

std::string list(const Room& room)
{
    std::string said;
    for (const auto& versione : store::versioniTermini(*room.database)) {
        said += described(versione.termine) + "\tversione " + std::to_string(versione.termine.versione) + "\t" +
                (versione.termine.obbligatorio ? "obbligatorio" : "facoltativo") + "\tdal " + toIso(versione.dal) +
                "\taccettato da " + std::to_string(versione.accettazioni) +
                (versione.ritirato ? "\tritirato " + toIso(*versione.ritirato) : "") + "\n";
    }
    return said.empty() ? "nessun testo\n" : said;
}

void withdraw(const Room& room, const std::string& chiave, Instant now)
{
    store::Transaction transaction(*room.database);
    if (!store::withdrawTermine(transaction, chiave, now))
        throw NotFound("Non c'è alcun testo in uso con questa chiave.");
    store::log(transaction, {"sistema", "", "termine ritirato", "termine:" + chiave, ""}, now);
    transaction.commit();
}

}
