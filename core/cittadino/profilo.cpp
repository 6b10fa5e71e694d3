#include "core/cittadino/profilo.h"

#include "core/base/text.h"
#include "core/cittadino/codice_fiscale.h"

#include <algorithm>
#include <iterator>

namespace sdc {
namespace {

constexpr std::size_t kLongest = 200;

bool isCap(std::string_view text)
{
    return text.size() == 5 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isAbroad(const Indirizzo& indirizzo)
{
    const std::string stato = fold(indirizzo.stato);
    return !stato.empty() && stato != "italia" && stato != "it";
}

/// A mobile of Italy: 3, then eight or nine digits; the oldest have eight.
bool isItalianMobile(std::string_view digits)
{
    return digits.starts_with('3') && (digits.size() == 9 || digits.size() == 10);
}

void checkIndirizzo(const Indirizzo& indirizzo, const std::string& prefix, bool required,
                    std::vector<FieldError>& errors)
{
    const auto check = [&](const std::string& value, const char* field, const char* missing) {
        if (required && value.empty())
            errors.push_back({prefix + field, missing});
        else if (codePoints(value) > kLongest)
            errors.push_back({prefix + field, "Il testo è troppo lungo: al massimo 200 caratteri."});
    };
    check(indirizzo.via, "via", "Inserisci l'indirizzo.");
    check(indirizzo.cap, "cap", "Inserisci il CAP.");
    check(indirizzo.citta, "citta", "Inserisci la città.");
    if (!indirizzo.cap.empty() && !isAbroad(indirizzo) && !isCap(indirizzo.cap))
        errors.push_back({prefix + "cap", "Il CAP è formato da 5 cifre, ad esempio 38068."});
    if (codePoints(indirizzo.provincia) > kLongest)
        errors.push_back({prefix + "provincia", "Il testo è troppo lungo: al massimo 200 caratteri."});
    if (codePoints(indirizzo.stato) > kLongest)
        errors.push_back({prefix + "stato", "Il testo è troppo lungo: al massimo 200 caratteri."});
}

}

std::string_view name(MetodoAccesso metodo)
{
    constexpr std::string_view kNames[] = {"spid", "cie", "eidas", "carta"};
    return kNames[static_cast<int>(metodo)];
}

int ageOn(Date birth, Date day)
{
    using std::chrono::last;
    const int years = static_cast<int>(day.year()) - static_cast<int>(birth.year());
    const Date end = day.year() / birth.month() / last;
    const Date birthday = std::min(Date{day.year() / birth.month() / birth.day()}, end);
    return day < birthday ? years - 1 : years;
}

std::string fullName(const std::string& nome, const std::string& cognome)
{
    return trim(nome + " " + cognome);
}

std::string oneLine(const Indirizzo& indirizzo)
{
    std::string line = trim(trim(indirizzo.via + " " + indirizzo.cap) + " " + indirizzo.citta);
    if (!indirizzo.provincia.empty())
        line += " (" + indirizzo.provincia + ")";
    return trim(line);
}

std::optional<std::string> mobileNumber(std::string_view text)
{
    if (!isPhoneNumber(text.starts_with("00") ? text.substr(2) : text))
        return std::nullopt;
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    const bool international = text.starts_with('+') || text.starts_with("00");
    if (text.starts_with("00"))
        digits.erase(0, 2);
    const bool italian = !international || digits.starts_with("39");
    if (international && italian)
        digits.erase(0, 2);
    if (italian)
        return isItalianMobile(digits) ? std::optional{digits.substr(0, 3) + " " + digits.substr(3)} : std::nullopt;
    // E.164: a country's prefix begins with no zero; the shortest numbers with it have eight digits.
    const bool good = !digits.starts_with('0') && digits.size() >= 8;
    return good ? std::optional{"+" + digits} : std::nullopt;
}

std::vector<FieldError> validate(const Profilo& profilo)
{
    std::vector<FieldError> errors;
    if (!isEmailAddress(profilo.email))
        errors.push_back({"email", "Inserisci un indirizzo email valido, ad esempio nome@esempio.it."});
    if (!mobileNumber(profilo.cellulare))
        errors.push_back({"cellulare", "Inserisci un numero di cellulare valido, ad esempio 333 1234567; uno estero "
                                       "comincia con + e il prefisso del paese, ad esempio +43 660 1234567."});
    checkIndirizzo(profilo.residenza, "residenza_", true, errors);
    checkIndirizzo(profilo.domicilio, "domicilio_", profilo.domicilio != Indirizzo{}, errors);
    return errors;
}

bool mayDeclareBirth(const Cittadino& cittadino)
{
    return !cittadino.dataNascita || cittadino.nascitaDichiarata;
}

Date declaredBirth(const std::string& typed, const std::string& codiceFiscale, Date today)
{
    const auto refuse = [](const char* message) { throw Invalid(message, {FieldError{"data_nascita", message}}); };
    auto date = dateFromItalian(typed);
    // What browsers fill in by themselves (HTML, autocomplete "bday").
    if (!date)
        date = dateFromIso(trim(typed));
    if (!date)
        refuse("Scrivi la data di nascita nella forma gg/mm/aaaa, ad esempio 31/01/1980.");
    const auto code = CodiceFiscale::parse(codiceFiscale);
    const auto births = code ? code->possibleBirths(today) : std::vector<Date>{};
    if (std::find(births.begin(), births.end(), *date) == births.end())
        refuse("La data di nascita non corrisponde al tuo codice fiscale: controlla giorno, mese e anno.");
    return *date;
}

std::optional<Date> latestBirth(const Cittadino& cittadino, Date today)
{
    if (!mayDeclareBirth(cittadino))
        return cittadino.dataNascita;
    const auto code = CodiceFiscale::parse(cittadino.codiceFiscale);
    const auto births = code ? code->possibleBirths(today) : std::vector<Date>{};
    return births.empty() ? std::nullopt : std::optional{births.back()};
}

bool isComplete(const Cittadino& cittadino)
{
    const bool identity = !cittadino.nome.empty() && !cittadino.cognome.empty() && !cittadino.codiceFiscale.empty();
    const Profilo profilo{cittadino.email, cittadino.cellulare, cittadino.residenza, cittadino.domicilio};
    const auto errors = validate(profilo);
    // A number taken when landlines were taken, too, keeps nobody out.
    const bool good = std::all_of(errors.begin(), errors.end(), [&](const FieldError& error) {
        return error.field == "cellulare" && isPhoneNumber(cittadino.cellulare);
    });
    return cittadino.confermato.has_value() && identity && good;
}

}
