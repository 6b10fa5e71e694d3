#pragma once

#include "core/base/time.h"
#include "core/cittadino/cittadino.h"
#include "server/store/database.h"

#include <string>
#include <vector>

namespace sdc::store {

/// One version of a text that citizens accept.
struct Termine
{
    std::string id;
    std::string chiave;
    int versione = 1;
    std::string titolo;
    /// Paragraphs, one a line.
    std::string testo;
    bool obbligatorio = true;
};

struct TermineAccettato
{
    Termine termine;
    Instant quando;
};

/// The current version of each text, in their order.
std::vector<Termine> currentTermini(Reader& reader);
/// The current texts that this citizen has not accepted yet.
std::vector<Termine> termineDaAccettare(Reader& reader, const Id<Cittadino>& cittadino);
std::vector<TermineAccettato> terminiAccettati(Reader& reader, const Id<Cittadino>& cittadino);
void accept(Transaction& transaction, const Id<Cittadino>& cittadino, const std::string& termine, Instant now);
/// Adds a text, or a new version where its words changed.
void importTermine(Transaction& transaction, const Termine& termine, Instant now);

}
