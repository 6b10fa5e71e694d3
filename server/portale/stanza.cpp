#include "server/portale/handlers.h"

#include "server/portale/frame.h"
#include "server/portale/servizi.h"
#include "server/store/pratiche.h"

#include <algorithm>

namespace sdc::portale {
namespace {

constexpr std::size_t kFewest = 4;
constexpr std::size_t kMost = 12;
constexpr std::size_t kRecent = 5;

/// The comune's featured services; where they are few, some of the others after them (M1).
std::vector<store::VoceServizio> featured(Context& context)
{
    auto servizi = store::servizi(context.database());
    const auto others =
        std::stable_partition(servizi.begin(), servizi.end(), [](const auto& s) { return s.inPrimoPiano; });
    const auto first = static_cast<std::size_t>(others - servizi.begin());
    servizi.resize(std::min(servizi.size(), std::clamp(first, kFewest, kMost)));
    return servizi;
}

void addRecent(http::Page& page, const std::vector<store::VocePratica>& pratiche)
{
    page.showIf("NESSUNA_PRATICA", pratiche.empty());
    if (pratiche.empty())
        return;
    http::Page& table = page.add("PRATICHE");
    for (const store::VocePratica& voce : pratiche) {
        http::Page& row = table.add("PRATICA");
        row.set("ID", voce.id.text()).set("SERVIZIO", voce.servizioNome).set("CATEGORIA", voce.categoria);
        row.set("PROTOCOLLO", voce.protocollo.value_or("-"));
        row.set("DATA", onScreen(voce.creata)).set("STATO", std::string{name(voce.stato)});
    }
}

}

http::Response stanza(const http::Request& request, Context& context)
{
    return render(request, context, {"stanza.html", {"STANZA", {}}, Menu::Stanza}, [&](http::Page& page) {
        page.show("NESSUN_AVVISO").show("NESSUNA_SCADENZA");
        const auto servizi = featured(context);
        page.showIf("NESSUN_SERVIZIO", servizi.empty());
        addCards(page, servizi);
        addRecent(page, store::praticheRecenti(context.database(), context.cittadino().id, kRecent));
    });
}

}
