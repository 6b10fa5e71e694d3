#pragma once

#include "core/base/error.h"
#include "core/cittadino/cittadino.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sdc {

/// What a citizen may change of the own profile.
struct Profilo
{
    std::string email;
    std::string cellulare;
    Indirizzo residenza;
    Indirizzo domicilio;
    /// As typed; of those whose day of birth neither the identity nor the codice fiscale tells.
    std::string dataNascita = {};
};

/// A mobile number in its one form: "333 1234567" of Italy's, "+436601234567" of other countries'; nothing where the
/// text is neither.
std::optional<std::string> mobileNumber(std::string_view text);

/// The faults of a profile as posted, by field: email, cellulare, residenza_via, residenza_cap, ... domicilio_stato.
std::vector<FieldError> validate(const Profilo& profilo);

/// Whether the citizen may say when they were born: it is not known, or was their own word.
bool mayDeclareBirth(const Cittadino& cittadino);
/// The day of birth that a citizen says, "25/06/1972". Throws Invalid, at data_nascita, where it is no day or not one
/// of those that the codice fiscale leaves open.
Date declaredBirth(const std::string& typed, const std::string& codiceFiscale, Date today);
/// The latest day on which a citizen may have been born, by what an identity said or the codice fiscale allows; what
/// they declare themselves makes nobody older. Nothing where neither tells.
std::optional<Date> latestBirth(const Cittadino& cittadino, Date today);

/// Name, surname, codice fiscale, residence (address, CAP, city), mobile and a valid email are there, and confirmed.
bool isComplete(const Cittadino& cittadino);

}
