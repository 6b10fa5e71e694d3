#include "server/gateways/identita_di_prova.h"

#include <algorithm>
#include <array>

namespace sdc::gateways {
namespace {

using namespace std::chrono;

/// Two bring a complete profile, two bring what SPID's smallest set has.
std::vector<Identita> people()
{
    return {
        {"RSSMRA72H25H612H",
         "Mario",
         "Rossi",
         "Rovereto",
         year{1972} / June / 25,
         "mario.rossi@esempio.it",
         "333 1234567",
         {"Via Dante 12", "38068", "Rovereto", "TN", "Italia"}},
        {"BNCGLI85C52L378P",
         "Giulia",
         "Bianchi",
         "Trento",
         year{1985} / March / 12,
         "giulia.bianchi@esempio.it",
         "347 7654321",
         {"Corso Rosmini 5", "38068", "Rovereto", "TN", "Italia"}},
        {"VRDLCU90A01H612Q", "Luca", "Verdi", "Rovereto", year{1990} / January / 1, "", "", {}},
        {"NREFNC78T50A952T",
         "Francesca",
         "Neri",
         "Bolzano",
         year{1978} / December / 10,
         "francesca.neri@esempio.it",
         "",
         {}},
    };
}

}

std::vector<SceltaIdentita> IdentitaDiProva::choices() const
{
    std::vector<SceltaIdentita> all;
    for (const Identita& person : people()) {
        all.push_back({person.codiceFiscale, fullName(person.nome, person.cognome),
                       person.residenza.via.empty() ? "profilo da completare" : "profilo completo"});
    }
    return all;
}

std::optional<Identita> IdentitaDiProva::identify(const std::string& chiave) const
{
    const auto all = people();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Identita& p) { return p.codiceFiscale == chiave; });
    return found == all.end() ? std::nullopt : std::optional{*found};
}

}
