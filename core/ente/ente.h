#pragma once

#include "core/base/id.h"

#include <string>

namespace sdc {

/// A comune, or another public body, that offers services here.
struct Ente
{
    std::string slug;
    /// "Comune di Rovereto".
    std::string nome;
    /// What it belongs to: "Provincia autonoma di Trento".
    std::string appartenenza;
    std::string codiceIpa;
    /// The registry code by which partners may name it.
    std::string codiceMeccanografico;
    std::string indirizzo;
    std::string telefono;
    std::string fax;
    std::string codiceFiscale;
    std::string email;
    std::string pec;
    /// File name of the crest below static/stemmi, "rovereto.svg".
    std::string stemma;
};

/// A slug: lower-case letters, digits and dashes, 2 to 40, and none of the words that addresses reserve.
bool isSlug(const std::string& text);

}
