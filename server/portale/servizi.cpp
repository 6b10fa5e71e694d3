#include "server/portale/servizi.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "server/portale/frame.h"
#include "server/portale/handlers.h"
#include "server/portale/testi.h"
#include "server/store/pratiche.h"

#include <algorithm>

namespace sdc::portale {
namespace {

store::FiltroServizi readFilter(const http::Request& request)
{
    return {trim(request.queryField("cerca")), request.queryField("categoria"), request.queryField("evento"),
            request.queryField("pubblico")};
}

bool isSet(const store::FiltroServizi& filtro)
{
    return !filtro.cerca.empty() || !filtro.categoria.empty() || !filtro.eventoDellaVita.empty() ||
           !filtro.pubblico.empty();
}

/// The filter as it follows ?vista= in an address.
std::string asQuery(const store::FiltroServizi& filtro)
{
    std::string query;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty())
            query += std::string{"&"} + name + "=" + http::encodeUrl(value);
    };
    add("cerca", filtro.cerca);
    add("categoria", filtro.categoria);
    add("evento", filtro.eventoDellaVita);
    add("pubblico", filtro.pubblico);
    return query;
}

/// Each view has a title of its own.
Section titleOf(const store::FiltroServizi& filtro, bool columns)
{
    std::string words;
    for (const std::string* word : {&filtro.cerca, &filtro.categoria, &filtro.eventoDellaVita, &filtro.pubblico}) {
        if (!word->empty())
            words += (words.empty() ? "" : ", ") + *word;
    }
    if (words.empty())
        return {columns ? "SERVIZI_COLONNE" : "SERVIZI", {}};
    return {columns ? "SERVIZI_FILTRATI_COLONNE" : "SERVIZI_FILTRATI", {{"FILTRO", words}}};
}

void addChoices(http::Page& page, const std::string& section, const std::vector<std::string>& values,
                const std::string& chosen)
{
    for (const std::string& value : values)
        page.add(section).set("VALORE", value).showIf("SCELTO", value == chosen);
}

void fillFilter(http::Page& page, const store::FiltroServizi& filtro, const store::FiltriPossibili& possible)
{
    page.set("CERCA", filtro.cerca).set("FILTRI", asQuery(filtro));
    addChoices(page, "CATEGORIA", possible.categorie, filtro.categoria);
    if (!possible.eventi.empty())
        addChoices(page.add("CON_EVENTI"), "EVENTO", possible.eventi, filtro.eventoDellaVita);
    if (!possible.pubblico.empty())
        addChoices(page.add("CON_PUBBLICO"), "PUBBLICO", possible.pubblico, filtro.pubblico);
}

/// What the service asks of who uses it, beyond what all do.
void fillRequisiti(http::Page& page, const store::VoceServizio& voce)
{
    if (voce.livelloAccesso > Servizio{}.livelloAccesso)
        page.add("CON_LIVELLO").set("LIVELLO", voce.livelloAccesso);
    if (voce.etaMinima > 0)
        page.add("CON_ETA").set("ETA", voce.etaMinima);
}

void fillServizio(http::Page& page, const store::VoceServizio& voce)
{
    fillRequisiti(page, voce);
    page.set("SLUG", voce.slug).set("NOME", voce.nome).set("DESCRIZIONE", voce.descrizioneBreve);
    page.showIf("SOSPESO", voce.attivazione == Attivazione::Sospeso);
}

/// The columns: each area once, its services beside it.
void fillColumns(http::Page& page, std::vector<store::VoceServizio> servizi)
{
    std::stable_sort(servizi.begin(), servizi.end(),
                     [](const auto& a, const auto& b) { return fold(a.categoria) < fold(b.categoria); });
    http::Page& columns = page.add("COLONNE");
    for (auto first = servizi.begin(); first != servizi.end();) {
        const auto last =
            std::find_if(first, servizi.end(), [&](const auto& s) { return s.categoria != first->categoria; });
        http::Page& area = columns.add("AREA");
        for (auto one = first; one != last; ++one) {
            http::Page& row = area.add("SERVIZIO");
            fillServizio(row, *one);
            if (one == first)
                row.add("PRIMO").set("CATEGORIA", one->categoria).set("RIGHE", last - first);
        }
        first = last;
    }
}

void fillResult(http::Page& page, std::size_t number)
{
    http::Page& result = page.add("FILTRATO");
    result.showIf("NESSUN_RISULTATO", number == 0).showIf("UN_RISULTATO", number == 1);
    if (number > 1)
        result.add("PIU_RISULTATI").set("NUMERO", static_cast<long long>(number));
}

void addFeatured(http::Page& page, const std::vector<store::VoceServizio>& servizi)
{
    std::vector<store::VoceServizio> featured;
    std::copy_if(servizi.begin(), servizi.end(), std::back_inserter(featured),
                 [](const auto& s) { return s.inPrimoPiano; });
    if (!featured.empty())
        addCards(page.add("IN_PRIMO_PIANO"), featured);
}

void addScheda(http::Page& page, const char* section, const Capoversi& testo, const std::string& ente)
{
    if (!testo.empty())
        includeTesto(page.add(section), "TESTO", testo, ente);
}

void fillScheda(http::Page& page, const SchedaInformativa& scheda, const std::string& ente)
{
    includeTesto(page, "DESCRIZIONE", scheda.descrizione, ente);
    addScheda(page, "DESTINATARI", scheda.destinatari, ente);
    addScheda(page, "COSA_SERVE", scheda.cosaServe, ente);
    addScheda(page, "COSA_SI_OTTIENE", scheda.cosaSiOttiene, ente);
    addScheda(page, "TEMPI", scheda.tempi, ente);
    addScheda(page, "COSTI", scheda.costi, ente);
    addScheda(page, "UFFICIO", scheda.ufficio, ente);
}

/// New requests where the service is active; where it is suspended, those begun go on (E3).
bool isOpenTo(const Context& context, const store::VoceServizio& voce)
{
    if (voce.attivazione == Attivazione::Attivo)
        return true;
    return context.accesso && !store::bozze(context.database(), context.cittadino().id, voce.slug).empty();
}

}

void addCards(http::Page& page, const std::vector<store::VoceServizio>& servizi)
{
    for (const store::VoceServizio& voce : servizi) {
        http::Page& card = page.add("SERVIZIO").include("SCHEDA", "parts/scheda_servizio.html");
        fillServizio(card, voce);
        card.set("CATEGORIA", voce.categoria);
    }
}

http::Response servizi(const http::Request& request, Context& context)
{
    const store::FiltroServizi filtro = readFilter(request);
    const bool columns = request.queryField("vista") == "colonne";
    const auto found = store::servizi(context.database(), filtro);
    return render(request, context, {"servizi.html", titleOf(filtro, columns), Menu::Servizi}, [&](http::Page& page) {
        fillFilter(page, filtro, store::filtriPossibili(context.database()));
        page.show(columns ? "VISTA_COLONNE" : "VISTA_GRIGLIA");
        if (isSet(filtro))
            fillResult(page, found.size());
        else
            addFeatured(page, found);
        page.showIf("VUOTO", !isSet(filtro) && found.empty());
        if (columns && !found.empty())
            fillColumns(page, found);
        if (!columns && !found.empty())
            addCards(page.add("GRIGLIA"), found);
    });
}

http::Response servizio(const http::Request& request, Context& context)
{
    const auto attuale = store::findServizio(context.database(), request.param("servizio"));
    if (!attuale)
        throw NotFound("Il servizio non esiste o non è attivo in questo comune.");
    const store::VoceServizio& voce = attuale->voce;
    const Frame frame{"servizio.html", {"SERVIZIO", {{"NOME", voce.nome}}}, Menu::Servizi, {{{"SERVIZI", {}}}}};
    return render(request, context, frame, [&](http::Page& page) {
        page.set("NOME", voce.nome).set("SLUG", voce.slug).set("CATEGORIA", voce.categoria);
        page.set("DESCRIZIONE_BREVE", voce.descrizioneBreve);
        page.showIf("ATTIVO", voce.attivazione == Attivazione::Attivo);
        page.showIf("SOSPESO", voce.attivazione == Attivazione::Sospeso);
        page.showIf("CON_PAGAMENTO", attuale->definizione->servizio.pagamento);
        page.showIf("ACCEDI", isOpenTo(context, voce));
        fillRequisiti(page, voce);
        fillScheda(page, attuale->definizione->servizio.scheda, context.ente().nome);
        for (const auto& one : store::serviziOf(context.database(), voce.categoria))
            page.add("VICINO").set("SLUG", one.slug).set("NOME", one.nome).showIf("QUESTO", one.slug == voce.slug);
    });
}

}
