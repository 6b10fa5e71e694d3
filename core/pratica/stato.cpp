#include "core/pratica/stato.h"

#include <algorithm>

namespace sdc {
namespace {

using enum Stato;

struct StatoDescritto
{
    Stato stato;
    std::string_view name;
    std::string_view explanation;
    ElencoCittadino elenco;
};

constexpr std::array kStati = {
    StatoDescritto{Bozza, "Bozza", "La compilazione della richiesta è iniziata.", ElencoCittadino::InBozza},
    StatoDescritto{InAttesaDiPagamento, "In attesa di pagamento", "Il pagamento della richiesta è stato avviato.",
                   ElencoCittadino::InBozza},
    StatoDescritto{Inviata, "Inviata", "La richiesta è stata ricevuta dal comune.", ElencoCittadino::Inviate},
    StatoDescritto{Protocollata, "Protocollata", "La richiesta è stata registrata al protocollo del comune.",
                   ElencoCittadino::Inviate},
    StatoDescritto{PresaInCarico, "Presa in carico", "Un operatore del comune ha preso in carico la richiesta.",
                   ElencoCittadino::Inviate},
    StatoDescritto{RichiestaIntegrazioni, "Richiesta integrazioni (in attesa di protocollazione)",
                   "Il comune ha preparato una richiesta di integrazioni.", ElencoCittadino::Inviate},
    StatoDescritto{InAttesaDiIntegrazioni, "In attesa di integrazioni",
                   "Il comune ti ha chiesto altri dati o documenti.", ElencoCittadino::DaIntegrare},
    StatoDescritto{IntegrazioniInviate, "Integrazioni in attesa di protocollazione",
                   "Le integrazioni sono state ricevute dal comune.", ElencoCittadino::DaIntegrare},
    StatoDescritto{IntegrazioniProtocollate, "Integrazioni protocollate",
                   "Le integrazioni sono state registrate al protocollo del comune.", ElencoCittadino::Inviate},
    StatoDescritto{RipresaInCarico, "Presa in carico in seguito a integrazioni",
                   "L'operatore ha ripreso l'esame con le integrazioni ricevute.", ElencoCittadino::Inviate},
    StatoDescritto{InElaborazione, "In elaborazione", "L'ufficio ha cominciato a lavorare alla richiesta.",
                   ElencoCittadino::InElaborazione},
    StatoDescritto{Elaborata, "Elaborata (in attesa di protocollazione del documento di esito)",
                   "Il comune ha deciso e ha preparato il documento di esito.", ElencoCittadino::Inviate},
    StatoDescritto{Accettata, "Iter completato", "La richiesta è stata accettata e l'esito è disponibile.",
                   ElencoCittadino::Accettate},
    StatoDescritto{RifiutataInAttesa, "Rifiutata (in attesa di protocollazione del documento di esito)",
                   "Il comune ha deciso e ha preparato il documento di esito.", ElencoCittadino::Inviate},
    StatoDescritto{Rifiutata, "Rifiutata", "La richiesta è stata rifiutata; la motivazione è nel documento di esito.",
                   ElencoCittadino::Rifiutate},
    StatoDescritto{Ritirata, "Ritirata", "La richiesta è stata ritirata da chi l'aveva presentata.",
                   ElencoCittadino::Ritirate},
    StatoDescritto{Annullata, "Annullata", "La richiesta è stata annullata dal comune.", ElencoCittadino::Ritirate},
};

constexpr auto kCodes = [] {
    std::array<Stato, kStati.size()> stati{};
    std::transform(kStati.begin(), kStati.end(), stati.begin(), [](const StatoDescritto& voce) { return voce.stato; });
    return stati;
}();
static_assert(std::is_sorted(kCodes.begin(), kCodes.end()));

/// Who may cause a change; a set of Causa.
using Cause = unsigned;
constexpr Cause of(Causa causa)
{
    return 1U << static_cast<unsigned>(causa);
}
constexpr Cause kCittadino = of(Causa::Cittadino);
constexpr Cause kUfficio = of(Causa::Operatore) | of(Causa::Partner);
constexpr Cause kPartner = of(Causa::Partner);
constexpr Cause kRegistrazione = of(Causa::Registrazione);
constexpr Cause kPagamento = of(Causa::Cittadino) | of(Causa::Sistema);
constexpr Cause kAmministratore = of(Causa::Amministratore);

struct Cambio
{
    Stato from;
    Stato to;
    Cause cause;
};

// "Allowed changes" of the requirements, a row each; the number is in hand where only Registrazione may pass.
constexpr std::array kIter = {
    Cambio{Bozza, InAttesaDiPagamento, kCittadino},
    Cambio{Bozza, Inviata, kCittadino},
    Cambio{InAttesaDiPagamento, Bozza, kPagamento},
    Cambio{Inviata, Protocollata, kRegistrazione},
    Cambio{Protocollata, PresaInCarico, kUfficio},
    Cambio{Protocollata, InElaborazione, kUfficio},
    Cambio{Protocollata, RifiutataInAttesa, kUfficio},
    Cambio{PresaInCarico, PresaInCarico, kPartner},
    Cambio{PresaInCarico, RichiestaIntegrazioni, kUfficio},
    Cambio{PresaInCarico, InElaborazione, kUfficio},
    Cambio{PresaInCarico, Elaborata, kUfficio},
    Cambio{PresaInCarico, RifiutataInAttesa, kUfficio},
    Cambio{RichiestaIntegrazioni, InAttesaDiIntegrazioni, kRegistrazione},
    Cambio{InAttesaDiIntegrazioni, IntegrazioniInviate, kCittadino},
    Cambio{IntegrazioniInviate, IntegrazioniProtocollate, kRegistrazione},
    Cambio{IntegrazioniProtocollate, RipresaInCarico, kUfficio},
    Cambio{RipresaInCarico, PresaInCarico, kUfficio},
    Cambio{RipresaInCarico, RichiestaIntegrazioni, kUfficio},
    Cambio{RipresaInCarico, InElaborazione, kUfficio},
    Cambio{RipresaInCarico, Elaborata, kUfficio},
    Cambio{RipresaInCarico, RifiutataInAttesa, kUfficio},
    Cambio{InElaborazione, RichiestaIntegrazioni, kUfficio},
    Cambio{InElaborazione, Elaborata, kUfficio},
    Cambio{InElaborazione, RifiutataInAttesa, kUfficio},
    Cambio{Elaborata, Accettata, kRegistrazione},
    Cambio{RifiutataInAttesa, Rifiutata, kRegistrazione},
    Cambio{Protocollata, Ritirata, kCittadino},
    Cambio{PresaInCarico, Ritirata, kCittadino},
    Cambio{InAttesaDiIntegrazioni, Ritirata, kCittadino},
    Cambio{IntegrazioniProtocollate, Ritirata, kCittadino},
    Cambio{RipresaInCarico, Ritirata, kCittadino},
    Cambio{InElaborazione, Ritirata, kCittadino},
    Cambio{Protocollata, Annullata, kAmministratore},
    Cambio{PresaInCarico, Annullata, kAmministratore},
    Cambio{InAttesaDiIntegrazioni, Annullata, kAmministratore},
    Cambio{IntegrazioniProtocollate, Annullata, kAmministratore},
    Cambio{RipresaInCarico, Annullata, kAmministratore},
    Cambio{InElaborazione, Annullata, kAmministratore},
};

const StatoDescritto& descritto(Stato stato)
{
    return *std::find_if(kStati.begin(), kStati.end(), [&](const StatoDescritto& v) { return v.stato == stato; });
}

}

std::span<const Stato> allStati()
{
    return kCodes;
}

std::optional<Stato> statoFromCode(int code)
{
    const auto found = std::find_if(kCodes.begin(), kCodes.end(), [&](Stato s) { return sdc::code(s) == code; });
    return found == kCodes.end() ? std::nullopt : std::optional{*found};
}

std::string_view name(Stato stato)
{
    return descritto(stato).name;
}

std::string_view explanation(Stato stato)
{
    return descritto(stato).explanation;
}

std::string_view name(Causa causa)
{
    switch (causa) {
    case Causa::Cittadino:
        return "cittadino";
    case Causa::Operatore:
        return "operatore";
    case Causa::Amministratore:
        return "amministratore";
    case Causa::Partner:
        return "partner";
    case Causa::Registrazione:
        return "registrazione";
    case Causa::Sistema:
        return "sistema";
    }
    return {};
}

bool allowed(Stato from, Stato to, Causa causa)
{
    return std::any_of(kIter.begin(), kIter.end(), [&](const Cambio& cambio) {
        return cambio.from == from && cambio.to == to && (cambio.cause & of(causa)) != 0;
    });
}

bool isDecided(Stato stato)
{
    return stato == Elaborata || stato == Accettata || stato == RifiutataInAttesa || stato == Rifiutata;
}

bool isFinal(Stato stato)
{
    return std::none_of(kIter.begin(), kIter.end(), [&](const Cambio& cambio) { return cambio.from == stato; });
}

bool notifiesCitizen(Stato stato)
{
    return stato != Bozza && stato != InAttesaDiPagamento && stato != RichiestaIntegrazioni &&
           stato != InElaborazione && stato != RifiutataInAttesa;
}

ElencoCittadino elencoCittadino(Stato stato)
{
    return descritto(stato).elenco;
}

std::string_view name(ElencoCittadino elenco)
{
    switch (elenco) {
    case ElencoCittadino::InBozza:
        return "In bozza";
    case ElencoCittadino::Inviate:
        return "Inviate";
    case ElencoCittadino::InElaborazione:
        return "In elaborazione";
    case ElencoCittadino::Accettate:
        return "Accettate";
    case ElencoCittadino::Rifiutate:
        return "Rifiutate";
    case ElencoCittadino::DaIntegrare:
        return "Da integrare";
    case ElencoCittadino::Ritirate:
        return "Ritirate";
    }
    return {};
}

}
