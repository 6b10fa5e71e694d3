#include "core/servizio/modulo.h"

#include "core/base/text.h"
#include "core/servizio/campo.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sdc {
namespace {

/// The answer to `chiave` as one text; arrays of texts and what is missing compare as no text.
std::string textOf(const Risposte& risposte, const std::string& chiave)
{
    const auto found = risposte.find(chiave);
    return found != risposte.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

bool holdsOneOf(const Risposte& risposte, const Condizione& condizione)
{
    const auto found = risposte.find(condizione.campo);
    const auto wanted = [&](const std::string& value) {
        return std::find(condizione.valori.begin(), condizione.valori.end(), value) != condizione.valori.end();
    };
    if (found != risposte.end() && found->is_array())
        return std::any_of(found->begin(), found->end(),
                           [&](const auto& one) { return one.is_string() && wanted(one.template get<std::string>()); });
    return wanted(textOf(risposte, condizione.campo));
}

bool holds(const Condizione& condizione, const Risposte& risposte)
{
    const auto part = [&](const Condizione& c) { return holds(c, risposte); };
    switch (condizione.tipo) {
    case Condizione::Tipo::Uguale:
        return holdsOneOf(risposte, condizione);
    case Condizione::Tipo::Diverso:
        return !holdsOneOf(risposte, condizione);
    case Condizione::Tipo::Tutte:
        return std::all_of(condizione.parti.begin(), condizione.parti.end(), part);
    case Condizione::Tipo::Una:
        return std::any_of(condizione.parti.begin(), condizione.parti.end(), part);
    }
    return false;
}

bool isEmptyAnswer(const Campo& campo, const Risposte& risposte)
{
    const auto found = risposte.find(campo.chiave);
    if (found == risposte.end() || found->is_null())
        return true;
    return found->is_string() ? found->get_ref<const std::string&>().empty() : found->empty();
}

std::string missing(const Campo& campo)
{
    switch (campo.tipo) {
    case TipoCampo::Scelta:
    case TipoCampo::SceltaMultipla:
        return "Scegli una risposta per \"" + campo.etichetta + "\".";
    case TipoCampo::Spunta:
        return "Per proseguire è necessario confermare \"" + campo.etichetta + "\".";
    case TipoCampo::File:
        return "Carica il file \"" + campo.etichetta + "\".";
    case TipoCampo::Gruppo:
        return "Aggiungi almeno una riga in \"" + campo.etichetta + "\".";
    default:
        return "Compila il campo \"" + campo.etichetta + "\".";
    }
}

void validateCampo(const Campo& campo, const Risposte& risposte, Date today, const std::string& prefix,
                   std::vector<FieldError>& errors);

void validateRows(const Campo& gruppo, const Risposte& rows, Date today, std::vector<FieldError>& errors)
{
    if (rows.size() > gruppo.righeMassime)
        errors.push_back({gruppo.chiave, "Al massimo " + std::to_string(gruppo.righeMassime) + " righe."});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string prefix = gruppo.chiave + "." + std::to_string(i) + ".";
        for (const Campo& campo : gruppo.campi)
            validateCampo(campo, rows.at(i), today, prefix, errors);
    }
}

void validateCampo(const Campo& campo, const Risposte& risposte, Date today, const std::string& prefix,
                   std::vector<FieldError>& errors)
{
    if (campo.tipo == TipoCampo::Fisso || !applies(campo.se, risposte))
        return;
    if (isEmptyAnswer(campo, risposte)) {
        if (campo.obbligatorio)
            errors.push_back({prefix + campo.chiave, missing(campo)});
        return;
    }
    const Risposte& value = risposte.at(campo.chiave);
    if (campo.tipo == TipoCampo::Gruppo)
        return validateRows(campo, value, today, errors);
    if (value.is_string()) {
        if (auto fault = faultOf(campo, value.get<std::string>(), today))
            errors.push_back({prefix + campo.chiave, *fault});
    }
    if (campo.tipo != TipoCampo::SceltaMultipla)
        return;
    const auto known = [&](const auto& one) {
        return std::any_of(campo.opzioni.begin(), campo.opzioni.end(), [&](const Opzione& o) {
            return one.is_string() && one.template get<std::string>() == o.valore;
        });
    };
    if (!std::all_of(value.begin(), value.end(), known))
        errors.push_back({prefix + campo.chiave, "Scegli tra le voci proposte."});
}

std::optional<std::string> posted(const Posted& fields, const std::string& name)
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    return found == fields.end() ? std::nullopt : std::optional{found->second};
}

/// A period is posted as two dates, "campo.dal" and "campo.al", and kept as "ISO/ISO".
std::string readPeriod(const Campo& campo, const Posted& fields, const std::string& name)
{
    Campo day = campo;
    day.tipo = TipoCampo::Data;
    const std::string from = normalizeValue(day, posted(fields, name + ".dal").value_or(""));
    const std::string to = normalizeValue(day, posted(fields, name + ".al").value_or(""));
    return from.empty() && to.empty() ? "" : from + "/" + to;
}

void readCampo(const Campo& campo, const Posted& fields, const std::string& name, Risposte& risposte);

Risposte readRows(const Campo& gruppo, const Posted& fields, const std::string& name)
{
    Risposte rows = Risposte::array();
    // One row more than allowed is read, so that the excess is told and not cut off.
    for (std::size_t i = 0; i <= gruppo.righeMassime; ++i) {
        const std::string prefix = name + "." + std::to_string(i) + ".";
        const bool there =
            std::any_of(fields.begin(), fields.end(), [&](const auto& f) { return f.first.starts_with(prefix); });
        if (!there)
            break;
        Risposte row = Risposte::object();
        for (const Campo& campo : gruppo.campi)
            readCampo(campo, fields, prefix + campo.chiave, row);
        rows.push_back(std::move(row));
    }
    return rows;
}

void readCampo(const Campo& campo, const Posted& fields, const std::string& name, Risposte& risposte)
{
    switch (campo.tipo) {
    case TipoCampo::File:
    case TipoCampo::Fisso:
        return;
    case TipoCampo::Gruppo:
        risposte[campo.chiave] = readRows(campo, fields, name);
        return;
    case TipoCampo::Periodo:
        risposte[campo.chiave] = readPeriod(campo, fields, name);
        return;
    case TipoCampo::SceltaMultipla: {
        Risposte chosen = Risposte::array();
        for (const auto& [field, value] : fields) {
            if (field == name)
                chosen.push_back(value);
        }
        risposte[campo.chiave] = std::move(chosen);
        return;
    }
    default:
        risposte[campo.chiave] = normalizeValue(campo, posted(fields, name).value_or(""));
    }
}

bool hasShape(const Campo& campo, const Risposte& value)
{
    switch (campo.tipo) {
    case TipoCampo::Fisso:
        return false;
    case TipoCampo::File:
    case TipoCampo::SceltaMultipla:
        return value.is_array() && std::all_of(value.begin(), value.end(), [](const auto& v) { return v.is_string(); });
    case TipoCampo::Gruppo:
        return value.is_array() && std::all_of(value.begin(), value.end(), [](const auto& v) { return v.is_object(); });
    default:
        return value.is_string();
    }
}

}

const Passo* Modulo::find(const std::string& chiave) const
{
    const auto at = indexOf(chiave);
    return at < passi.size() ? &passi[at] : nullptr;
}

const Campo* Modulo::findCampo(const std::string& chiave) const
{
    for (const Passo& passo : passi) {
        for (const Campo& campo : passo.campi) {
            if (campo.chiave == chiave)
                return &campo;
        }
    }
    return nullptr;
}

std::size_t Modulo::indexOf(const std::string& chiave) const
{
    const auto found = std::find_if(passi.begin(), passi.end(), [&](const Passo& p) { return p.chiave == chiave; });
    return static_cast<std::size_t>(found - passi.begin());
}

bool applies(const std::optional<Condizione>& se, const Risposte& risposte)
{
    return !se || holds(*se, risposte);
}

void readPosted(const Passo& passo, const Posted& posted, Risposte& risposte)
{
    for (const Campo& campo : passo.campi)
        readCampo(campo, posted, campo.chiave, risposte);
}

std::vector<FieldError> validate(const Passo& passo, const Risposte& risposte, Date today)
{
    std::vector<FieldError> errors;
    Risposte shown = risposte;
    for (const Campo& campo : passo.campi) {
        if (applies(campo.se, shown))
            validateCampo(campo, shown, today, {}, errors);
        else
            shown.erase(campo.chiave);
    }
    return errors;
}

Risposte shownOnly(const Modulo& modulo, const Risposte& risposte)
{
    // Conditions look at what is shown before them: an answer that nothing shows any more shows nothing itself.
    Risposte shown = Risposte::object();
    for (const Passo& passo : modulo.passi) {
        if (!applies(passo.se, shown))
            continue;
        for (const Campo& campo : passo.campi) {
            if (applies(campo.se, shown) && !isEmptyAnswer(campo, risposte))
                shown[campo.chiave] = risposte.at(campo.chiave);
        }
    }
    return shown;
}

Risposte fitting(const Modulo& modulo, const Risposte& risposte)
{
    Risposte fit = Risposte::object();
    for (const auto& [chiave, value] : risposte.items()) {
        const Campo* campo = modulo.findCampo(chiave);
        if (campo != nullptr && hasShape(*campo, value))
            fit[chiave] = value;
    }
    return fit;
}

std::vector<GruppoVoci> describe(const Modulo& modulo, const Risposte& risposte, Forma forma)
{
    std::vector<GruppoVoci> groups;
    const Risposte shown = shownOnly(modulo, risposte);
    for (const Passo& passo : modulo.passi) {
        GruppoVoci group{passo.titolo, {}};
        for (const Campo& campo : passo.campi) {
            if (campo.tipo != TipoCampo::File && shown.contains(campo.chiave))
                group.voci.push_back({campo.etichetta, display(campo, shown.at(campo.chiave), forma)});
        }
        if (!group.voci.empty())
            groups.push_back(std::move(group));
    }
    return groups;
}

std::vector<FileRichiesto> filesOf(const Modulo& modulo, const Risposte& risposte)
{
    std::vector<FileRichiesto> files;
    const Risposte shown = shownOnly(modulo, risposte);
    for (const Passo& passo : modulo.passi) {
        for (const Campo& campo : passo.campi) {
            if (campo.tipo != TipoCampo::File || !shown.contains(campo.chiave))
                continue;
            for (const auto& id : shown.at(campo.chiave))
                files.push_back({Id<Allegato>{id.get<std::string>()}, &campo});
        }
    }
    return files;
}

std::string descriptionIn(const Campo& campo, const std::string& own, const std::set<std::string>& etichette)
{
    if (own.empty() || own == campo.etichetta || etichette.contains(own))
        return campo.etichetta;
    const bool says = fold(own).find(fold(campo.etichetta)) != std::string::npos;
    return says ? own : own + " (" + campo.etichetta + ")";
}

std::string fillIn(const std::string& text, const Modulo& modulo, const Risposte& risposte)
{
    std::string filled;
    for (std::size_t at = 0; at < text.size();) {
        const auto open = text.find('{', at);
        const auto close = open == std::string::npos ? open : text.find('}', open);
        if (close == std::string::npos)
            return filled + text.substr(at);
        filled += text.substr(at, open - at);
        const std::string chiave = text.substr(open + 1, close - open - 1);
        const Campo* campo = modulo.findCampo(chiave);
        if (campo != nullptr && risposte.contains(chiave))
            filled += display(*campo, risposte.at(chiave), Forma::Documento);
        at = close + 1;
    }
    return filled;
}

}
