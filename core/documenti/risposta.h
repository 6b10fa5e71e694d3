#pragma once

#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/documenti/documento.h"

namespace sdc {

enum class EsitoRisposta { Accettata, Rifiutata };

/// Everything the response says; it never names the operator.
struct DatiRisposta
{
    std::string ente;
    std::string servizio;
    std::string richiedente;
    EsitoRisposta esito = EsitoRisposta::Accettata;
    std::string motivazione;
    Instant inviata;                   ///< when the request was sent
    std::vector<std::string> allegati; ///< names of the operator's files
    Date data{};                       ///< of the outcome, Italian calendar
};

/// The ente's answer to the citizen (manual, figure 35).
Documento risposta(const DatiRisposta& dati);

}
