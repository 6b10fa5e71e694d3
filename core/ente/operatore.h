#pragma once

#include "core/base/id.h"

#include <algorithm>
#include <string>
#include <vector>

namespace sdc {

enum class Ruolo { Operatore, Amministratore };

/// A clerk of the ente, with the services enabled for them.
struct Operatore
{
    Id<Operatore> id;
    std::string username;
    std::string nome;
    std::string cognome;
    std::string email;
    Ruolo ruolo = Ruolo::Operatore;
    bool attivo = true;
    /// Whether every service of the ente is enabled, those to come as well.
    bool tuttiServizi = false;
    /// Slugs, sorted, where not all are enabled.
    std::vector<std::string> servizi;

    bool enabledFor(const std::string& servizio) const
    {
        return tuttiServizi || std::binary_search(servizi.begin(), servizi.end(), servizio);
    }
};

}
