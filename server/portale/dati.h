#pragma once

#include "core/cittadino/cittadino.h"
#include "core/servizio/modulo.h"
#include "server/http/templates.h"

#include <string>
#include <vector>

namespace sdc::portale {

struct FileInDati
{
    std::string nome;
    std::string descrizione;
    std::string url;
};

/// What was, or will be, presented.
struct DatiPratica
{
    std::string servizio;
    Cittadino richiedente;
    std::vector<GruppoVoci> gruppi;
    std::vector<FileInDati> files;
    /// "05-12-2026 alle 09:37"; empty before sending.
    std::string presentata;
    /// Empty before sending.
    std::string stato;
};

/// The data of a pratica, for reading, at {{>DATI}}.
void includeDati(http::Page& page, const DatiPratica& dati);

}
