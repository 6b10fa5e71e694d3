#pragma once

#include "core/base/id.h"
#include "core/base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace sdc {

struct Indirizzo
{
    std::string via;
    std::string cap;
    std::string citta;
    std::string provincia;
    std::string stato;

    bool operator==(const Indirizzo&) const = default;
};

/// How a person showed who they are: SPID, the electronic identity card, the identity of another state (by the eIDAS
/// node), a card of the province or the nation (CPS, CNS).
enum class MetodoAccesso { Spid, Cie, Eidas, Carta };
/// "spid"; as it is stored.
std::string_view name(MetodoAccesso metodo);

/// What the identity provider says of a person; the citizen cannot change it.
struct Identita
{
    std::string codiceFiscale;
    std::string nome;
    std::string cognome;
    std::string luogoNascita;
    std::optional<Date> dataNascita;
    std::string email;
    std::string cellulare;
    Indirizzo residenza;
    MetodoAccesso metodo = MetodoAccesso::Spid;
    /// How strongly, from 1 to 3 (eIDAS: basso, significativo, elevato).
    int livello = 2;
};

/// A person known to one ente.
struct Cittadino
{
    Id<Cittadino> id;
    std::string codiceFiscale;
    std::string nome;
    std::string cognome;
    std::string luogoNascita;
    std::optional<Date> dataNascita;
    std::string email;
    std::string cellulare;
    Indirizzo residenza;
    Indirizzo domicilio;
    /// When the citizen confirmed the data; none before the first time.
    std::optional<Instant> confermato;
    int versione = 0;
    /// Whether the day of birth is the citizen's word: neither the identity nor the codice fiscale told it.
    bool nascitaDichiarata = false;

    bool operator==(const Cittadino&) const = default;
};

/// Completed years on a day. Whoever was born on 29 February completes them on 28 in other years (art. 2963 c.c.).
int ageOn(Date birth, Date day);
/// "Mario Rossi".
std::string fullName(const std::string& nome, const std::string& cognome);
/// "Via Roma 1 38068 Rovereto (TN)"; parts that are missing are left out.
std::string oneLine(const Indirizzo& indirizzo);

}
