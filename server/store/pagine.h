#pragma once

#include "server/store/database.h"

#include <string>

namespace sdc::store {

/// The version of what this ente's public pages show: no other state has, had or will have the same, not even after an
/// older copy of the database was put back.
std::string versionePagine(Reader& reader);
/// For every write of something that public pages show, in its transaction.
void changePagine(Transaction& transaction);

}
