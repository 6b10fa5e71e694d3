#pragma once

#include "core/base/time.h"
#include "core/cittadino/cittadino.h"
#include "server/store/database.h"

#include <optional>
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
    /// When the consent was taken back: only of a text that is not mandatory.
    std::optional<Instant> revocata;
};

/// One version of a text as its history has it.
struct VersioneTermine
{
    Termine termine;
    Instant dal;
    std::optional<Instant> ritirato;
    /// Citizens who accepted it, those who took it back too.
    long long accettazioni = 0;
};

/// The current version of each text that is not withdrawn, in their order.
std::vector<Termine> currentTermini(Reader& reader);
/// The current mandatory texts that this citizen has not accepted yet.
std::vector<Termine> termineDaAccettare(Reader& reader, const Id<Cittadino>& cittadino);
/// The current texts that are not mandatory and that this citizen does not consent to at the moment.
std::vector<Termine> terminiFacoltativi(Reader& reader, const Id<Cittadino>& cittadino);
/// Newest first.
std::vector<TermineAccettato> terminiAccettati(Reader& reader, const Id<Cittadino>& cittadino);
/// All versions that there ever were, text by text, oldest first.
std::vector<VersioneTermine> versioniTermini(Reader& reader);
/// A consent that is there already keeps its time.
void accept(Transaction& transaction, const Id<Cittadino>& cittadino, const std::string& termine, Instant now);
/// Takes back the consent to a text that is not mandatory; whether there was one.
bool revoke(Transaction& transaction, const Id<Cittadino>& cittadino, const std::string& termine, Instant now);
/// Adds a text, or a new version where its words or its being mandatory changed; whether there is something new.
bool importTermine(Transaction& transaction, const Termine& termine, Instant now);
/// Asks for a text no more, from now on; whether there was one.
bool withdrawTermine(Transaction& transaction, const std::string& chiave, Instant now);

}
