#pragma once

#include "core/base/time.h"
#include "core/pratica/pratica.h"
#include "server/store/database.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sdc::store {

/// What can be done after a commit.
enum class GenereJob { StampaModulo, ProtocollaModulo, StampaRisposta, ProtocollaRisposta, Avvisa, AvvisaProfilo };

std::string_view name(GenereJob genere);

/// Why a job did not succeed, and so who must act.
enum class CausaErrore { Transitoria, Configurazione, Dati, EsitoIncerto };

std::string_view name(CausaErrore causa);
/// Whether a job is not tried again before a person has done something.
bool stops(CausaErrore causa);

struct Job
{
    std::string id;
    GenereJob genere = GenereJob::Avvisa;
    /// The same work has the same key: enqueued twice it is there once.
    std::string chiave;
    /// Empty: a mail about an operator's account.
    Id<Pratica> pratica;
    /// What the work needs beside the pratica: the state that Avvisa tells of; where a mail is about no pratica, which
    /// one it is and to whom.
    std::string dati;
    int tentativi = 0;
    Instant creato;
};

/// Adds work to do once this transaction is committed; the works of one pratica and queue go in order.
void enqueue(Transaction& transaction, const Job& job, Instant now);

/// Which jobs a thread does: a mail server that does not answer must not keep documents waiting for their number.
enum class Coda { Tutte, Iter, Posta };

/// Whether any job is due: a look that locks nothing.
bool hasDueJob(Reader& reader, Coda coda, Instant now);
/// Who takes jobs, which, and until when they are theirs.
struct Claim
{
    std::string worker;
    Coda coda = Coda::Tutte;
    Instant until;
};
/// The next job that is due, leased; nothing where there is none. Of a kind that this program does not know none is
/// taken: a newer server's work is left to it.
std::optional<Job> takeJob(Transaction& transaction, const Claim& claim, Instant now);
/// Marks it done. False, and nothing changed, where its lease ran out and another worker took it meanwhile.
bool finish(Transaction& transaction, const Job& job, Instant now);
/// Puts it off to `next`, or stops it where only a person can help. False as above.
bool postpone(Transaction& transaction, const Job& job, CausaErrore causa, const std::string& errore, Instant next);
/// Gives back what this worker had taken before it was killed: at its start it has taken nothing.
void releaseLeases(Transaction& transaction, const std::string& worker);

/// A clock that was ahead put jobs off to a time that is far away now: none waits longer than `wait`, nor is leased for
/// longer than `lease`.
void pullBackJobs(Transaction& transaction, const Limiti& limiti, std::chrono::seconds wait,
                  std::chrono::seconds lease);
/// A place among the jobs, by when they were due; at first before all of them.
struct PostoJob
{
    std::string prossimo;
    long long numero = 0;
};
/// Looks at `limit` jobs after `from` and removes those done before `before` of pratiche that are concluded: as long as
/// a pratica changes, the keys of its jobs keep what was done from being done again. `from` moves on, and begins again
/// at the end; how many went.
long long forgetDone(Database& database, Instant before, PostoJob& from, std::size_t limit);

/// Makes a stopped or postponed job ready at once, as an administrator asks; whether there is one.
bool retry(Transaction& transaction, const std::string& id, Instant now);

/// A job that did not succeed so far.
struct JobInSospeso
{
    std::string id;
    std::string genere;
    std::string stato;
    Id<Pratica> pratica;
    int tentativi = 0;
    std::string causa;
    std::string errore;
    Instant prossimo;
};
/// Those that failed at least once and are not done, oldest first.
std::vector<JobInSospeso> jobInSospeso(Reader& reader, std::size_t limit);

struct ConteggioJob
{
    std::string genere;
    std::string stato;
    std::string causa;
    long long numero = 0;
};
std::vector<ConteggioJob> conteggiJob(Reader& reader);

/// Since when the oldest job of a kind waits that is still to be done; not those that stopped.
struct AttesaJob
{
    std::string genere;
    Instant creato;
};
std::vector<AttesaJob> atteseJob(Reader& reader);

}
