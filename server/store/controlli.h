#pragma once

#include "server/store/catena.h"
#include "server/store/database.h"

#include <functional>
#include <string>

namespace sdc::store {

/// What is wrong, a plain Italian sentence each time, with ids but no personal data.
using Tell = std::function<void(const std::string&)>;

// Checks of one ente's data; none keeps more of them in memory than a page. Read them in a Snapshot, or a write between
// two statements looks like a fault.

/// SQLite: the file's own structure, and that indexes and tables agree.
void checkStructure(Reader& reader, const Tell& tell);
/// The chains: the activity log, and what identity providers said; and who signed where they begin.
void checkCatene(Reader& reader, const IsSigned& isSigned, const Tell& tell);
/// The register: numbers without gaps, dates that follow them, and that it says the same as the pratiche and their
/// documents.
void checkRegistro(Reader& reader, const Tell& tell);
/// The kept counts against counting.
void checkConteggi(Reader& reader, const Tell& tell);
/// That the index of the search knows as many pratiche as the lists.
void checkRicerca(Reader& reader, const Tell& tell);
/// That what a row refers to is there.
void checkRiferimenti(Reader& reader, const Tell& tell);
/// That no pratica is half there: its iter ends in its state, and what was sent has answers and applicant.
void checkPratiche(Reader& reader, const Tell& tell);
/// That every pratica that waits for a job has one, and that the jobs themselves are in order.
void checkLavori(Reader& reader, const Tell& tell);

}
