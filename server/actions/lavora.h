#pragma once

#include "core/pratica/pratica.h"
#include "server/actions/file_inviato.h"
#include "server/context.h"

#include <optional>
#include <string>

namespace sdc::actions {

/// A pratica that this operator may see: of an enabled service, and no draft; for others it does not exist.
Pratica visiblePratica(store::Reader& reader, const Id<Pratica>& id, const Operatore& operatore);

/// Throws NotFound where the operator may not see it; that they tried is logged, where there is such a pratica.
void requireVisible(Context& context, const Id<Pratica>& id);
/// An operator looks for words among the pratiche of a list: logged, without the words.
void search(Context& context, const std::string& elenco);
/// An operator looks at a pratica: personal data are read, so it is logged.
Pratica openPratica(Context& context, const Id<Pratica>& id);
/// An operator opens one of its files: logged as well.
void openFile(Context& context, const Id<Pratica>& id, const std::string& file);

/// "Prendi in carico". Throws Conflict, naming who has it, where somebody does.
void takeCharge(Context& context, const Id<Pratica>& id);
/// Gives it back: under "Pratiche da assegnare" again.
void release(Context& context, const Id<Pratica>& id);

struct Decisa
{
    Esito esito;
    /// Made by the operators' program for this decision: sent again with the same key, it is the same decision.
    std::string chiave;
    std::optional<FileInviato> file;
    /// Of the pratica that the operator read.
    int versione = 0;
};
/// Approves or rejects, with the operator's file. Throws Invalid, Conflict or Forbidden and keeps nothing of it then.
void decide(Context& context, const Id<Pratica>& id, const Decisa& decisa);

}
