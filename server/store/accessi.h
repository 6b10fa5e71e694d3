#pragma once

#include "core/base/time.h"
#include "server/store/database.h"

#include <optional>
#include <string>

namespace sdc::store {

/// A try to enter: the hash of the name as typed and the keyed hash of the network that it came from.
struct TentativoAccesso
{
    std::string id;
    std::string nome;
    std::string rete;
};

/// Tries of a name that are being made or did not succeed.
struct AccessiFalliti
{
    /// From anywhere.
    long long delNome = 0;
    /// From this network, and the last of them.
    long long dellaRete = 0;
    std::optional<Instant> ultimo;
};

/// Holds back whoever else tries to enter, or changes accounts, until this transaction ends.
void lockAccessi(Transaction& transaction);

void insert(Transaction& transaction, const TentativoAccesso& tentativo, Instant now);
/// The one try did succeed, or could not be made.
void remove(Transaction& transaction, const TentativoAccesso& tentativo);
/// Forgets all of its name from its network.
void removeAllOf(Transaction& transaction, const TentativoAccesso& tentativo);
/// Those of the name since `since`, and of its network since `sinceOfRete`.
AccessiFalliti accessiFalliti(Reader& reader, const TentativoAccesso& tentativo, Instant since, Instant sinceOfRete);

/// Remembers that the name's owner entered well from this network.
void rememberRete(Transaction& transaction, const TentativoAccesso& tentativo, Instant now);
bool isReteNota(Reader& reader, const TentativoAccesso& tentativo);
void forgetReti(Transaction& transaction, const std::string& nome);

/// Forgets tries of before `tries` and networks not seen since `reti`, and tries of a clock that was ahead.
void cleanAccessi(Transaction& transaction, Instant tries, Instant reti, const Limiti& limiti);

}
