#include "server/portale/campi.h"

#include "core/base/text.h"
#include "core/base/time.h"
#include "server/portale/condizioni.h"
#include "server/portale/frame.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sdc::portale {
namespace {

constexpr std::size_t kMostRadios = 6;
constexpr std::size_t kMostFiles = 200;
constexpr std::int64_t kMegabyte = 1024 * 1024;

/// One field where it stands: in the step, or in a row of a group.
struct Posto
{
    const Compilazione& compilazione;
    const Campo& campo;
    /// Answers among which this field's is.
    const Risposte& risposte;
    /// "gruppo.2." in a row.
    std::string prefix;
    const std::vector<Campo>& siblings;

    std::string nome() const { return prefix + campo.chiave; }
};

const char* fileOf(const Campo& campo)
{
    switch (campo.tipo) {
    case TipoCampo::TestoLungo:
        return "parts/campo_lungo.html";
    case TipoCampo::Scelta:
        return campo.opzioni.size() > kMostRadios ? "parts/campo_menu.html" : "parts/campo_scelta.html";
    case TipoCampo::SceltaMultipla:
        return "parts/campo_scelta_multipla.html";
    case TipoCampo::Spunta:
        return "parts/campo_spunta.html";
    case TipoCampo::Periodo:
        return "parts/campo_periodo.html";
    case TipoCampo::File:
        return "parts/campo_file.html";
    case TipoCampo::Gruppo:
        return "parts/campo_gruppo.html";
    case TipoCampo::Fisso:
        return "parts/campo_fisso.html";
    default:
        return "parts/campo_testo.html";
    }
}

/// The section of campo_testo.html that says in which form to write.
const char* formatOf(TipoCampo tipo)
{
    switch (tipo) {
    case TipoCampo::Data:
        return "FORMATO_DATA";
    case TipoCampo::Ora:
        return "FORMATO_ORA";
    case TipoCampo::Importo:
        return "FORMATO_IMPORTO";
    case TipoCampo::CodiceFiscale:
        return "FORMATO_CODICE_FISCALE";
    case TipoCampo::Iban:
        return "FORMATO_IBAN";
    case TipoCampo::Numero:
        return "FORMATO_NUMERO";
    default:
        return nullptr;
    }
}

std::string answerOf(const Posto& posto)
{
    const auto found = posto.risposte.find(posto.campo.chiave);
    return found != posto.risposte.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::vector<std::string> answersOf(const Posto& posto)
{
    std::vector<std::string> answers;
    const auto found = posto.risposte.find(posto.campo.chiave);
    if (found == posto.risposte.end() || !found->is_array())
        return answers;
    for (const auto& one : *found) {
        if (one.is_string())
            answers.push_back(one.get<std::string>());
    }
    return answers;
}

/// A date as people type it; what is no date stays as it was typed.
std::string dateAsTyped(const std::string& value)
{
    const auto date = dateFromIso(value);
    return date ? inDocument(*date) : value;
}

/// Name, label, help, fault and condition: what all kinds have.
void fillCommon(http::Page& page, const Posto& posto)
{
    const Campo& campo = posto.campo;
    page.set("NOME", posto.nome()).set("ETICHETTA", campo.etichetta);
    if (!campo.aiuto.empty())
        page.add("CON_AIUTO").set("AIUTO", campo.aiuto);
    if (campo.se)
        page.add("CON_SE").set("SE", conditionJson(*campo.se, posto.siblings, posto.prefix, posto.risposte));
    if (campo.tipo == TipoCampo::Fisso)
        return;
    page.showIf("OBBLIGATORIO", campo.obbligatorio);
    if (const std::string* fault = errorAt(posto.compilazione.errors, posto.nome()))
        page.add("CON_ERRORE").set("ERRORE", *fault);
}

bool isDescribed(const Posto& posto)
{
    return !posto.campo.aiuto.empty() || errorAt(posto.compilazione.errors, posto.nome()) != nullptr;
}

void fillText(http::Page& page, const Posto& posto)
{
    const TipoCampo tipo = posto.campo.tipo;
    const std::string value = answerOf(posto);
    page.set("VALORE", tipo == TipoCampo::Data ? dateAsTyped(value) : value);
    page.set("MASSIMO", static_cast<long long>(posto.campo.lunghezzaMassima));
    page.set("TIPO", tipo == TipoCampo::Email ? "email" : tipo == TipoCampo::Telefono ? "tel" : "text");
    if (tipo == TipoCampo::Numero || tipo == TipoCampo::Importo)
        page.add("CON_INPUTMODE").set("INPUTMODE", tipo == TipoCampo::Numero ? "numeric" : "decimal");
    if (!posto.campo.autocomplete.empty())
        page.add("CON_AUTOCOMPLETE").set("AUTOCOMPLETE", posto.campo.autocomplete);
    const char* format = formatOf(tipo);
    if (format != nullptr)
        page.show(format).show("CON_FORMATO");
    page.showIf("DESCRITTO", format != nullptr || isDescribed(posto));
}

void fillOptions(http::Page& page, const Posto& posto, const std::vector<std::string>& chosen)
{
    page.showIf("DESCRITTO", isDescribed(posto));
    const bool buttons = posto.campo.tipo == TipoCampo::SceltaMultipla || posto.campo.opzioni.size() <= kMostRadios;
    int number = 0;
    for (const Opzione& opzione : posto.campo.opzioni) {
        http::Page& one = page.add("OPZIONE");
        one.set("VALORE", opzione.valore).set("ETICHETTA", opzione.etichetta);
        // The first keeps the plain id, to which the summary of errors leads.
        if (++number > 1 && buttons)
            one.set("SUFFISSO", "-" + std::to_string(number));
        if (posto.campo.tipo == TipoCampo::SceltaMultipla)
            one.showIf("NON_VALIDO", errorAt(posto.compilazione.errors, posto.nome()) != nullptr);
        one.showIf("SCELTO", std::find(chosen.begin(), chosen.end(), opzione.valore) != chosen.end());
    }
}

void fillPeriod(http::Page& page, const Posto& posto)
{
    const std::string value = answerOf(posto);
    const auto slash = std::min(value.find('/'), value.size());
    page.set("DAL", dateAsTyped(value.substr(0, slash)));
    page.set("AL", slash == value.size() ? "" : dateAsTyped(value.substr(slash + 1)));
    page.showIf("DESCRITTO", isDescribed(posto));
}

std::string extensionsOf(const Campo& campo)
{
    std::string extensions;
    for (const TipoFile tipo : campo.tipiFile) {
        const char* one = tipo == TipoFile::Pdf   ? ".pdf"
                          : tipo == TipoFile::P7m ? ".p7m"
                          : tipo == TipoFile::Png ? ".png"
                                                  : ".jpg,.jpeg";
        extensions += (extensions.empty() ? "" : ",") + std::string{one};
    }
    return extensions;
}

std::string kindsOf(const Campo& campo)
{
    std::string kinds;
    for (const TipoFile tipo : campo.tipiFile)
        kinds += (kinds.empty() ? "" : ", ") + std::string{name(tipo)};
    return kinds;
}

bool suits(const Campo& campo, const Allegato& allegato)
{
    return allegato.dimensione <= campo.dimensioneMassima &&
           std::any_of(campo.tipiFile.begin(), campo.tipiFile.end(),
                       [&](TipoFile tipo) { return mediaType(tipo) == allegato.tipo; });
}

void addFiles(http::Page& page, const Posto& posto)
{
    const auto chosen = answersOf(posto);
    http::Page* uploaded = nullptr;
    http::Page* available = nullptr;
    for (const Allegato& file : posto.compilazione.files) {
        const bool used = std::find(chosen.begin(), chosen.end(), file.id.text()) != chosen.end();
        if (!used && !suits(posto.campo, file))
            continue;
        http::Page*& list = used ? uploaded : available;
        if (list == nullptr)
            list = &page.add(used ? "CARICATI" : "DISPONIBILI");
        http::Page& one = list->add(used ? "FILE" : "DISPONIBILE");
        one.set("ID", file.id.text()).set("NOME_FILE", file.nome).set("DESCRIZIONE", file.descrizione);
        if (used)
            one.set("DIMENSIONE", sizeText(file.dimensione));
    }
}

void fillFile(http::Page& page, const Posto& posto)
{
    const auto typed = posto.compilazione.descrizioni.find(posto.campo.chiave);
    const bool isTyped = typed != posto.compilazione.descrizioni.end();
    page.set("DESCRIZIONE_NUOVA", isTyped ? typed->second : posto.campo.etichetta);
    page.set("TIPI", kindsOf(posto.campo)).set("ACCETTA", extensionsOf(posto.campo));
    page.set("MASSIMO_MB", posto.campo.dimensioneMassima / kMegabyte)
        .set("MASSIMO_BYTE", posto.campo.dimensioneMassima);
    addFiles(page, posto);
}

void includeCampo(http::Page& page, const char* name, const Posto& posto);

void fillGroup(http::Page& page, const Posto& posto)
{
    const Campo& gruppo = posto.campo;
    page.showIf("DESCRITTO", isDescribed(posto));
    static const Risposte kEmptyRow = Risposte::object();
    static const Risposte kOneRow = Risposte::array({kEmptyRow});
    const auto found = posto.risposte.find(gruppo.chiave);
    const bool some = found != posto.risposte.end() && found->is_array() && !found->empty();
    const Risposte& rows = some ? *found : kOneRow;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        http::Page& row = page.add("RIGA");
        row.set("NUMERO", static_cast<long long>(i + 1)).set("INDICE", static_cast<long long>(i));
        const std::string prefix = posto.nome() + "." + std::to_string(i) + ".";
        for (const Campo& campo : gruppo.campi)
            includeCampo(row, "CAMPO_RIGA", {posto.compilazione, campo, rows[i], prefix, gruppo.campi});
    }
    page.showIf("ALTRE_RIGHE", rows.size() < gruppo.righeMassime);
}

void fillKind(http::Page& page, const Posto& posto)
{
    switch (posto.campo.tipo) {
    case TipoCampo::TestoLungo:
        page.set("VALORE", answerOf(posto)).set("MASSIMO", static_cast<long long>(posto.campo.lunghezzaMassima));
        page.set("MASSIMO_SCRITTO", withThousands(posto.campo.lunghezzaMassima));
        return;
    case TipoCampo::Scelta:
        return fillOptions(page, posto, {answerOf(posto)});
    case TipoCampo::SceltaMultipla:
        return fillOptions(page, posto, answersOf(posto));
    case TipoCampo::Spunta:
        page.showIf("SCELTO", answerOf(posto) == "si").showIf("DESCRITTO", isDescribed(posto));
        return;
    case TipoCampo::Periodo:
        return fillPeriod(page, posto);
    case TipoCampo::File:
        return fillFile(page, posto);
    case TipoCampo::Gruppo:
        return fillGroup(page, posto);
    case TipoCampo::Fisso:
        page.set("VALORE", posto.campo.valore);
        return;
    default:
        return fillText(page, posto);
    }
}

void includeCampo(http::Page& page, const char* name, const Posto& posto)
{
    http::Page& part = page.include(name, fileOf(posto.campo));
    fillCommon(part, posto);
    fillKind(part, posto);
}

}

std::vector<Allegato> filesFor(Context& context, const Passo& passo)
{
    std::vector<Allegato> files;
    if (std::none_of(passo.campi.begin(), passo.campi.end(), [](const Campo& c) { return c.tipo == TipoCampo::File; }))
        return files;
    for (auto& mine : store::allegati(context.database(), context.cittadino().id, kMostFiles))
        files.push_back(std::move(mine.allegato));
    return files;
}

void includeCampi(http::Page& page, const Compilazione& compilazione)
{
    for (const Campo& campo : compilazione.passo.campi)
        includeCampo(page, "CAMPO", {compilazione, campo, compilazione.risposte, "", compilazione.passo.campi});
}

std::string sizeText(std::int64_t bytes)
{
    if (bytes < kMegabyte)
        return std::to_string(std::max<std::int64_t>(1, (bytes + 512) / 1024)) + " kB";
    const std::int64_t tenths = (bytes * 10 + kMegabyte / 2) / kMegabyte;
    return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10) + " MB";
}

}
