#include "server/copie/numeri.h"

#include "core/protocollo/numero_protocollo.h"

#include <charconv>
#include <stdexcept>

namespace sdc::copie {
namespace {

constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2099;
/// Seven digits: a slip of the finger is no jump of millions.
constexpr int kMostNumbers = 9'999'999;

std::string lastNumbers(const std::vector<CopiaEnte>& enti)
{
    std::string text;
    for (const CopiaEnte& ente : enti) {
        text += "\n  " + ente.slug + ", dati del " + onScreenAt(ente.istante) + ": ";
        if (ente.protocollo.empty())
            text += "nessun numero";
        for (const auto& [anno, ultimo] : ente.protocollo)
            text +=
                (anno == ente.protocollo.begin()->first ? "" : ", ") + formatProtocollo(static_cast<int>(ultimo), anno);
    }
    return text;
}

}

std::pair<int, int> ultimoNumero(const std::string& text)
{
    int anno = 0;
    int numero = 0;
    const char* end = text.data() + text.size();
    const auto [colon, wrong] = std::from_chars(text.data(), end, anno);
    const bool parsed = wrong == std::errc{} && colon != end && *colon == ':' &&
                        std::from_chars(colon + 1, end, numero).ptr == end && text.back() != ':';
    if (!parsed || anno < kFirstYear || anno > kLastYear || numero < 1 || numero > kMostNumbers)
        throw std::runtime_error("--ultimo-numero vuole ANNO:N, come 2026:150, e non \"" + text + "\"");
    return {anno, numero};
}

void requireNumeri(const Numeri& numeri, const std::vector<CopiaEnte>& enti)
{
    if (numeri.certi && !numeri.ultimi.empty())
        throw std::runtime_error("--numeri-certi e --ultimo-numero si escludono");
    if (!numeri.certi && numeri.ultimi.empty())
        throw std::runtime_error(
            "la copia non sa quali numeri di protocollo furono dati dopo di essa, e il server li darebbe subito di "
            "nuovo ad altri documenti. Ultimi numeri nella copia:" +
            lastNumbers(enti) +
            "\nConfrontali con le ricevute e le mail più recenti: --ultimo-numero ANNO:N dice l'ultimo dato davvero "
            "(una volta per anno), --numeri-certi che dopo la copia non ne fu dato alcuno");
    if (!numeri.ultimi.empty() && enti.size() != 1)
        throw std::runtime_error("--ultimo-numero vale per un ente: indicalo con --ente, e ripristina gli altri dopo");
    for (const auto& [anno, ultimo] : numeri.ultimi) {
        const auto known = enti.front().protocollo.find(anno);
        if (known != enti.front().protocollo.end() && known->second > ultimo)
            throw std::runtime_error("nella copia il protocollo del " + std::to_string(anno) + " è già al numero " +
                                     formatProtocollo(static_cast<int>(known->second), anno));
    }
}

}
