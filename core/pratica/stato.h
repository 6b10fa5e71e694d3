#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace sdc {

/// Where a pratica stands. The numbers are those of the manual's system and stay the same in database and APIs.
enum class Stato : int {
    Bozza = 1000,
    InAttesaDiPagamento = 1500,
    Inviata = 2000,
    Protocollata = 3000,
    PresaInCarico = 4000,
    RichiestaIntegrazioni = 4100,
    InAttesaDiIntegrazioni = 4200,
    IntegrazioniInviate = 4300,
    IntegrazioniProtocollate = 4400,
    RipresaInCarico = 4500,
    InElaborazione = 5000,
    Elaborata = 6000,
    Accettata = 7000,
    RifiutataInAttesa = 8000,
    Rifiutata = 9000,
    Ritirata = 20000,
    Annullata = 50000,
};

/// What makes a change happen; some changes are open to one cause alone.
enum class Causa { Cittadino, Operatore, Amministratore, Partner, Registrazione, Sistema };

/// Every state, in the order of the numbers.
std::span<const Stato> allStati();
std::optional<Stato> statoFromCode(int code);
constexpr int code(Stato stato)
{
    return static_cast<int>(stato);
}

/// The name people see, "Protocollata".
std::string_view name(Stato stato);
/// One plain sentence for the citizen on what the state means.
std::string_view explanation(Stato stato);
/// "registrazione", "cittadino": the cause as it is stored.
std::string_view name(Causa causa);

/// The iter: whether `from` may become `to` by this cause. Nothing else decides what follows what.
bool allowed(Stato from, Stato to, Causa causa);

/// Decided, accepted or refused, registered or not yet.
bool isDecided(Stato stato);
/// Nothing follows any more.
bool isFinal(Stato stato);

/// Whether reaching it sends the citizen a mail (manual 1.4.6: "ogni cambio di stato rilevante").
bool notifiesCitizen(Stato stato);

/// The lists of the citizen, "Le mie pratiche".
enum class ElencoCittadino { InBozza, Inviate, InElaborazione, Accettate, Rifiutate, DaIntegrare, Ritirate };

ElencoCittadino elencoCittadino(Stato stato);
std::string_view name(ElencoCittadino elenco);

}
