#pragma once

#include "core/ente/operatore.h"
#include "server/store/database.h"

#include <optional>
#include <string>

namespace sdc::store {

struct Credenziali
{
    Operatore operatore;
    /// Argon2id's own string.
    std::string password;
};

std::optional<Operatore> findOperatore(Reader& reader, const Id<Operatore>& id);
std::optional<Credenziali> findCredenziali(Reader& reader, const std::string& username);
/// The name of an operator, "Anna Verdi"; empty where there is none.
std::string nomeOperatore(Reader& reader, const Id<Operatore>& id);
/// Throws Duplicate where the username is taken.
void insert(Transaction& transaction, const Operatore& operatore, const std::string& password);

}
