#pragma once

#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/documenti/documento.h"

namespace sdc {

enum class EsitoRisposta { Accettata, Rifiutata };

/// A file of the operator, and when it came.
struct AllegatoRisposta
{
    std::string nome;
    Instant quando;
};

/// Everything the response says; it never names the operator.
struct DatiRisposta
{
    std::string ente;
    std::string servizio;
    std::string richiedente;
    EsitoRisposta esito = EsitoRisposta::Accettata;
    std::string motivazione;
    std::vector<AllegatoRisposta> allegati;
    Date data; ///< of the outcome, Italian calendar
};

/// The ente's answer to the citizen (manual, figure 35).
Documento risposta(const DatiRisposta& dati);

}
