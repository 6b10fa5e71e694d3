#include "server/store/pratiche.h"
#include "core/api/pratica_json.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "server/actions/lavora.h"
#include "server/operatori/dettaglio.h"
#include "server/operatori/handlers.h"
#include "server/store/elenchi.h"
#include "server/store/ricerche.h"
#include "server/store/snapshot.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace sdc::operatori {
namespace {

constexpr std::size_t kMostRows = 200;
static_assert(kMostRows < store::kMostFound);
constexpr std::size_t kLongestSearch = 200;
constexpr std::size_t kMostNumber = 1'000'000'000;

template <class Value>
struct Parola
{
    std::string_view text;
    Value value;
};

constexpr std::array kElenchi = {
    Parola<store::ElencoOperatore>{"gestire", store::ElencoOperatore::Gestire},
    Parola<store::ElencoOperatore>{"assegnare", store::ElencoOperatore::Assegnare},
    Parola<store::ElencoOperatore>{"concluse", store::ElencoOperatore::Concluse},
    Parola<store::ElencoOperatore>{"tutte", store::ElencoOperatore::Tutte},
};

constexpr std::array kOrdini = {
    Parola<store::Ordine>{"data", store::Ordine::Data},
    Parola<store::Ordine>{"protocollo", store::Ordine::Protocollo},
    Parola<store::Ordine>{"richiedente", store::Ordine::Richiedente},
    Parola<store::Ordine>{"servizio", store::Ordine::Servizio},
    Parola<store::Ordine>{"categoria", store::Ordine::Categoria},
    Parola<store::Ordine>{"stato", store::Ordine::Stato},
};

template <class Value, std::size_t N>
Value word(const std::string& text, const std::array<Parola<Value>, N>& words, const char* name)
{
    const auto found = std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.text == text; });
    if (found == words.end())
        throw Invalid(std::string{"Valore non ammesso per \""} + name + "\".");
    return found->value;
}

std::size_t number(const std::string& text, std::size_t otherwise, std::size_t most)
{
    std::size_t value = otherwise;
    if (text.empty())
        return value;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > most)
        throw Invalid("Un numero della richiesta non è valido.");
    return value;
}

/// A cursor is the row's number and its value in the order: "NUMERO~valore".
std::string cursorOf(const store::RigaElenco& riga)
{
    return std::to_string(riga.numero) + "~" + riga.chiave;
}

std::pair<std::string, long long> readCursor(const std::string& text)
{
    const auto tilde = text.find('~');
    if (tilde == std::string::npos || tilde == 0)
        throw Invalid("Il cursore \"dopo\" non è valido.");
    return {text.substr(tilde + 1), static_cast<long long>(number(text.substr(0, tilde), 0, kMostNumber))};
}

store::FiltroElenco readFilter(const http::Request& request)
{
    store::FiltroElenco filtro;
    const std::string elenco = request.queryField("elenco");
    filtro.elenco = elenco.empty() ? store::ElencoOperatore::Tutte : word(elenco, kElenchi, "elenco");
    filtro.cerca = trim(request.queryField("cerca"));
    if (codePoints(filtro.cerca) > kLongestSearch)
        throw Invalid("Il testo da cercare è troppo lungo: al massimo 200 caratteri.");
    std::string ordina = request.queryField("ordina");
    filtro.decrescente = ordina.empty() || ordina.starts_with('-');
    if (ordina.starts_with('-'))
        ordina.erase(0, 1);
    filtro.ordine = ordina.empty() ? store::Ordine::Data : word(ordina, kOrdini, "ordina");
    filtro.da = number(request.queryField("da"), 0, kMostNumber);
    filtro.limite = std::max<std::size_t>(1, number(request.queryField("limite"), 100, kMostRows));
    if (const std::string dopo = request.queryField("dopo"); !dopo.empty())
        filtro.dopo = readCursor(dopo);
    return filtro;
}

api::Riga toApi(const store::RigaElenco& riga, const Context& context)
{
    api::Riga row;
    row.id = riga.id;
    row.protocollo = riga.protocollo;
    row.richiedente = riga.richiedente;
    row.servizio = riga.servizioNome;
    row.servizioSlug = riga.servizio;
    row.categoria = riga.categoria;
    row.dataCompilazione = riga.creata;
    row.stato = code(riga.stato);
    row.statoNome = name(riga.stato);
    if (!riga.operatore.empty())
        row.operatore = api::Assegnatario{riga.operatore, riga.operatoreNome};
    row.mia = riga.operatore == context.operatore->id;
    row.prendibile = riga.operatore.empty() && riga.protocollo && !isDecided(riga.stato) && !isFinal(riga.stato);
    return row;
}

long long totalOf(store::ElencoOperatore elenco, const store::ConteggiOperatore& conteggi)
{
    switch (elenco) {
    case store::ElencoOperatore::Gestire:
        return conteggi.gestire;
    case store::ElencoOperatore::Assegnare:
        return conteggi.assegnare;
    case store::ElencoOperatore::Concluse:
        return conteggi.concluse;
    case store::ElencoOperatore::Tutte:
        return conteggi.tutte;
    }
    return 0;
}

/// How long the list is that is asked for; its rows are there already.
void setTotal(api::ElencoPratiche& elenco, store::Reader& reader, const Context& context,
              const store::FiltroElenco& filtro, const store::ConteggiOperatore& conteggi)
{
    elenco.totale = totalOf(filtro.elenco, conteggi);
    if (filtro.cerca.empty())
        return;
    // A search that one window shows whole need not be made again to be counted.
    if (filtro.da == 0 && !filtro.dopo && elenco.righe.size() < filtro.limite) {
        elenco.totale = static_cast<long long>(elenco.righe.size());
        return;
    }
    const long long found = store::trovate(reader, *context.operatore, filtro);
    elenco.totale = std::min(found, store::kMostFound);
    elenco.parziale = found > store::kMostFound;
}

http::Response respondDettaglio(const Context& context, const Id<Pratica>& id)
{
    return http::json(nlohmann::json(dettaglio(context, id)).dump());
}

}

http::Response listPratiche(const http::Request& request, Context& context)
{
    const store::FiltroElenco filtro = readFilter(request);
    api::ElencoPratiche elenco;
    elenco.elenco = request.queryField("elenco").empty() ? "tutte" : request.queryField("elenco");
    // Who looks for somebody leaves a trace, of what they typed none; a list that goes on is the same search.
    if (!filtro.cerca.empty() && filtro.da == 0 && !filtro.dopo)
        actions::search(context, elenco.elenco);
    // All of one moment: the rows are as many as the counts say, and a change that comes after is told again.
    store::Snapshot snapshot(context.database());
    if (!filtro.cerca.empty())
        store::planForWords(snapshot);
    elenco.cambiamento = store::lastCambiamento(snapshot);
    const auto conteggi = store::conteggiOperatore(snapshot, *context.operatore);
    elenco.conteggi = {conteggi.gestire, conteggi.assegnare, conteggi.concluse, conteggi.tutte};
    const auto righe = store::elenco(snapshot, *context.operatore, filtro);
    for (const auto& riga : righe)
        elenco.righe.push_back(toApi(riga, context));
    setTotal(elenco, snapshot, context, filtro, conteggi);
    if (righe.size() == filtro.limite)
        elenco.dopo = cursorOf(righe.back());
    return http::json(nlohmann::json(elenco).dump());
}

http::Response showPratica(const http::Request& request, Context& context)
{
    actions::openPratica(context, idOf(request));
    return respondDettaglio(context, idOf(request));
}

http::Response takeCharge(const http::Request& request, Context& context)
{
    actions::takeCharge(context, idOf(request));
    return respondDettaglio(context, idOf(request));
}

http::Response release(const http::Request& request, Context& context)
{
    actions::release(context, idOf(request));
    return respondDettaglio(context, idOf(request));
}

http::Response decide(const http::Request& request, Context& context)
{
    const std::string esito = request.formField("esito");
    if (esito != "approva" && esito != "rigetta")
        throw Invalid("Scegli se approvare o rigettare la pratica.", {{"esito", "Scegli \"Approva\" o \"Rigetta\"."}});
    actions::Decisa decisa;
    decisa.esito = {esito == "approva" ? Decisione::Approva : Decisione::Rigetta, request.formField("motivazione")};
    decisa.versione = static_cast<int>(number(request.formField("versione"), 0, kMostNumber));
    decisa.chiave = request.formField("chiave");
    if (decisa.chiave.size() < 16 || decisa.chiave.size() > 64)
        throw Invalid("Manca la chiave della decisione.");
    if (const http::Upload* file = request.upload("file"))
        decisa.file =
            actions::FileInviato{file->file.path(), file->fileName, {}, file->size, file->sha256, file->firstBytes};
    actions::decide(context, idOf(request), decisa);
    return respondDettaglio(context, idOf(request));
}

}
