#pragma once

#include "core/base/time.h"
#include "server/store/catena.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sdc::store {

/// What was said to an identity provider, or by one: kept for 24 months (DPCM 24 ottobre 2014, art. 13, c. 2).
struct TracciaSpid
{
    std::string genere; ///< "richiesta", "risposta", "rifiutata" (an answer that was not believed), "uscita"
    std::string richiestaId;
    std::optional<Instant> richiestaOra;
    std::string rispostaId;
    std::optional<Instant> rispostaOra;
    std::string emittente;
    std::string asserzioneId;
    std::string soggetto;
    std::string soggettoQualificatore;
    std::string xml;         ///< the message, byte by byte
    std::string certificato; ///< PEM, the provider's: with it the message can be verified again
    std::string motivo;      ///< why it was refused
};

/// One of them as it was kept.
struct TracciaTenuta
{
    long long numero = 0;
    Instant quando;
    TracciaSpid traccia;
};

/// Seals bytes for a place, as a text, or opens it: the caller has the key (server/sigilli.h).
using Sealer = std::function<std::string(const std::string& text, const std::string& place)>;

inline constexpr std::array kColonneTracce = {
    "quando",        "genere",   "richiesta_id",           "richiesta_ora", "risposta_id", "risposta_ora", "emittente",
    "asserzione_id", "soggetto", "soggetto_qualificatore", "xml",           "certificato", "motivo"};
inline constexpr Catena kCatenaTracce{"tracce_spid", kColonneTracce};

/// Keeps one, what tells of a person sealed, under the hash of the one before. Who may post anything may not fill the
/// disk: of refused answers one is kept for each request that is kept and has no answer yet, and of messages and texts
/// no more than any provider sends.
void keep(Transaction& transaction, const TracciaSpid& traccia, const Sealer& seal, Instant now);

/// All that is kept of one request, in the order of its keeping, opened.
std::vector<TracciaTenuta> tracceOf(Reader& reader, const std::string& richiestaId, const Sealer& unseal);

}
