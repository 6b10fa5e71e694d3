#pragma once

#include "server/rooms.h"

#include <ostream>
#include <string>
#include <vector>

/// What an administrator shows of what is kept about who did what.
namespace sdc::registri {

/// "spid registro --ente S --richiesta ID": all that is kept of a login by SPID or CIE, for an authority that asks;
/// that it was read is logged.
int showTracce(Rooms& rooms, const std::vector<std::string>& words, std::ostream& out);

/// "attivita esporta --ente S [--da --a --formato]"
int exportAttivita(Rooms& rooms, const std::vector<std::string>& words, std::ostream& out);
/// "attivita verifica --file F [--chiave K]": an export alone; 0 only where all fits and the key is one that we trust.
int checkAttivita(const Config& config, const std::vector<std::string>& words, std::ostream& out);
/// "attivita confronta --ente S --file F": the same, and that the rows of the database are still those.
int compareAttivita(const Config& config, Rooms& rooms, const std::vector<std::string>& words, std::ostream& out);

}
