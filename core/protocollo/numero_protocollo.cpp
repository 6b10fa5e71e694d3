#include "core/protocollo/numero_protocollo.h"

#include <algorithm>

namespace sdc {

std::string formatProtocollo(int numero, int anno)
{
    std::string digits = std::to_string(numero);
    digits.insert(0, 7 - std::min<std::size_t>(7, digits.size()), '0');
    return digits + "/" + std::to_string(anno);
}

}
