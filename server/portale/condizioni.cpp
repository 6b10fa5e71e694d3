#include "server/portale/condizioni.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sdc::portale {
namespace {

using nlohmann::json;

struct Page
{
    const std::vector<Campo>& fields;
    const std::string& prefix;
    const Risposte& risposte;
};

json toJson(const Condizione& condizione, const Page& page)
{
    if (condizione.tipo == Condizione::Tipo::Tutte || condizione.tipo == Condizione::Tipo::Una) {
        json parts = json::array();
        for (const Condizione& part : condizione.parti)
            parts.push_back(toJson(part, page));
        return {{condizione.tipo == Condizione::Tipo::Tutte ? "tutte" : "una", parts}};
    }
    const bool here = std::any_of(page.fields.begin(), page.fields.end(),
                                  [&](const Campo& c) { return c.chiave == condizione.campo; });
    if (!here)
        return applies(condizione, page.risposte);
    return {{"campo", page.prefix + condizione.campo},
            {condizione.tipo == Condizione::Tipo::Uguale ? "uguale" : "diverso", condizione.valori}};
}

}

std::string conditionJson(const Condizione& condizione, const std::vector<Campo>& onPage, const std::string& prefix,
                          const Risposte& risposte)
{
    return toJson(condizione, {onPage, prefix, risposte}).dump();
}

}
