#include "server/store/jobs.h"

#include "server/store/contatori.h"
#include "server/store/ids.h"
#include "server/store/sql.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace sdc::store {
namespace {

constexpr std::array<std::string_view, 6> kGeneri = {
    "stampa_modulo", "protocolla_modulo", "stampa_risposta", "protocolla_risposta", "avvisa", "avvisa_profilo"};
constexpr std::array<std::string_view, 4> kCause = {"transitoria", "configurazione", "dati", "esito_incerto"};

GenereJob genereFromName(const std::string& text)
{
    const auto found = std::find(kGeneri.begin(), kGeneri.end(), text);
    if (found == kGeneri.end())
        throw std::runtime_error("lavoro di genere sconosciuto: " + text);
    return static_cast<GenereJob>(found - kGeneri.begin());
}

/// Mail does not wait for the register, nor the register for mail; mail about no pratica waits for nothing.
std::string queueOf(const Job& job)
{
    if (job.pratica.empty())
        return "posta:" + job.chiave;
    return (job.genere == GenereJob::Avvisa ? "posta:" : "iter:") + job.pratica.text();
}

/// At most 1,000 bytes, and no letter cut in two: PostgreSQL would refuse the text.
std::string cut(const std::string& text)
{
    std::size_t end = std::min<std::size_t>(text.size(), 1000);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end);
}

std::optional<Job> readJob(Sql& sql)
{
    Job job;
    std::string genere;
    sql.into(job.id)
        .into(genere)
        .into(job.chiave)
        .into(job.pratica)
        .into(job.dati)
        .into(job.tentativi)
        .into(job.creato);
    if (!sql.next())
        return std::nullopt;
    job.genere = genereFromName(genere);
    return job;
}

/// Mail about an address, in the words of the index jobs_profilo.
constexpr std::string_view kProfilo = "j.genere = 'avvisa_profilo'";

/// Which kinds these jobs are of, in the words of the indexes jobs_iter and jobs_posta.
std::string_view generi(Coda coda)
{
    switch (coda) {
    case Coda::Iter:
        return "j.genere <> 'avvisa' AND j.genere IN ('stampa_modulo', 'protocolla_modulo', 'stampa_risposta', "
               "'protocolla_risposta')";
    case Coda::Posta:
        return "j.genere = 'avvisa'";
    case Coda::Tutte:
        break;
    }
    return "j.genere IN ('avvisa', 'avvisa_profilo', 'stampa_modulo', 'protocolla_modulo', 'stampa_risposta', "
           "'protocolla_risposta')";
}

/// SQLite, which keeps no statistics of these tables, is told the index; PostgreSQL finds it.
std::string_view indexOf(Kind kind, Coda coda)
{
    if (kind == Kind::Postgresql || coda == Coda::Tutte)
        return "";
    return coda == Coda::Iter ? " INDEXED BY jobs_iter" : " INDEXED BY jobs_posta";
}

/// What is due of these works: each the first of its queue. One that stopped holds up nothing: each step of the iter is
/// enqueued by the one before it, and a mail that cannot be delivered says nothing against the next.
std::string due(std::string_view what, std::string_view index, std::string_view stato, std::string_view generi)
{
    std::string text{"SELECT "};
    text.append(what).append(" FROM jobs j").append(index).append(" WHERE ").append(stato).append(" AND ");
    text.append(generi).append(R"( AND j.prossimo <= :now
        AND j.numero = (SELECT MIN(b.numero) FROM jobs b WHERE b.coda = j.coda AND b.stato IN ('pronto', 'in_corso')))");
    return text;
}

/// The works to look at, in turn: those in hand whose lease ran out, few, and those that wait, along their indexes.
std::vector<std::string> lookups(Kind kind, std::string_view what, Coda coda)
{
    constexpr std::string_view kLate = "j.stato = 'in_corso' AND j.preso_fino < :now";
    std::vector<std::string> texts{due(what, "", kLate, generi(coda))};
    if (coda == Coda::Posta) {
        const char* index = kind == Kind::Postgresql ? "" : " INDEXED BY jobs_profilo";
        texts.push_back(due(what, "", kLate, kProfilo));
        texts.push_back(due(what, index, "j.stato = 'pronto'", kProfilo));
    }
    texts.push_back(due(what, indexOf(kind, coda), "j.stato = 'pronto'", generi(coda)));
    return texts;
}

std::optional<Job> nextDue(Transaction& transaction, Coda coda, Instant now)
{
    const auto kind = transaction.kind();
    // Its statistics are of when the queue was another one: without these words it may read and sort all that waits.
    if (kind == Kind::Postgresql)
        transaction.lease().session().execute("SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off");
    for (std::string text : lookups(kind, "j.id, j.genere, j.chiave, j.pratica, j.dati, j.tentativi, j.creato", coda)) {
        text += " ORDER BY j.prossimo, j.numero LIMIT 1";
        // Servers that share the work step over the rows that another one is taking; SQLite has one writer anyway.
        if (kind == Kind::Postgresql)
            text += " FOR UPDATE SKIP LOCKED";
        Sql sql(transaction, text.c_str());
        if (auto job = readJob(sql.use("now", now)))
            return job;
    }
    return std::nullopt;
}

/// What waits behind this work is due with it: a look at what is due never steps over works that are held up for long.
void moveFollowers(Transaction& transaction, const std::string& id, Instant when)
{
    Sql(transaction, R"(UPDATE jobs SET prossimo = :quando
                        WHERE stato IN ('pronto', 'in_corso') AND stato = 'pronto'
                            AND coda = (SELECT coda FROM jobs WHERE id = :id)
                            AND numero > (SELECT numero FROM jobs WHERE id = :id))")
        .use("quando", when)
        .use("id", id)
        .run();
}

struct JobFatto
{
    std::string id;
    PostoJob posto;
    bool dimenticabile = false;
};

/// Done ones in the order of the index jobs_fatti. None is ever done before it was due.
std::vector<JobFatto> doneAfter(Reader& reader, Instant before, const PostoJob& from, std::size_t limit)
{
    std::vector<JobFatto> all;
    JobFatto one;
    Instant finito;
    Stato stato = Stato::Bozza;
    // What is about no pratica is as good as concluded.
    Sql sql(reader, R"(SELECT j.id, j.prossimo, j.numero, j.finito, COALESCE(p.stato, :conclusa)
                       FROM jobs j LEFT JOIN pratiche p ON p.id = j.pratica
                       WHERE j.stato = 'fatto' AND j.prossimo < :prima AND (j.prossimo, j.numero) > (:dopo, :numero)
                       ORDER BY j.prossimo, j.numero LIMIT :limite)");
    sql.use("conclusa", Stato::Accettata);
    sql.use("prima", before).use("dopo", from.prossimo).use("numero", from.numero).use("limite", limit);
    sql.into(one.id).into(one.posto.prossimo).into(one.posto.numero).into(finito).into(stato);
    while (sql.next()) {
        one.dimenticabile = finito < before && isFinal(stato);
        all.push_back(one);
    }
    return all;
}

}

std::string_view name(GenereJob genere)
{
    return kGeneri.at(static_cast<std::size_t>(genere));
}

std::string_view name(CausaErrore causa)
{
    return kCause.at(static_cast<std::size_t>(causa));
}

bool stops(CausaErrore causa)
{
    return causa == CausaErrore::Dati || causa == CausaErrore::EsitoIncerto;
}

void enqueue(Transaction& transaction, const Job& job, Instant now)
{
    Sql(transaction, R"(INSERT INTO jobs (id, genere, chiave, coda, numero, pratica, dati, stato, tentativi, prossimo,
                                          preso_da, causa, errore, creato)
                        VALUES (:id, :genere, :chiave, :coda, :numero, :pratica, :dati, 'pronto', 0, :now, '', '', '', :now)
                        ON CONFLICT (chiave) DO NOTHING)")
        .use("id", newId())
        .use("genere", std::string{name(job.genere)})
        .use("chiave", job.chiave)
        .use("coda", queueOf(job))
        .use("numero", nextValue(transaction, "jobs"))
        .use("pratica", job.pratica)
        .use("dati", job.dati)
        .use("now", now)
        .run();
}

bool hasDueJob(Reader& reader, Coda coda, Instant now)
{
    const auto texts = lookups(reader.kind(), "1", coda);
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
        int found = 0;
        Sql sql(reader, (text + " LIMIT 1").c_str());
        return sql.use("now", now).into(found).next();
    });
}

std::optional<Job> takeJob(Transaction& transaction, const Claim& claim, Instant now)
{
    auto job = nextDue(transaction, claim.coda, now);
    if (!job)
        return std::nullopt;
    ++job->tentativi;
    Sql(transaction,
        R"(UPDATE jobs SET stato = 'in_corso', preso_da = :worker, preso_fino = :fino, tentativi = :tentativi
                        WHERE id = :id)")
        .use("worker", claim.worker)
        .use("fino", claim.until)
        .use("tentativi", job->tentativi)
        .use("id", job->id)
        .run();
    return job;
}

// Each taking counts a try, so the number of tries tells one lease of a job from every other.
bool finish(Transaction& transaction, const Job& job, Instant now)
{
    return Sql(transaction, R"(UPDATE jobs SET stato = 'fatto', preso_da = '', causa = '', errore = '', finito = :now
                               WHERE id = :id AND stato <> 'fatto' AND tentativi = :tentativi)")
               .use("now", now)
               .use("id", job.id)
               .use("tentativi", job.tentativi)
               .run() > 0;
}

bool postpone(Transaction& transaction, const Job& job, CausaErrore causa, const std::string& errore, Instant next)
{
    const bool held = Sql(transaction, R"(UPDATE jobs SET stato = :stato, preso_da = '', causa = :causa,
                                              errore = :errore, prossimo = :next
                                          WHERE id = :id AND stato <> 'fatto' AND tentativi = :tentativi)")
                          .use("stato", stops(causa) ? "fermo" : "pronto")
                          .use("causa", std::string{name(causa)})
                          .use("errore", cut(errore))
                          .use("next", next)
                          .use("id", job.id)
                          .use("tentativi", job.tentativi)
                          .run() > 0;
    if (held && !stops(causa))
        moveFollowers(transaction, job.id, next);
    return held;
}

void releaseLeases(Transaction& transaction, const std::string& worker)
{
    Sql(transaction, "UPDATE jobs SET stato = 'pronto', preso_da = '' WHERE stato = 'in_corso' AND preso_da = :worker")
        .use("worker", worker)
        .run();
}

void pullBackJobs(Transaction& transaction, const Limiti& limiti, std::chrono::seconds wait, std::chrono::seconds lease)
{
    Sql(transaction, "UPDATE jobs SET prossimo = :now WHERE stato IN ('pronto', 'in_corso') AND prossimo > :limite")
        .use("now", limiti.now)
        .use("limite", limiti.after(wait))
        .run();
    // Whoever holds it may be at work: it gets a whole lease, by today's clock.
    Sql(transaction, "UPDATE jobs SET preso_fino = :fino WHERE stato = 'in_corso' AND preso_fino > :limite")
        .use("fino", limiti.now + lease)
        .use("limite", limiti.after(lease))
        .run();
}

long long forgetDone(Database& database, Instant before, PostoJob& from, std::size_t limit)
{
    const auto seen = doneAfter(database, before, from, limit);
    long long gone = 0;
    Transaction transaction(database);
    for (const auto& job : seen) {
        if (job.dimenticabile)
            gone += Sql(transaction, "DELETE FROM jobs WHERE id = :id").use("id", job.id).run();
    }
    transaction.commit();
    from = seen.size() < limit ? PostoJob{} : seen.back().posto;
    return gone;
}

bool retry(Transaction& transaction, const std::string& id, Instant now)
{
    const bool there =
        Sql(transaction,
            "UPDATE jobs SET stato = 'pronto', prossimo = :now WHERE id = :id AND stato IN ('pronto', 'fermo')")
            .use("now", now)
            .use("id", id)
            .run() > 0;
    if (there)
        moveFollowers(transaction, id, now);
    return there;
}

std::vector<JobInSospeso> jobInSospeso(Reader& reader, std::size_t limit)
{
    std::vector<JobInSospeso> all;
    JobInSospeso one;
    Sql sql(reader, R"(SELECT id, genere, stato, pratica, tentativi, causa, errore, prossimo FROM jobs
                       WHERE stato IN ('pronto', 'in_corso', 'fermo') AND stato <> 'in_corso' AND tentativi > 0
                       ORDER BY numero LIMIT :limite)");
    sql.use("limite", limit).into(one.id).into(one.genere).into(one.stato).into(one.pratica).into(one.tentativi);
    sql.into(one.causa).into(one.errore).into(one.prossimo);
    while (sql.next())
        all.push_back(one);
    return all;
}

std::vector<ConteggioJob> conteggiJob(Reader& reader)
{
    std::vector<ConteggioJob> all;
    ConteggioJob one;
    Sql sql(reader, R"(SELECT genere, stato, causa, COUNT(*) FROM jobs WHERE stato IN ('pronto', 'in_corso', 'fermo')
                       GROUP BY genere, stato, causa ORDER BY genere, stato, causa)");
    sql.into(one.genere).into(one.stato).into(one.causa).into(one.numero);
    while (sql.next())
        all.push_back(one);
    return all;
}

std::vector<AttesaJob> atteseJob(Reader& reader)
{
    std::vector<AttesaJob> all;
    AttesaJob one;
    Sql sql(reader, R"(SELECT genere, MIN(creato) FROM jobs
                       WHERE stato IN ('pronto', 'in_corso', 'fermo') AND stato <> 'fermo'
                       GROUP BY genere ORDER BY genere)");
    sql.into(one.genere).into(one.creato);
    while (sql.next())
        all.push_back(one);
    return all;
}

}
