#pragma once

#include "core/base/id.h"
#include "core/servizio/modulo.h"

#include <map>
#include <string>
#include <vector>

namespace sdc {

/// The level of login that suffices where a service asks for no more: SPID's 2.
inline constexpr int kLivelloSolito = 2;

enum class Attivazione { Disattivo, Attivo, Sospeso };

/// What the service's page says, by the national model for services.
struct SchedaInformativa
{
    Capoversi descrizione;
    Capoversi destinatari;
    Capoversi cosaServe;
    Capoversi cosaSiOttiene;
    Capoversi costi;
    Capoversi tempi;
    Capoversi ufficio;
};

/// The words of the compiled form: {campo} stands for its answer.
struct TestoModulo
{
    /// Key of the field with the applicant's office, "In qualità di".
    std::string inQualitaDi;
    Capoversi chiede;
};

/// A servizio as its definition says: one immutable version.
struct Servizio
{
    std::string slug;
    std::string nome;
    std::string categoria;
    std::string descrizioneBreve;
    SchedaInformativa scheda;
    /// Argomenti by which the list is filtered.
    std::vector<std::string> eventiDellaVita;
    std::vector<std::string> pubblico;
    bool pagamento = false;
    /// Its outcome is a signed certificate (.p7m).
    bool certificato = false;
    /// For professionals: any number of drafts.
    bool bozzeIllimitate = false;
    /// How strongly one must have shown who one is: 2 or 3 (SPID's levels).
    int livelloAccesso = kLivelloSolito;
    /// Completed years that one must have; 0 asks for none.
    int etaMinima = 0;
    Modulo modulo;
    TestoModulo testoModulo;
    /// Values for the protocol system, by their name there.
    std::map<std::string, std::string> protocollo;
};

/// A stored version of a servizio's definition.
struct Definizione
{
    Id<Definizione> id;
    int numero = 1;
    Servizio servizio;
};

/// Reads a definition. Throws Invalid that names the line, the place ("passi/2/campi/0/tipo") and the reason.
Servizio parseServizio(const std::string& json);

}
