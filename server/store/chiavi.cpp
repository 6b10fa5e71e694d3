#include "server/store/chiavi.h"

#include "core/base/text.h"
#include "server/store/ricerche.h"

#include <algorithm>

namespace sdc::store {

std::string sortKey(const std::optional<NumeroProtocollo>& numero)
{
    if (!numero)
        return {};
    const auto slash = numero->text.rfind('/');
    if (slash == std::string::npos || numero->text.size() - slash != 5)
        return numero->text;
    return numero->text.substr(slash + 1) + "/" + numero->text.substr(0, slash);
}

std::string sortKey(Stato stato)
{
    const std::string digits = std::to_string(code(stato));
    return std::string(5 - std::min<std::size_t>(5, digits.size()), '0') + digits;
}

std::string wordsOf(const Servizio& servizio, const Cittadino& cittadino)
{
    return ricercaOf(trim(cittadino.cognome + " " + cittadino.nome) + " " + cittadino.codiceFiscale + " " +
                     servizio.nome + " " + servizio.categoria);
}

std::string wordsOf(const std::optional<NumeroProtocollo>& numero)
{
    if (!numero)
        return {};
    const std::string words = ricercaOf(numero->text);
    const std::string& text = numero->text;
    const auto first = text.find_first_not_of('0');
    return first == 0 || first == std::string::npos
               ? words
               : words + " " + ricercaOf(text.substr(first, text.find('/') - first));
}

}
