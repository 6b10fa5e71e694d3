#include "app/pratiche/elenchi_ricordati.h"

#include "app/text.h"
#include "app/vault/vault.h"

#include <nlohmann/json.hpp>

namespace sdc::app {
namespace {

QString nameOf(const QString& elenco)
{
    return u"elenco:"_s + elenco;
}

}

void remember(Vault& vault, const api::ElencoPratiche& elenco)
{
    vault.write(nameOf(toQt(elenco.elenco)), QByteArray::fromStdString(nlohmann::json(elenco).dump()));
}

std::optional<ElencoRicordato> remembered(const Vault& vault, const QString& elenco)
{
    const auto entry = vault.read(nameOf(elenco));
    if (!entry)
        return std::nullopt;
    try {
        return ElencoRicordato{
            nlohmann::json::parse(entry->value.begin(), entry->value.end()).get<api::ElencoPratiche>(), entry->when};
    } catch (const std::exception&) {
        // Written by another version of the program: the list of now is on its way.
        return std::nullopt;
    }
}

}
