#pragma once

#include "server/gateways/saml/chiave.h"

#include <string>
#include <vector>

namespace sdc::gateways::saml {

/// What a kind of service wants to know of a person (an AttributeConsumingService).
struct InsiemeAttributi
{
    int indice = 0;
    std::string nome;
    std::vector<std::string> attributi;   ///< an answer without one of these is refused
    std::vector<std::string> facoltativi; ///< these are asked too, but not everybody has them
};

/// The two sets by which citizens of other states come in by the eIDAS node: 99 and 100.
std::vector<InsiemeAttributi> insiemiEidas();

/// What the metadata say of the ente.
struct DatiEnte
{
    std::string nome;
    std::string nomeVisualizzato;
    std::string sito;
    std::string codiceIpa;
    std::string email;
    std::string telefono;     ///< "+39" and digits
    std::string codiceComune; ///< "H612": where its seat is; CIE alone wants it
    std::string provincia;    ///< "TN"; CIE alone wants it
};

/// With whom the metadata are registered: SPID's federation (AgID) or the electronic identity card's (Ministero
/// dell'Interno), which ask for different contacts.
enum class Federazione { Spid, Cie };

/// One ente towards the identity providers.
struct ServiceProvider
{
    std::string entityId; ///< the address of its metadata
    CoppiaChiave chiave;
    std::string acs; ///< where answers to logins are posted
    std::string slo; ///< where logouts and their answers come, by both bindings
    std::vector<InsiemeAttributi> insiemi;
    DatiEnte ente;
};

/// The signed metadata. To be made once and kept: the federation registers these very bytes. Throws Invalid where
/// something that the federation demands is missing.
std::string makeMetadata(const ServiceProvider& sp, Federazione federazione);

}
