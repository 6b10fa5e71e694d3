#include "core/servizio/campo.h"

#include "core/base/centesimi.h"
#include "core/base/iban.h"
#include "core/base/text.h"
#include "core/cittadino/codice_fiscale.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace sdc {
namespace {

std::string withoutSpaces(std::string text)
{
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
    return text;
}

std::optional<long long> wholeNumber(const std::string& text)
{
    long long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{number} : std::nullopt;
}

std::optional<std::string> faultOfNumber(const Campo& campo, const std::string& value)
{
    const auto number = wholeNumber(value);
    if (!number)
        return "Inserisci un numero intero, solo con cifre.";
    if (const auto minimum = wholeNumber(campo.minimo); minimum && *number < *minimum)
        return "Il numero deve essere almeno " + campo.minimo + ".";
    if (const auto maximum = wholeNumber(campo.massimo); maximum && *number > *maximum)
        return "Il numero deve essere al massimo " + campo.massimo + ".";
    return std::nullopt;
}

std::optional<Date> bound(const std::string& text, Date today)
{
    return text == "oggi" ? today : dateFromIso(text);
}

std::optional<std::string> faultOfDate(const Campo& campo, const std::string& value, Date today)
{
    const auto date = dateFromIso(value);
    if (!date)
        return "Inserisci una data esistente nella forma gg/mm/aaaa, ad esempio 31/01/1980.";
    if (const auto minimum = bound(campo.minimo, today); minimum && *date < *minimum)
        return "La data non può essere prima del " + inDocument(*minimum) + ".";
    if (const auto maximum = bound(campo.massimo, today); maximum && *date > *maximum)
        return campo.massimo == "oggi" ? "La data non può essere nel futuro."
                                       : "La data non può essere dopo il " + inDocument(*maximum) + ".";
    return std::nullopt;
}

bool isTime(const std::string& value)
{
    const auto digit = [&](std::size_t i) { return value[i] >= '0' && value[i] <= '9'; };
    return value.size() == 5 && value[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4) &&
           value.substr(0, 2) < "24" && value[3] < '6';
}

std::optional<std::string> faultOfPeriod(const Campo& campo, const std::string& value, Date today)
{
    const auto slash = value.find('/');
    const auto from = dateFromIso(std::string_view{value}.substr(0, slash));
    const auto to = slash == std::string::npos ? std::nullopt : dateFromIso(std::string_view{value}.substr(slash + 1));
    if (!from || !to)
        return "Inserisci le due date nella forma gg/mm/aaaa, ad esempio 31/01/1980.";
    if (*to < *from)
        return "La data di fine non può essere prima di quella di inizio.";
    if (auto fault = faultOfDate(campo, toIso(*from), today))
        return fault;
    return faultOfDate(campo, toIso(*to), today);
}

bool isOption(const Campo& campo, const std::string& value)
{
    return std::any_of(campo.opzioni.begin(), campo.opzioni.end(), [&](const Opzione& o) { return o.valore == value; });
}

std::string isoOrAsTyped(const std::string& typed)
{
    const auto date = dateFromItalian(typed);
    return date ? toIso(*date) : typed;
}

std::string displayDate(const std::string& iso, Forma forma)
{
    const auto date = dateFromIso(iso);
    if (!date)
        return iso;
    return forma == Forma::Schermo ? onScreen(*date) : inDocument(*date);
}

std::string displayPeriod(const std::string& value, Forma forma)
{
    const auto slash = value.find('/');
    if (slash == std::string::npos)
        return value;
    return "dal " + displayDate(value.substr(0, slash), forma) + " al " + displayDate(value.substr(slash + 1), forma);
}

std::string optionLabel(const Campo& campo, const std::string& value)
{
    for (const Opzione& opzione : campo.opzioni) {
        if (opzione.valore == value)
            return opzione.etichetta;
    }
    return value;
}

std::string displayText(const Campo& campo, const std::string& value, Forma forma)
{
    switch (campo.tipo) {
    case TipoCampo::Data:
        return displayDate(value, forma);
    case TipoCampo::Periodo:
        return displayPeriod(value, forma);
    case TipoCampo::Scelta:
        return optionLabel(campo, value);
    case TipoCampo::Spunta:
        return value == "si" ? "Sì" : "No";
    case TipoCampo::Importo: {
        const auto amount = centesimiFromItalian(value);
        return amount ? toItalian(*amount) + " €" : value;
    }
    default:
        return value;
    }
}

std::string displayGroup(const Campo& campo, const Risposte& rows, Forma forma)
{
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (const Campo& inner : campo.campi) {
            const std::string shown = row.contains(inner.chiave) ? display(inner, row.at(inner.chiave), forma) : "";
            if (!shown.empty())
                line += (line.empty() ? "" : "; ") + inner.etichetta + ": " + shown;
        }
        if (!line.empty())
            text += (text.empty() ? "" : "\n") + line;
    }
    return text;
}

}

std::string normalizeValue(const Campo& campo, const std::string& posted)
{
    std::string value = trim(normalizeNewlines(posted));
    switch (campo.tipo) {
    case TipoCampo::CodiceFiscale:
    case TipoCampo::Iban:
        return asciiUpper(withoutSpaces(value));
    case TipoCampo::Data:
        return isoOrAsTyped(value);
    case TipoCampo::Numero:
        return withoutSpaces(value);
    case TipoCampo::Spunta:
        return value.empty() ? "" : "si";
    case TipoCampo::Ora:
        return value.size() == 4 && value[1] == ':' ? "0" + value : value;
    default:
        return value;
    }
}

std::optional<std::string> faultOf(const Campo& campo, const std::string& value, Date today)
{
    if (value.empty())
        return std::nullopt;
    if (codePoints(value) > campo.lunghezzaMassima)
        return "Il testo è troppo lungo: al massimo " + withThousands(campo.lunghezzaMassima) + " caratteri.";
    const auto unless = [](bool good, const char* fault) {
        return good ? std::nullopt : std::optional<std::string>{fault};
    };
    switch (campo.tipo) {
    case TipoCampo::Numero:
        return faultOfNumber(campo, value);
    case TipoCampo::Data:
        return faultOfDate(campo, value, today);
    case TipoCampo::Periodo:
        return faultOfPeriod(campo, value, today);
    case TipoCampo::Ora:
        return unless(isTime(value), "Inserisci l'ora nella forma hh:mm, ad esempio 14:30.");
    case TipoCampo::Scelta:
        return unless(isOption(campo, value), "Scegli una delle voci proposte.");
    case TipoCampo::CodiceFiscale:
        return unless(CodiceFiscale::parse(value).has_value(),
                      "Il codice fiscale non è valido: controlla le 16 lettere e cifre.");
    case TipoCampo::Iban:
        return unless(isIban(value), "L'IBAN non è valido: controlla lettere e cifre.");
    case TipoCampo::Importo:
        return unless(centesimiFromItalian(value).has_value(), "Inserisci un importo in euro, ad esempio 16,00.");
    case TipoCampo::Email:
        return unless(isEmailAddress(value), "Inserisci un indirizzo email valido, ad esempio nome@esempio.it.");
    case TipoCampo::Telefono:
        return unless(isPhoneNumber(value), "Inserisci un numero di telefono valido, ad esempio 0464 123456.");
    default:
        return std::nullopt;
    }
}

std::string display(const Campo& campo, const Risposte& value, Forma forma)
{
    if (campo.tipo == TipoCampo::Gruppo)
        return value.is_array() ? displayGroup(campo, value, forma) : "";
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        return text.empty() ? "" : displayText(campo, text, forma);
    }
    std::string joined;
    if (value.is_array()) {
        for (const auto& one : value)
            joined += (joined.empty() ? "" : ", ") + optionLabel(campo, one.get<std::string>());
    }
    return joined;
}

}
