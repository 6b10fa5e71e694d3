#pragma once

#include "core/pratica/pratica.h"
#include "core/servizio/servizio.h"
#include "server/actions/file_inviato.h"
#include "server/context.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sdc::actions {

/// Starts a request: a new draft, or the one already open where the service allows one at a time. Throws Conflict where
/// the service is suspended, NotFound where the ente does not offer it.
Id<Pratica> start(Context& context, const std::string& servizio);

/// A draft as its steps need it.
struct Bozza
{
    Pratica pratica;
    std::shared_ptr<const Definizione> definizione;
    Risposte risposte;
    std::string nota;
    /// Whether it was moved to a newer definition just now, and the citizen must be told.
    bool aggiornata = false;
};
/// The citizen's draft, moved to the newest definition of its service; the answers that still fit stay. Throws NotFound
/// for somebody else's, Conflict for one already sent.
Bozza openBozza(Context& context, const Id<Pratica>& id);
/// The same within a transaction: others who would change this draft wait until it ends.
Bozza lockBozza(store::Transaction& transaction, const Context& context, const Id<Pratica>& id);

/// Whether a step may be shown and gone on from: it was reached, and the answers show it.
bool isOpen(const Bozza& bozza, const Passo& passo);
/// The step to show when a draft is resumed: the furthest that is open.
std::string resumeAt(const Bozza& bozza);

enum class Mossa { Avanti, Indietro, Ricomincia, Resta };

struct PassoInviato
{
    std::string passo;
    Mossa mossa = Mossa::Avanti;
    Posted fields;
    /// "Ok mi è chiaro", on the first step.
    bool chiaro = false;
    /// The private note, where it was posted.
    std::optional<std::string> nota;
    /// Where it is set, nothing is saved unless the draft still has this versione.
    std::optional<int> versione = std::nullopt;
};
struct EsitoPasso
{
    std::vector<FieldError> errors;
    /// Key of the step to show next.
    std::string next;
    /// Whether the step was open; else what was posted is kept as far as it fits, and `next` is where one resumes.
    bool aperto = true;
    /// Whether the form changed since it was shown, and the citizen must be told.
    bool aggiornata = false;
    /// Whether nothing was saved because the draft has another versione than the one wanted.
    bool superata = false;
};
/// The fault of a private note, where it is too long.
std::optional<FieldError> noteFault(const std::optional<std::string>& nota);

/// Saves what was posted for a step, right or wrong, so that nothing typed is lost; Avanti goes on only where it is
/// right, and from an open step.
EsitoPasso savePasso(Context& context, const Id<Pratica>& id, const PassoInviato& inviato);

/// Adds a new file to a field. Throws Invalid, at the field, where its kind, name or size is not taken.
void addFile(Context& context, const Id<Pratica>& id, const std::string& campo, const FileInviato& file);
/// Adds a file that is already in "I miei allegati".
void addAllegato(Context& context, const Id<Pratica>& id, const std::string& campo, const Id<Allegato>& allegato);
/// Takes a file off a field; it stays in "I miei allegati".
void removeFile(Context& context, const Id<Pratica>& id, const std::string& campo, const Id<Allegato>& allegato);

/// Deletes a draft; its files stay in "I miei allegati".
void removeBozza(Context& context, const Id<Pratica>& id);
/// Deletes a file that went with no sent pratica, and takes it off the citizen's drafts.
void removeAllegato(Context& context, const Id<Allegato>& id);

/// The nearest step before or after `from` that is shown with these answers; `from` itself at the ends.
std::string neighbour(const Modulo& modulo, const Risposte& risposte, const std::string& from, int direction);

}
