#include "core/cittadino/profilo.h"

#include "core/base/text.h"

#include <algorithm>

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

std::vector<FieldError> validate(const Profilo& profilo)
{
    std::vector<FieldError> errors;
    if (!isEmailAddress(profilo.email))
        errors.push_back({"email", "Inserisci un indirizzo email valido, ad esempio nome@esempio.it."});
    if (!isPhoneNumber(profilo.cellulare))
        errors.push_back({"cellulare", "Inserisci un numero di cellulare valido, ad esempio 333 1234567."});
    checkIndirizzo(profilo.residenza, "residenza_", true, errors);
    checkIndirizzo(profilo.domicilio, "domicilio_", profilo.domicilio != Indirizzo{}, errors);
    return errors;
}

bool isComplete(const Cittadino& cittadino)
{
    const bool identity = !cittadino.nome.empty() && !cittadino.cognome.empty() && !cittadino.codiceFiscale.empty();
    const Profilo profilo{cittadino.email, cittadino.cellulare, cittadino.residenza, cittadino.domicilio};
    return cittadino.confermato.has_value() && identity && validate(profilo).empty();
}

}
