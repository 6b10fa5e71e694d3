#include "server/portale/frame.h"

#include "server/doors/doors.h"
#include "server/rooms.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sdc::portale {
namespace {

/// What ?avviso= may ask for, after an act that ended with a redirect.
constexpr std::array<std::pair<std::string_view, const char*>, 21> kAvvisi = {{
    {"profilo-salvato", "AVVISO_PROFILO_SALVATO"},
    {"profilo-da-confermare", "AVVISO_PROFILO_DA_CONFERMARE"},
    {"profilo-troppi-link", "AVVISO_PROFILO_TROPPI_LINK"},
    {"profilo-ripreso", "AVVISO_PROFILO_RIPRESO"},
    {"consenso-dato", "AVVISO_CONSENSO_DATO"},
    {"consenso-revocato", "AVVISO_CONSENSO_REVOCATO"},
    {"accesso-chiuso", "AVVISO_ACCESSO_CHIUSO"},
    {"uscita-ovunque", "AVVISO_USCITA_OVUNQUE"},
    {"bozza-eliminata", "AVVISO_BOZZA_ELIMINATA"},
    {"allegato-eliminato", "AVVISO_ALLEGATO_ELIMINATO"},
    {"pratica-inviata", "AVVISO_PRATICA_INVIATA"},
    {"gia-inviata", "AVVISO_PRATICA_GIA_INVIATA"},
    {"uscita", "AVVISO_USCITA"},
    {"uscita-parziale", "AVVISO_USCITA_PARZIALE"},
    {"modulo-cambiato", "AVVISO_MODULO_CAMBIATO"},
    {"controlla-passo", "AVVISO_CONTROLLA_PASSO"},
    {"dati-ripresi", "AVVISO_DATI_RIPRESI"},
    {"dati-ritrovati", "AVVISO_DATI_RITROVATI"},
    {"bozza-piu-recente", "AVVISO_BOZZA_PIU_RECENTE"},
    {"link-inviato", "AVVISO_LINK_INVIATO"},
    {"password-cambiata", "AVVISO_PASSWORD_CAMBIATA"},
}};

const char* sectionOf(Menu menu)
{
    switch (menu) {
    case Menu::Stanza:
        return "QUI_STANZA";
    case Menu::Servizi:
        return "QUI_SERVIZI";
    case Menu::Pratiche:
        return "QUI_PRATICHE";
    case Menu::Profilo:
        return "QUI_PROFILO";
    case Menu::Allegati:
        return "QUI_ALLEGATI";
    case Menu::None:
        return nullptr;
    }
    return nullptr;
}

void addSection(http::Page& page, const std::string& prefix, const Section& section)
{
    http::Page& added = page.add(prefix + section.name);
    for (const auto& [name, value] : section.values)
        added.set(name, value);
}

std::string digitsOf(const std::string& telephone)
{
    std::string digits;
    std::copy_if(telephone.begin(), telephone.end(), std::back_inserter(digits),
                 [](char c) { return c == '+' || (c >= '0' && c <= '9'); });
    return digits;
}

/// Where "Accedi all'area personale" comes back to: this page, or the one that the login itself will lead to.
std::string comeBack(const http::Request& request, const Context& context)
{
    const bool reads = request.method == "GET" || request.method == "HEAD";
    if (request.path == base(context) + "/accesso")
        return doors::safeReturn(context, reads ? request.queryField("ritorno") : request.formField("ritorno"));
    return doors::safeReturn(context, reads ? request.target() : "");
}

void fillFooter(http::Page& layout, const Context& context)
{
    http::Page& footer = layout.include("PIEDE", "parts/piede.html");
    if (context.room == nullptr) {
        footer.show("SENZA_ENTE");
        return;
    }
    const Ente& ente = context.ente();
    footer.show("DELL_ENTE");
    footer.set("STEMMA", crest(context, ente));
    footer.set("INDIRIZZO", ente.indirizzo).set("CODICE_FISCALE", ente.codiceFiscale);
    footer.set("EMAIL", ente.email).set("PEC", ente.pec);
    footer.set("TELEFONO", ente.telefono).set("TELEFONO_URL", digitsOf(ente.telefono)).set("FAX", ente.fax);
    footer.showIf("CON_TELEFONO", !ente.telefono.empty()).showIf("CON_FAX", !ente.fax.empty());
}

/// Whether what is typed on this page is kept when the session ends.
bool keepsTyping(const Frame& frame)
{
    return frame.file == "passo.html" || frame.file == "riepilogo.html" || frame.file == "profilo.html";
}

/// "11:00", Italian civil time.
std::string hourOf(Instant instant)
{
    const std::string text = onScreen(instant);
    return text.substr(text.find(' ') + 1);
}

/// The warning before the session ends, and where scripts do not run a line that says when it will.
void fillSession(http::Page& layout, const Context& context, const Frame& frame)
{
    const AccessoCittadino& accesso = *context.accesso;
    const auto left = std::max(Instant::duration{0}, accesso.scade - context.now());
    http::Page& session = layout.include("SESSIONE", "parts/sessione.html");
    session.set("SECONDI", static_cast<long long>(left.count()));
    session.set("ULTIMA", accesso.scade >= accesso.scadeComunque ? "si" : "no");
    session.show(keepsTyping(frame) ? "CON_PASSO" : "SENZA_PASSO");
    if (keepsTyping(frame))
        layout.add("FINE_SESSIONE").set("ORA", hourOf(accesso.scade));
}

void fillUser(http::Page& layout, const http::Request& request, const Context& context, const Frame& frame)
{
    if (!context.accesso) {
        const std::string here = frame.portale ? frame.portale->ritorno : comeBack(request, context);
        layout.add("ANONIMO").set("QUI", http::encodeUrl(here));
        return;
    }
    layout.add("UTENTE").set("NOME_UTENTE", fullName(context.cittadino().nome, context.cittadino().cognome));
    // Who has just left everywhere is nobody's session any more.
    if (!context.accesso->hash.empty())
        fillSession(layout, context, frame);
}

void fillNotice(http::Page& layout, const http::Request& request, const Context& context)
{
    const std::string wish = request.queryField("avviso");
    const auto found = std::find_if(kAvvisi.begin(), kAvvisi.end(), [&](const auto& a) { return a.first == wish; });
    if (found == kAvvisi.end())
        return;
    http::Page& notice = layout.include("AVVISO", "parts/avviso.html").show(found->second);
    notice.showIf("FILE_DA_SCEGLIERE", request.queryField("file") == "si");
    if (context.accesso)
        notice.set("EMAIL", context.cittadino().email);
}

void fillLayout(http::Page& layout, const http::Request& request, const Context& context, const Frame& frame)
{
    const std::string portale = frame.portale ? frame.portale->url : "";
    layout.global("LINGUA", "it").global("PORTALE", portale).global("BASE", portale + base(context));
    layout.global("CSRF", context.accesso ? context.accesso->csrf : "");
    layout.global("ENTE", context.room == nullptr ? "" : context.ente().nome);
    layout.showIf("CON_ERRORI", frame.status == 422);
    addSection(layout.include("TITOLO", "parts/titolo.html"), "TITOLO_", frame.title);
    if (context.room == nullptr) {
        layout.show("SENZA_ENTE");
    } else {
        layout.show("DELL_ENTE").set("APPARTENENZA", context.ente().appartenenza);
        layout.set("STEMMA", crest(context, context.ente()));
        fillUser(layout, request, context, frame);
    }
    if (const char* section = sectionOf(frame.menu))
        layout.show(section);
    if (frame.crumbs) {
        http::Page& crumbs = layout.add("BRICIOLE");
        for (const Section& crumb : *frame.crumbs)
            addSection(crumbs, "BRICIOLA_", crumb);
    }
    fillNotice(layout, request, context);
    fillFooter(layout, context);
}

}

http::Response render(const http::Request& request, Context& context, const Frame& frame, const Fill& fill)
{
    const auto fillBoth = [&](http::Page& layout, http::Page& content) {
        fillLayout(layout, request, context, frame);
        fill(content);
    };
    return http::html(context.templates.renderInLayout(frame.file, fillBoth), frame.status);
}

std::string crest(const Context& context, const Ente& ente)
{
    const std::string own = "stemmi/" + ente.stemma;
    return context.templates.asset(context.templates.hasAsset(own) ? own : "stemmi/generico.svg");
}

std::string base(const Context& context)
{
    return context.room == nullptr ? "" : "/" + context.ente().slug;
}

void includeErrors(http::Page& page, const std::vector<FieldError>& errors)
{
    if (errors.empty())
        return;
    http::Page& summary = page.include("ERRORI", "parts/errori.html");
    if (errors.size() == 1)
        summary.show("UN_ERRORE");
    else
        summary.add("PIU_ERRORI").set("NUMERO", static_cast<long long>(errors.size()));
    for (const FieldError& error : errors)
        summary.add("VOCE").set("CAMPO", error.field).set("TESTO", error.message);
}

const std::string* errorAt(const std::vector<FieldError>& errors, const std::string& field)
{
    const auto found =
        std::find_if(errors.begin(), errors.end(), [&](const FieldError& e) { return e.field == field; });
    return found == errors.end() ? nullptr : &found->message;
}

Id<Pratica> praticaId(const http::Request& request)
{
    return Id<Pratica>{request.param("pratica")};
}

}
