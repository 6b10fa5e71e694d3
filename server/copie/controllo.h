#pragma once

#include "server/copie/avanzamento.h"
#include "server/copie/manifesto.h"
#include "server/store/controlli.h"

#include <optional>
#include <set>
#include <string>

namespace sdc::copie {

/// The enti of a backup, or one of them; throws where it is not there.
std::vector<CopiaEnte> chosen(const Manifesto& manifesto, const std::optional<std::string>& slug);

/// Reads all of a backup against its manifest and tells in what it differs: a byte, a missing file, one too many, other
/// tables than the manifest says. Of the enti, only those chosen; those whose tables are sound, so that more can be
/// told of what is in them. Writes nothing.
std::set<std::string> checkCopia(const std::filesystem::path& copia, const Manifesto& manifesto,
                                 const std::vector<CopiaEnte>& enti, Avanzamento& avanzamento, const store::Tell& tell);

}
