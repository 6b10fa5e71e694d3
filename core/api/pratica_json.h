#pragma once

#include "core/api/allegato_json.h"
#include "core/base/id.h"
#include "core/base/time.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sdc {

struct Operatore;
class Pratica;

}

namespace sdc::api {

/// Who has a pratica in charge.
struct Assegnatario
{
    Id<sdc::Operatore> id;
    std::string nome;

    bool operator==(const Assegnatario&) const = default;
};

/// One row of the dashboard.
struct Riga
{
    Id<sdc::Pratica> id;
    std::optional<std::string> protocollo;
    std::string richiedente;
    std::string servizio;
    std::string servizioSlug;
    std::string categoria;
    Instant dataCompilazione;
    int stato = 0;
    std::string statoNome;
    std::optional<Assegnatario> operatore;
    bool mia = false;
    bool prendibile = false;

    bool operator==(const Riga&) const = default;
};

/// How many pratiche each of the four lists holds.
struct Conteggi
{
    std::int64_t gestire = 0;
    std::int64_t assegnare = 0;
    std::int64_t concluse = 0;
    std::int64_t tutte = 0;

    bool operator==(const Conteggi&) const = default;
};

/// A page of one list, with the counts of all.
struct ElencoPratiche
{
    std::string elenco;
    std::int64_t totale = 0;
    /// Whether a search found more than it shows; the newest are here.
    bool parziale = false;
    Conteggi conteggi;
    std::int64_t cambiamento = 0;
    std::vector<Riga> righe;
    std::optional<std::string> dopo;

    bool operator==(const ElencoPratiche&) const = default;
};

/// A state that the pratica passed, and when.
struct Passaggio
{
    int stato = 0;
    std::string statoNome;
    std::string spiegazione;
    Instant quando;

    bool operator==(const Passaggio&) const = default;
};

struct Voce
{
    std::string etichetta;
    std::string valore;

    bool operator==(const Voce&) const = default;
};

/// A titled group of what the citizen wrote.
struct GruppoDati
{
    std::string titolo;
    std::vector<Voce> voci;

    bool operator==(const GruppoDati&) const = default;
};

/// How the pratica ended.
struct EsitoDettaglio
{
    bool accettata = false;
    std::string motivazione;
    std::optional<std::string> protocolloRisposta;
    std::optional<Documento> risposta;
    std::optional<FileEsito> file;

    bool operator==(const EsitoDettaglio&) const = default;
};

/// An outcome that the operator is still writing, as the server keeps it.
struct BozzaEsito
{
    /// "approva", "rigetta", or empty while nothing is chosen.
    std::string esito;
    std::string motivazione;
    /// The step, from 1.
    int passo = 1;
    /// When the server got it; it is not sent there.
    std::optional<Instant> salvata;

    bool operator==(const BozzaEsito&) const = default;
};

/// All that an operator sees of one pratica.
struct Dettaglio
{
    Id<sdc::Pratica> id;
    std::int64_t versione = 0;
    std::string servizio;
    std::string servizioSlug;
    std::string categoria;
    bool certificato = false;
    std::string ente;
    std::string richiedente;
    int stato = 0;
    std::string statoNome;
    std::optional<std::string> protocollo;
    std::optional<Instant> dataProtocollo;
    Instant dataCompilazione;
    std::optional<Instant> dataPresentazione;
    std::optional<Assegnatario> operatore;
    bool mia = false;
    bool prendibile = false;
    bool elaborabile = false;
    bool rilasciabile = false;
    std::optional<Documento> moduloCompilato;
    std::vector<Passaggio> iter;
    std::vector<GruppoDati> dati;
    std::vector<Allegato> allegati;
    std::optional<EsitoDettaglio> esito;
    std::optional<BozzaEsito> bozza;

    bool operator==(const Dettaglio&) const = default;
};

void to_json(nlohmann::json& json, const Assegnatario& assegnatario);
void from_json(const nlohmann::json& json, Assegnatario& assegnatario);
void to_json(nlohmann::json& json, const Riga& riga);
void from_json(const nlohmann::json& json, Riga& riga);
void to_json(nlohmann::json& json, const Conteggi& conteggi);
void from_json(const nlohmann::json& json, Conteggi& conteggi);
void to_json(nlohmann::json& json, const ElencoPratiche& elenco);
void from_json(const nlohmann::json& json, ElencoPratiche& elenco);
void to_json(nlohmann::json& json, const Passaggio& passaggio);
void from_json(const nlohmann::json& json, Passaggio& passaggio);
void to_json(nlohmann::json& json, const Voce& voce);
void from_json(const nlohmann::json& json, Voce& voce);
void to_json(nlohmann::json& json, const GruppoDati& gruppo);
void from_json(const nlohmann::json& json, GruppoDati& gruppo);
void to_json(nlohmann::json& json, const EsitoDettaglio& esito);
void from_json(const nlohmann::json& json, EsitoDettaglio& esito);
void to_json(nlohmann::json& json, const BozzaEsito& bozza);
void from_json(const nlohmann::json& json, BozzaEsito& bozza);
void to_json(nlohmann::json& json, const Dettaglio& dettaglio);
void from_json(const nlohmann::json& json, Dettaglio& dettaglio);

}
