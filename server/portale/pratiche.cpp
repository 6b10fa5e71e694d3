#include "server/portale/handlers.h"

#include "server/portale/frame.h"
#include "server/store/pratiche.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sdc::portale {
namespace {

constexpr std::size_t kPerPage = 50;

/// A tab: its word in the address, the list behind it, its names in the template.
struct Tab
{
    std::string_view word;
    std::optional<ElencoCittadino> elenco;
    const char* here;
    const char* number;
    const char* title;
};

constexpr std::array<Tab, 8> kTabs = {{
    {"bozza", ElencoCittadino::InBozza, "QUI_BOZZA", "N_BOZZA", "PRATICHE_BOZZA"},
    {"inviate", ElencoCittadino::Inviate, "QUI_INVIATE", "N_INVIATE", "PRATICHE_INVIATE"},
    {"elaborazione", ElencoCittadino::InElaborazione, "QUI_ELABORAZIONE", "N_ELABORAZIONE", "PRATICHE_ELABORAZIONE"},
    {"accettate", ElencoCittadino::Accettate, "QUI_ACCETTATE", "N_ACCETTATE", "PRATICHE_ACCETTATE"},
    {"rifiutate", ElencoCittadino::Rifiutate, "QUI_RIFIUTATE", "N_RIFIUTATE", "PRATICHE_RIFIUTATE"},
    {"integrare", ElencoCittadino::DaIntegrare, "QUI_INTEGRARE", "N_INTEGRARE", "PRATICHE_INTEGRARE"},
    {"conto", std::nullopt, "QUI_CONTO", "N_CONTO", "PRATICHE_CONTO"},
    {"ritirate", ElencoCittadino::Ritirate, "QUI_RITIRATE", "N_RITIRATE", "PRATICHE_RITIRATE"},
}};

using Conteggi = std::map<ElencoCittadino, long long>;

long long countOf(const Tab& tab, const Conteggi& counts)
{
    const auto found = tab.elenco ? counts.find(*tab.elenco) : counts.end();
    return found == counts.end() ? 0 : found->second;
}

/// The tab that is asked for; else the first that holds something.
const Tab& tabOf(const http::Request& request, const Conteggi& counts)
{
    const std::string word = request.queryField("elenco");
    const auto asked = std::find_if(kTabs.begin(), kTabs.end(), [&](const Tab& tab) { return tab.word == word; });
    if (asked != kTabs.end())
        return *asked;
    const auto full =
        std::find_if(kTabs.begin(), kTabs.end(), [&](const Tab& tab) { return countOf(tab, counts) > 0; });
    return full == kTabs.end() ? kTabs.front() : *full;
}

std::size_t pageNumber(const http::Request& request)
{
    const std::string text = request.queryField("pagina");
    std::size_t number = 1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::clamp<std::size_t>(number, 1, 100000);
}

void fillTabs(http::Page& page, const Tab& current, const Conteggi& counts)
{
    for (const Tab& tab : kTabs) {
        const long long count = countOf(tab, counts);
        if (tab.elenco == ElencoCittadino::Ritirate && count == 0)
            continue;
        if (tab.elenco == ElencoCittadino::Ritirate)
            page.show("CON_RITIRATE");
        page.set(tab.number, count);
    }
    page.show(current.here);
}

void addRow(http::Page& table, const store::VocePratica& voce)
{
    http::Page& row = table.add("PRATICA");
    row.set("ID", voce.id.text()).set("SERVIZIO", voce.servizioNome).set("CATEGORIA", voce.categoria);
    if (voce.protocollo)
        row.add("CON_PROTOCOLLO").set("PROTOCOLLO", *voce.protocollo);
    row.showIf("IN_ATTESA", !voce.protocollo && elencoCittadino(voce.stato) != ElencoCittadino::InBozza);
    row.set("DATA", onScreen(voce.creata)).set("STATO", std::string{name(voce.stato)}).set("NOTA", voce.nota);
}

void fillPager(http::Page& page, const Tab& tab, std::size_t number, bool more)
{
    if (number == 1 && !more)
        return;
    http::Page& pager = page.add("PAGINE");
    pager.set("ELENCO_CHIAVE", std::string{tab.word});
    if (number > 1)
        pager.add("PRECEDENTE").set("PAGINA_NUMERO", static_cast<long long>(number - 1));
    if (more)
        pager.add("SUCCESSIVA").set("PAGINA_NUMERO", static_cast<long long>(number + 1));
}

}

http::Response pratiche(const http::Request& request, Context& context)
{
    const Id<Cittadino>& cittadino = context.cittadino().id;
    const Conteggi counts = store::conteggi(context.database(), cittadino);
    const Tab& tab = tabOf(request, counts);
    const std::size_t number = pageNumber(request);
    std::vector<store::VocePratica> rows;
    if (tab.elenco)
        rows = store::praticheOf(context.database(), cittadino, *tab.elenco, (number - 1) * kPerPage, kPerPage + 1);
    const bool more = rows.size() > kPerPage;
    rows.resize(std::min(rows.size(), kPerPage));
    return render(request, context, {"pratiche.html", {tab.title, {}}, Menu::Pratiche}, [&](http::Page& page) {
        fillTabs(page, tab, counts);
        page.showIf("VUOTO", rows.empty());
        if (!rows.empty()) {
            http::Page& table = page.add("ELENCO");
            for (const store::VocePratica& voce : rows)
                addRow(table, voce);
        }
        fillPager(page, tab, number, more);
    });
}

}
