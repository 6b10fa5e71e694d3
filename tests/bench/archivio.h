#pragma once

#include "core/pratica/allegato.h"
#include "core/pratica/pratica.h"
#include "server/store/attivita.h"
#include "server/store/jobs.h"
#include "server/store/termini.h"
#include "tests/bench/campioni.h"
#include "tests/bench/tabelle.h"

#include <map>
#include <memory>

namespace sdc::bench {

/// A file whose bytes lie among the ente's.
struct Contenuto
{
    std::string tipo;
    std::string sha256;
    std::int64_t dimensione = 0;
};

/// A service with ways to answer its form.
struct ServizioFinto
{
    std::shared_ptr<const Definizione> definizione;
    std::vector<Campione> campioni;
    std::string nomeModulo;
    std::string nomeRisposta;
};

/// A pratica on its way through the years.
struct PraticaFinta
{
    Pratica::Fields fields;
    long long numero = 0;
    const Cittadino* cittadino = nullptr;
    const ServizioFinto* servizio = nullptr;
    const Campione* campione = nullptr;
    /// Who takes it in charge.
    Id<Operatore> operatore;
    /// The states it goes through, and how many it has reached.
    std::vector<Stato> corso;
    std::size_t passaggi = 0;
    /// SHA-256 of what was registered with it: the form and its attachments, or the response.
    std::vector<std::string> impronte;

    bool isAtEnd() const { return passaggi == corso.size(); }
};

/// Writes into an ente's SQLite tables what the application's transactions write, years of it in minutes. Counts,
/// ranges and the search are to be made anew afterwards.
class Archivio
{
public:
    Archivio(store::Transaction& sqlite, std::map<std::string, Contenuto> contenuti, Sorte& sorte);

    /// With the terms accepted and the data confirmed.
    void add(const Cittadino& cittadino, const std::vector<store::Termine>& termini, Instant when);
    /// The pratica comes into the next state of its course, with all that follows from it.
    void advance(PraticaFinta& pratica, Instant when);
    /// Brings the counters to the last numbers given.
    void close();

private:
    void move(PraticaFinta& pratica, Instant when);
    void follow(PraticaFinta& pratica, Instant when);
    void start(PraticaFinta& pratica, Instant when);
    void send(PraticaFinta& pratica, Instant when);
    std::vector<std::string> attach(PraticaFinta& pratica, Instant when);
    void takeCharge(PraticaFinta& pratica, Instant when);
    void decide(PraticaFinta& pratica, Instant when);
    NumeroProtocollo registra(PraticaFinta& pratica, bool risposta, Instant when);
    void addDocumento(PraticaFinta& pratica, const char* genere, const std::string& nome, const Contenuto& contenuto,
                      Instant when);
    void addJob(const PraticaFinta& pratica, store::GenereJob genere, const std::string& dati, bool done, Instant when);
    void addRow(const PraticaFinta& pratica);
    void log(const store::Attivita& attivita, Instant when);
    long long next(const std::string& counter) { return ++counters_[counter]; }

    store::Transaction& transaction_;
    std::map<std::string, Contenuto> contenuti_;
    Sorte& sorte_;
    std::map<std::string, long long> counters_;
    std::string lastHash_;
    Tabelle tabelle_;
};

}
