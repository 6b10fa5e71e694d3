#include "tests/bench/storia.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace sdc::bench {
namespace {

using enum Stato;

struct Peso
{
    Stato stato;
    /// In a thousand.
    std::size_t recenti;
    std::size_t altre;
};

constexpr std::array kPesi = {
    Peso{Bozza, 120, 30},
    Peso{InAttesaDiPagamento, 5, 0},
    Peso{Inviata, 1, 0},
    Peso{Protocollata, 330, 0},
    Peso{PresaInCarico, 152, 0},
    Peso{RichiestaIntegrazioni, 5, 0},
    Peso{InAttesaDiIntegrazioni, 20, 0},
    Peso{IntegrazioniInviate, 5, 0},
    Peso{IntegrazioniProtocollate, 10, 0},
    Peso{RipresaInCarico, 20, 0},
    Peso{InElaborazione, 22, 0},
    Peso{Elaborata, 1, 0},
    Peso{Accettata, 230, 780},
    Peso{RifiutataInAttesa, 1, 0},
    Peso{Rifiutata, 50, 150},
    Peso{Ritirata, 20, 30},
    Peso{Annullata, 8, 10},
};

constexpr std::array kCause = {Causa::Cittadino,     Causa::Operatore, Causa::Amministratore,
                               Causa::Registrazione, Causa::Sistema,   Causa::Partner};

/// The state that comes before, on the way that most take.
Stato before(Stato stato, Sorte& sorte)
{
    switch (stato) {
    case InAttesaDiPagamento:
    case Inviata:
        return Bozza;
    case Protocollata:
        return Inviata;
    case PresaInCarico:
    case Ritirata:
        return Protocollata;
    case RichiestaIntegrazioni:
    case InElaborazione:
    case Annullata:
        return PresaInCarico;
    case InAttesaDiIntegrazioni:
        return RichiestaIntegrazioni;
    case IntegrazioniInviate:
        return InAttesaDiIntegrazioni;
    case IntegrazioniProtocollate:
        return IntegrazioniInviate;
    case RipresaInCarico:
        return IntegrazioniProtocollate;
    case Elaborata:
    case RifiutataInAttesa:
        return sorte.oneIn(8) ? RipresaInCarico : PresaInCarico;
    case Accettata:
        return Elaborata;
    case Rifiutata:
        return RifiutataInAttesa;
    case Bozza:
        break;
    }
    return Bozza;
}

}

std::vector<Stato> corsoTo(Stato fine, Sorte& sorte)
{
    std::vector<Stato> corso{fine};
    while (corso.back() != Bozza)
        corso.push_back(before(corso.back(), sorte));
    std::reverse(corso.begin(), corso.end());
    return corso;
}

Causa causaOf(Stato from, Stato to)
{
    const auto found =
        std::find_if(kCause.begin(), kCause.end(), [&](Causa causa) { return allowed(from, to, causa); });
    if (found == kCause.end())
        throw std::logic_error("da " + std::string{name(from)} + " non si passa a " + std::string{name(to)});
    return *found;
}

std::chrono::seconds waitBefore(Stato stato, Sorte& sorte)
{
    switch (stato) {
    case InAttesaDiPagamento:
    case Inviata:
        return std::chrono::seconds{300 + sorte.below(3600)};
    case Protocollata:
    case Accettata:
    case Rifiutata:
    case IntegrazioniProtocollate:
    case InAttesaDiIntegrazioni:
        return std::chrono::seconds{2 + sorte.below(120)};
    default:
        return std::chrono::seconds{3600 + sorte.below(9 * 86400)};
    }
}

Stato foundIn(bool recent, Sorte& sorte)
{
    auto left = sorte.below(1000);
    for (const Peso& peso : kPesi) {
        const std::size_t weight = recent ? peso.recenti : peso.altre;
        if (left < weight)
            return peso.stato;
        left -= weight;
    }
    return Accettata;
}

}
