#pragma once

#include "core/ente/operatore.h"
#include "server/store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::store {

/// An operator's second factor: its secret, sealed. One that is not active was begun and waits for its first code.
struct SecondoFattore
{
    std::string sigillo;
    bool attivo = false;
};

std::optional<SecondoFattore> findSecondoFattore(Reader& reader, const Id<Operatore>& id);
bool hasSecondoFattore(Reader& reader, const Id<Operatore>& id);
/// Begins one, in the place of another that was only begun. False where one is active.
bool begin(Transaction& transaction, const Id<Operatore>& id, const std::string& sigillo);
/// Makes the one with this seal active. False where it is so already, or another was begun meanwhile.
bool activate(Transaction& transaction, const Id<Operatore>& id, const std::string& sigillo);
/// Uses up the code of a time step; false where it, or a later one, was used already.
bool usePasso(Transaction& transaction, const Id<Operatore>& id, long long passo);
/// Takes it away, with its recovery codes; whether there was one.
bool removeSecondoFattore(Transaction& transaction, const Id<Operatore>& id);

void setCodiciRecupero(Transaction& transaction, const Id<Operatore>& id, const std::vector<std::string>& hashes);
/// Uses one up; false where there is none like it.
bool useCodiceRecupero(Transaction& transaction, const Id<Operatore>& id, const std::string& hash);
long long codiciRecupero(Reader& reader, const Id<Operatore>& id);

}
