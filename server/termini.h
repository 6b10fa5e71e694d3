#pragma once

#include "server/store/termini.h"

#include <string>
#include <vector>

namespace sdc {

struct Room;

/// The texts that citizens accept, as an administrator keeps them.
namespace termini {

/// Reads a file of texts: a list of {chiave, titolo, obbligatorio, testo: [paragraphs]}. Throws Invalid with the place
/// of the first fault.
std::vector<store::Termine> read(const std::string& json);

/// Brings in the texts of a file; what is new of each, a line each.
std::string import(const Room& room, const std::string& json, Instant now);
/// The history: each version with its dates and how many accepted it.
std::string list(const Room& room);
/// A text that is asked for no more. Throws NotFound.
void withdraw(const Room& room, const std::string& chiave, Instant now);

}
}
