#pragma once

#include "core/pratica/pratica.h"
#include "core/servizio/modulo.h"
#include "core/servizio/servizio.h"
#include "server/store/database.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sdc::store {

/// A pratica, where there is one. Who may see it is the caller's to check.
std::optional<Pratica> findPratica(Reader& reader, const Id<Pratica>& id);
/// The same; throws NotFound.
Pratica pratica(Reader& reader, const Id<Pratica>& id);
/// Makes others who would change it wait until the transaction ends: what is read of it next stays true.
void lock(Transaction& transaction, const Id<Pratica>& id);

/// Adds a new pratica with what the lists show of it.
void insert(Transaction& transaction, const Pratica& pratica, const Servizio& servizio, const std::string& richiedente);
/// Saves the pratica and its news; throws Conflict where somebody else saved first. Keeps counts, changes and lists
/// true.
void save(Transaction& transaction, const Pratica& pratica);
/// Sets what the lists show of the applicant and the service: at sending, and when a draft moves to a newer definition.
void setListed(Transaction& transaction, const Pratica& pratica, const Servizio& servizio, const Cittadino& cittadino);
/// Removes a draft with all that hangs on it.
void removeBozza(Transaction& transaction, const Pratica& pratica);

Risposte risposte(Reader& reader, const Id<Pratica>& id);
void saveRisposte(Transaction& transaction, const Id<Pratica>& id, const Risposte& risposte);

/// The applicant's data as they were at sending; nothing for a draft.
std::optional<Cittadino> richiedente(Reader& reader, const Id<Pratica>& id);
void insertRichiedente(Transaction& transaction, const Id<Pratica>& id, const Cittadino& cittadino);

/// The citizen's own note. Ask for it only on behalf of that citizen.
std::string notaPrivata(Reader& reader, const Id<Pratica>& id);
void saveNotaPrivata(Transaction& transaction, const Id<Pratica>& id, const std::string& testo);

/// A step of the iter as everybody may see it.
struct PassaggioVisibile
{
    Stato stato = Stato::Bozza;
    Instant quando;
};
std::vector<PassaggioVisibile> iter(Reader& reader, const Id<Pratica>& id);

/// The decision's key, made by the operator's program, and the reason.
void insertEsito(Transaction& transaction, const Id<Pratica>& id, const Esito& esito, const std::string& chiave);
/// The pratica that was decided with this key, if one was.
std::optional<Id<Pratica>> decidedWith(Reader& reader, const std::string& chiave);

/// A pratica as the citizen's lists show it.
struct VocePratica
{
    Id<Pratica> id;
    std::string servizio;
    std::string servizioNome;
    std::string categoria;
    Stato stato = Stato::Bozza;
    std::optional<std::string> protocollo;
    Instant creata;
    /// The furthest step that the filling in reached.
    std::string passo;
    std::string nota;
};

/// The drafts of one service, newest first.
std::vector<VocePratica> bozze(Reader& reader, const Id<Cittadino>& cittadino, const std::string& servizio);
/// One of the citizen's lists, newest first: at most `limit` after leaving out `skip`.
std::vector<VocePratica> praticheOf(Reader& reader, const Id<Cittadino>& cittadino, ElencoCittadino elenco,
                                    std::size_t skip, std::size_t limit);
/// The newest of all.
std::vector<VocePratica> praticheRecenti(Reader& reader, const Id<Cittadino>& cittadino, std::size_t limit);
std::map<ElencoCittadino, long long> conteggi(Reader& reader, const Id<Cittadino>& cittadino);

/// Where one draft per service and citizen is the rule: claims the place, or says which draft has it.
std::optional<Id<Pratica>> claimBozzaUnica(Transaction& transaction, const Pratica& pratica);
/// Frees the place once the draft is sent.
void releaseBozzaUnica(Transaction& transaction, const Id<Pratica>& id);

/// Number of the last change of any pratica of the ente.
long long lastCambiamento(Reader& reader);

/// Whether all changes after `numero` are still there, and it is not beyond the last one.
bool remembersAfter(Reader& reader, long long numero);
/// Forgets changes of before `before`, oldest first and at most `limit`; how many. One that claims to be of later than
/// `after` was written by a clock that was wrong, and goes, too.
long long forgetCambiamenti(Transaction& transaction, Instant before, Instant after, std::size_t limit);

struct Cambiamento
{
    long long numero = 0;
    Id<Pratica> pratica;
    std::string servizio;
};
/// Changes after `numero`, in order.
std::vector<Cambiamento> cambiamentiAfter(Reader& reader, long long numero, std::size_t limit);

}
