#pragma once

#include "core/cittadino/cittadino.h"
#include "core/cittadino/profilo.h"
#include "server/store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::store {

std::optional<Cittadino> findCittadino(Reader& reader, const Id<Cittadino>& id);
/// By codice fiscale, as the identity provider gives it.
std::optional<Cittadino> findCittadinoByCodiceFiscale(Reader& reader, const std::string& codiceFiscale);
/// Whether the citizen is new; where one with this codice fiscale is known already, nothing is changed.
bool insert(Transaction& transaction, const Cittadino& cittadino);
/// Saves all fields but the codice fiscale; throws Conflict where somebody else saved first.
void save(Transaction& transaction, const Cittadino& cittadino);

}
