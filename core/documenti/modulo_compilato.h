#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/time.h"
#include "core/documenti/documento.h"

namespace sdc {

/// The answers of one step under the step's title.
struct TabellaModulo
{
    std::string titolo;
    std::vector<std::pair<std::string, std::string>> righe;
};

struct AllegatoModulo
{
    std::string nome;
    std::string sha256;
};

/// Who asks, as the form names them; what is unknown is empty and is left out of the document.
struct RichiedenteModulo
{
    std::string nome;
    std::string luogoNascita;
    std::optional<Date> dataNascita;
    std::string codiceFiscale;
    std::string residenza;
    std::string telefono;
    std::string email;
    std::string inQualitaDi;
};

/// Everything the compiled form says.
struct DatiModulo
{
    std::string ente; ///< as addressed: "Comune di Rovereto"
    std::string servizio;
    RichiedenteModulo richiedente;
    std::vector<std::string> testo; ///< what is asked, a paragraph each
    std::vector<std::string> elenco;
    std::vector<TabellaModulo> tabelle;
    std::vector<AllegatoModulo> allegati;
};

/// The form as it is sent to the ente (manual 1.4.5, figure 16).
Documento moduloCompilato(const DatiModulo& dati);

}
