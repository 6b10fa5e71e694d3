#include "app/look/stato_look.h"

#include "app/text.h"
#include "core/pratica/stato.h"

namespace sdc::app {

StatoLook statoLook(int code, const Colors& colors)
{
    const auto stato = statoFromCode(code);
    // A state that a newer server may know is shown plainly.
    if (!stato)
        return {u"circle"_s, colors.muted};
    switch (*stato) {
    case Stato::Bozza:
        return {u"pencil"_s, colors.muted};
    case Stato::InAttesaDiPagamento:
    case Stato::Inviata:
        return {u"clock"_s, colors.warning};
    case Stato::Protocollata:
        return {u"inbox"_s, colors.accent};
    case Stato::PresaInCarico:
    case Stato::RipresaInCarico:
    case Stato::InElaborazione:
        return {u"person"_s, colors.accent};
    case Stato::RichiestaIntegrazioni:
    case Stato::InAttesaDiIntegrazioni:
    case Stato::IntegrazioniInviate:
    case Stato::IntegrazioniProtocollate:
        return {u"reply"_s, colors.warning};
    case Stato::Elaborata:
        return {u"clock"_s, colors.positive};
    case Stato::Accettata:
        return {u"check"_s, colors.positive};
    case Stato::RifiutataInAttesa:
        return {u"clock"_s, colors.negative};
    case Stato::Rifiutata:
        return {u"cross"_s, colors.negative};
    case Stato::Ritirata:
    case Stato::Annullata:
        return {u"minus"_s, colors.muted};
    }
    return {u"circle"_s, colors.muted};
}

}
