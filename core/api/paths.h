#pragma once

#include "core/base/id.h"

#include <string>

namespace sdc {

struct Allegato;
struct Documento;
struct Operatore;
class Pratica;

}

namespace sdc::api {

/// Paths of the operator API below `{server}/{ente}/api/operatori/v1/`, without query.
inline constexpr const char* kAccesso = "accesso";
inline constexpr const char* kMioAccesso = "accesso/mio";
inline constexpr const char* kConferma = "accesso/conferma";
inline constexpr const char* kPassword = "accesso/password";
inline constexpr const char* kAltreSessioni = "accesso/altre-sessioni";
inline constexpr const char* kSecondoFattore = "accesso/secondo-fattore";
inline constexpr const char* kSecondoFattoreConferma = "accesso/secondo-fattore/conferma";
inline constexpr const char* kSecondoFattoreFine = "accesso/secondo-fattore/disattivazione";
inline constexpr const char* kOperatori = "operatori";
inline constexpr const char* kPratiche = "pratiche";
inline constexpr const char* kProtocollo = "protocollo";
inline constexpr const char* kMetriche = "metriche";
inline constexpr const char* kAttivita = "attivita";
inline constexpr const char* kEventi = "eventi";

/// The header that carries the key of a confirmation (api::ChiaveConferma).
inline constexpr const char* kConfermaHeader = "Stanza-Conferma";

inline std::string basePath(const std::string& ente)
{
    return "/" + ente + "/api/operatori/v1/";
}
inline std::string operatorePath(const Id<sdc::Operatore>& id)
{
    return std::string(kOperatori) + "/" + id.text();
}
inline std::string praticaPath(const Id<sdc::Pratica>& id)
{
    return std::string(kPratiche) + "/" + id.text();
}
inline std::string presaInCaricoPath(const Id<sdc::Pratica>& id)
{
    return praticaPath(id) + "/presa-in-carico";
}
inline std::string rilascioPath(const Id<sdc::Pratica>& id)
{
    return praticaPath(id) + "/rilascio";
}
inline std::string esitoPath(const Id<sdc::Pratica>& id)
{
    return praticaPath(id) + "/esito";
}
inline std::string bozzaEsitoPath(const Id<sdc::Pratica>& id)
{
    return praticaPath(id) + "/bozza-esito";
}

inline std::string documentoPath(const Id<sdc::Pratica>& pratica, const Id<sdc::Documento>& documento)
{
    return praticaPath(pratica) + "/documenti/" + documento.text();
}

inline std::string allegatoPath(const Id<sdc::Pratica>& pratica, const Id<sdc::Allegato>& allegato)
{
    return praticaPath(pratica) + "/allegati/" + allegato.text();
}

}
