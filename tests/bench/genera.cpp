#include "tests/bench/genera.h"

#include "server/cittadini_demo.h"
#include "server/demo.h"
#include "server/rooms.h"
#include "server/store/cittadini.h"
#include "server/store/conteggi.h"
#include "server/store/copia.h"
#include "server/store/ids.h"
#include "server/store/operatori.h"
#include "server/store/servizi.h"
#include "server/store/sql.h"
#include "tests/bench/archivio.h"
#include "tests/bench/persone.h"
#include "tests/bench/storia.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <queue>
#include <set>

namespace sdc::bench {
namespace {

using namespace std::chrono;

constexpr const char* kEnte = "rovereto";
constexpr days kAnni{5 * 365};
/// The last of them are found open more often than not.
constexpr std::size_t kOneRecentIn = 7;
constexpr std::size_t kCampioni = 40;
constexpr std::size_t kPratichePerPersona = 4;
constexpr std::size_t kPratichePerOperatore = 5'000;
constexpr std::size_t kMostOperatori = 300;
/// The citizens who can log in have as many pratiche in ten thousand as in a million.
constexpr std::size_t kOfTheDemo = 60;

struct Parti
{
    std::vector<Cittadino> persone;
    std::size_t dellaDemo = 0;
    std::vector<Operatore> operatori;
    std::vector<ServizioFinto> servizi;
    std::vector<store::Termine> termini;
};

/// Four contents of each kind that a form asks for, and one of each document.
std::map<std::string, Contenuto> makeContenuti(const store::Files& files)
{
    struct Genere
    {
        const char* nome;
        const char* tipo;
        const char* begin;
    };
    constexpr std::array kGeneri = {Genere{"PDF", "application/pdf", "%PDF-1.4\n"},
                                    Genere{"JPEG", "image/jpeg", "\xFF\xD8\xFF\xE0"},
                                    Genere{"PNG", "image/png", "\x89PNG\r\n\x1A\n"},
                                    Genere{"P7M", "application/pkcs7-mime", "-----BEGIN PKCS7-----\n"},
                                    Genere{"modulo", "application/pdf", "%PDF-1.4\n%m\n"},
                                    Genere{"risposta", "application/pdf", "%PDF-1.4\n%r\n"}};
    std::map<std::string, Contenuto> all;
    const store::Hold hold = files.hold();
    for (const Genere& genere : kGeneri) {
        for (int i = 0; i < 4; ++i) {
            std::string text = genere.begin + std::to_string(i) + "\n";
            text.resize(static_cast<std::size_t>(20'000 + 1'000 * i), ' ');
            const auto file = files.temporary();
            std::ofstream(file, std::ios::binary) << text;
            const std::string sha256 = store::sha256OfText(text);
            files.adopt(hold, file, sha256);
            const bool one = *genere.nome == 'm' || *genere.nome == 'r';
            all[one ? genere.nome : genere.nome + std::to_string(i)] = {genere.tipo, sha256,
                                                                        static_cast<std::int64_t>(text.size())};
        }
    }
    return all;
}

std::vector<ServizioFinto> readServizi(store::Reader& reader, Sorte& sorte, Instant now)
{
    std::vector<ServizioFinto> all;
    for (const auto& definizione : store::currentDefinizioni(reader)) {
        ServizioFinto one{definizione,
                          {},
                          cleanFileName("Modulo " + definizione->servizio.nome + ".pdf"),
                          cleanFileName("Risposta " + definizione->servizio.nome + ".pdf")};
        while (one.campioni.size() < kCampioni)
            one.campioni.push_back(makeCampione(definizione->servizio.modulo, sorte, romeDate(now)));
        all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), [](const ServizioFinto& a, const ServizioFinto& b) {
        return a.definizione->servizio.slug < b.definizione->servizio.slug;
    });
    return all;
}

Operatore makeOperatore(const std::string& username, std::vector<std::string> servizi)
{
    Operatore o;
    o.id = Id<Operatore>{store::newId()};
    o.username = username;
    o.nome = "Ufficio";
    o.cognome = username;
    o.email = username + "@esempio.it";
    o.tuttiServizi = servizi.empty();
    o.servizi = std::move(servizi);
    return o;
}

/// The demonstration's operator with all services, one with the two that are asked for least, and as many more as the
/// work asks for; all with its password.
std::vector<Operatore> addOperatori(store::Transaction& transaction, const std::vector<ServizioFinto>& servizi,
                                    std::size_t pratiche)
{
    const store::Credenziali demo = store::findCredenziali(transaction, kTutti).value();
    std::vector<std::string> two;
    for (auto servizio = servizi.rbegin(); servizio != servizi.rend() && two.size() < 2; ++servizio)
        two.push_back(servizio->definizione->servizio.slug);
    std::sort(two.begin(), two.end());
    std::vector<Operatore> all{makeOperatore(kDueServizi, two)};
    const std::size_t more = std::min(kMostOperatori, 1 + pratiche / kPratichePerOperatore);
    for (std::size_t i = 1; i <= more; ++i)
        all.push_back(makeOperatore("funzionario" + std::to_string(i), {}));
    for (const Operatore& operatore : all)
        store::insert(transaction, operatore, demo.password);
    all.push_back(demo.operatore);
    return all;
}

/// Those of the demonstration who are not known yet get a complete profile.
void addIdentita(store::Transaction& transaction, std::vector<Cittadino>& persone, Sorte& sorte)
{
    for (const Identita& identita : cittadiniDemo()) {
        Cittadino c = inventPersone(sorte, 1).front();
        if (const auto known = store::findCittadinoByCodiceFiscale(transaction, identita.codiceFiscale))
            c.id = known->id;
        c.codiceFiscale = identita.codiceFiscale;
        c.nome = identita.nome;
        c.cognome = identita.cognome;
        c.luogoNascita = identita.luogoNascita;
        c.dataNascita = identita.dataNascita;
        store::Sql(transaction, "DELETE FROM cittadini WHERE id = :id").use("id", c.id).run();
        persone.push_back(std::move(c));
    }
}

Parti makeParti(store::Transaction& transaction, const Richiesta& richiesta, Sorte& sorte, Instant now)
{
    Parti parti;
    addIdentita(transaction, parti.persone, sorte);
    parti.dellaDemo = parti.persone.size();
    for (Cittadino& c : inventPersone(sorte, 1 + richiesta.pratiche / kPratichePerPersona))
        parti.persone.push_back(std::move(c));
    parti.servizi = readServizi(transaction, sorte, now);
    parti.operatori = addOperatori(transaction, parti.servizi, richiesta.pratiche);
    parti.termini = store::currentTermini(transaction);
    return parti;
}

/// The years go by: pratiche are born, and each comes into its next state when its time is there, whichever is first.
class Anni
{
public:
    Anni(Archivio& archivio, const Parti& parti, Sorte& sorte, std::size_t pratiche, Instant end)
        : archivio_(archivio),
          parti_(parti),
          sorte_(sorte),
          pratiche_(pratiche),
          begin_(end - kAnni)
    {
    }

    void pass()
    {
        // The last course ends two months and a half after its beginning.
        const auto span = duration_cast<seconds>(kAnni - days{80});
        for (std::size_t i = 0; i < pratiche_; ++i) {
            const auto since = span * static_cast<long long>(i) / static_cast<long long>(pratiche_);
            workUntil(begin_ + since);
            begin(i, begin_ + since);
        }
        workUntil(Instant::max());
    }

private:
    struct Prossima
    {
        Instant quando;
        long long numero;
        std::shared_ptr<PraticaFinta> pratica;
        bool operator<(const Prossima& other) const
        {
            return std::tie(other.quando, other.numero) < std::tie(quando, numero);
        }
    };

    void workUntil(Instant until)
    {
        while (!waiting_.empty() && waiting_.top().quando <= until) {
            const Prossima next = waiting_.top();
            waiting_.pop();
            archivio_.advance(*next.pratica, next.quando);
            expect(next.pratica, next.quando);
        }
    }

    void expect(const std::shared_ptr<PraticaFinta>& pratica, Instant since)
    {
        if (!pratica->isAtEnd())
            waiting_.push({since + waitBefore(pratica->corso[pratica->passaggi], sorte_), pratica->numero, pratica});
    }

    void begin(std::size_t i, Instant when)
    {
        auto pratica = std::make_shared<PraticaFinta>();
        pratica->servizio = &parti_.servizi[someServizio()];
        pratica->campione = &sorte_.of(pratica->servizio->campioni);
        const bool demo = i % std::max<std::size_t>(1, pratiche_ / kOfTheDemo) == 0;
        pratica->cittadino = demo ? &parti_.persone[sorte_.below(parti_.dellaDemo)] : &sorte_.of(parti_.persone);
        const Definizione& definizione = *pratica->servizio->definizione;
        auto& f = pratica->fields;
        f.id = Id<Pratica>{sorte_.id()};
        f.servizio = definizione.servizio.slug;
        f.definizione = definizione.id;
        f.cittadino = pratica->cittadino->id;
        f.creata = when;
        f.passo = definizione.servizio.modulo.passi.front().chiave;
        do
            pratica->operatore = sorte_.of(parti_.operatori).id;
        while (!enabled(pratica->operatore, f.servizio));
        pratica->corso = corsoTo(fate(*pratica, i), sorte_);
        archivio_.advance(*pratica, when);
        expect(pratica, when);
    }

    /// The first are asked for much more often than the last.
    std::size_t someServizio()
    {
        const std::size_t count = parti_.servizi.size();
        const std::size_t tickets = count * (count + 1) * (2 * count + 1) / 6;
        std::size_t left = sorte_.below(tickets);
        std::size_t i = 0;
        for (; left >= (count - i) * (count - i); ++i)
            left -= (count - i) * (count - i);
        return i;
    }

    bool enabled(const Id<Operatore>& id, const std::string& servizio) const
    {
        return std::any_of(parti_.operatori.begin(), parti_.operatori.end(),
                           [&](const Operatore& o) { return o.id == id && o.enabledFor(servizio); });
    }

    /// The last ones come to every state once. A citizen has one draft for a service, and who can log in none.
    Stato fate(const PraticaFinta& pratica, std::size_t i)
    {
        const auto stati = allStati();
        const std::size_t left = pratiche_ - i;
        const Stato stato = left <= stati.size() ? stati[left - 1] : foundIn(left <= pratiche_ / kOneRecentIn, sorte_);
        const bool draft = stato == Stato::Bozza || stato == Stato::InAttesaDiPagamento;
        if (!draft)
            return stato;
        const auto& f = pratica.fields;
        const bool demo = pratica.cittadino < &parti_.persone[parti_.dellaDemo];
        return !demo && drafts_.insert(f.cittadino.text() + f.servizio).second ? stato : Stato::Accettata;
    }

    Archivio& archivio_;
    const Parti& parti_;
    Sorte& sorte_;
    std::size_t pratiche_;
    Instant begin_;
    std::priority_queue<Prossima> waiting_;
    std::set<std::string> drafts_;
};

/// Nobody else uses the file, and nothing is lost where this is cut off: it is made anew.
std::unique_ptr<store::Database> openFast(const std::filesystem::path& file)
{
    auto database = store::openFile(file);
    for (const char* pragma : {"PRAGMA journal_mode = DELETE", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
                               "PRAGMA foreign_keys = OFF", "PRAGMA cache_size = -2000000"})
        database->lease().session().execute(pragma);
    return database;
}

void fill(const std::filesystem::path& file, const store::Files& files, const Richiesta& richiesta, Instant now)
{
    const auto database = openFast(file);
    store::Transaction transaction(*database);
    Sorte sorte(richiesta.seme);
    const Parti parti = makeParti(transaction, richiesta, sorte, now);
    const auto indexes = store::dropIndexes(transaction);
    Archivio archivio(transaction, makeContenuti(files), sorte);
    for (const Cittadino& persona : parti.persone)
        archivio.add(persona, parti.termini, now - kAnni);
    Anni(archivio, parti, sorte, richiesta.pratiche, now).pass();
    archivio.close();
    for (const std::string& index : indexes)
        transaction.lease().session().execute(index);
    if (richiesta.postgresql.empty())
        store::rebuildElenchi(transaction);
    transaction.commit();
}

void bringToPostgresql(store::Database& ente, const std::filesystem::path& file, Instant now)
{
    const auto copy = store::openReadOnly(file);
    store::Transaction transaction(ente);
    store::restoreEnte(transaction, *copy, store::newestVersion(store::Tables::Ente), now);
    store::rebuildElenchi(transaction);
    transaction.commit();
    ente.lease().session().execute("ANALYZE");
}

}

void genera(const Richiesta& richiesta)
{
    const Instant now = floor<seconds>(system_clock::now()) - hours{1};
    Config config;
    config.cartella = richiesta.cartella;
    config.risorse = richiesta.risorse;
    config.database = richiesta.postgresql.empty() ? TipoDatabase::Sqlite : TipoDatabase::Postgresql;
    config.postgresql = richiesta.postgresql;
    const auto file = richiesta.cartella / "enti" / kEnte / "stanza.sqlite";
    const store::Files files{richiesta.cartella / "enti" / kEnte / "allegati"};
    auto rooms = std::make_unique<Rooms>(config, [now] { return now; });
    makeDemo(config, *rooms, now);
    store::Database& ente = *rooms->find(kEnte)->database;
    long long pratiche = 0;
    store::Sql(ente, "SELECT COUNT(*) FROM pratiche").into(pratiche).next();
    if (pratiche > 0)
        throw std::runtime_error("l'ente ha già dati: serve una cartella, o una base dati, nuova");
    if (richiesta.postgresql.empty()) {
        rooms.reset();
        return fill(file, files, richiesta, now);
    }
    store::copyEnte(ente, file, now);
    fill(file, files, richiesta, now);
    bringToPostgresql(ente, file, now);
    std::filesystem::remove(file);
}

}
