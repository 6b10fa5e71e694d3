#pragma once

#include "server/config.h"
#include "server/rooms.h"

#include <string>

/// An ente becomes known to identity providers.
namespace sdc::spid {

/// What the metadata say beside the ente's own data.
struct Dati
{
    /// "TN".
    std::string provincia;
    /// The ente's own site; empty: its pages here.
    std::string sito;
    /// In place of what there is.
    bool anew = false;
};

/// Makes the ente's key, certificate and metadata, where there are none for the present address of the server. Whether
/// it did. Throws Invalid where the ente lacks something that the federations ask for.
bool prepara(const Config& config, Rooms& rooms, Room& room, const Dati& dati, Instant now);

/// The address of its metadata, which is its name for identity providers.
std::string entityId(const Config& config, const Ente& ente);
/// Throws std::runtime_error where the server's own key opens none of the secrets that are there: a new one, made
/// because the right one was not in its place, would begin a second set that the right one does not open.
void requireKey(const Config& config, Rooms& rooms);
/// Where its key is sealed for.
std::string place(const Ente& ente);

}
