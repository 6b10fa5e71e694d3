#pragma once

#include "core/ente/operatore.h"
#include "server/store/database.h"

#include <optional>
#include <string>
#include <vector>

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

/// All of the ente, by surname and name.
std::vector<Operatore> operatori(Reader& reader);
/// Whether the account is active and has this password's hash, both as they are until the transaction ends.
bool hold(Transaction& transaction, const Id<Operatore>& id, const std::string& password);
/// Name, e-mail, role and services; never the username.
void save(Transaction& transaction, const Operatore& operatore);
void setPassword(Transaction& transaction, const Id<Operatore>& id, const std::string& password);
void setAttivo(Transaction& transaction, const Id<Operatore>& id, bool attivo);

}
