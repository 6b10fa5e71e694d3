#pragma once

#include "core/servizio/servizio.h"
#include "tests/bench/sorte.h"

#include <string>
#include <vector>

namespace sdc::bench {

/// What one citizen might answer to a form, with places for the files' ids.
struct Campione
{
    /// JSON with "@file0@", "@file1@" where the ids belong.
    std::string json;
    /// The fields that the files are for, in the order of the places; they belong to the definition.
    std::vector<const Campo*> file;

    /// The JSON with these ids.
    std::string with(const std::vector<std::string>& ids) const;
};

/// Answers that this form accepts on that day, and sends as they are. Throws where the form does not accept them.
Campione makeCampione(const Modulo& modulo, Sorte& sorte, Date today);

}
