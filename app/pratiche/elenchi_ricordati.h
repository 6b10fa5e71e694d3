#pragma once

#include "core/api/pratica_json.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace sdc::app {

class Vault;

/// A list as it was last seen, and when.
struct ElencoRicordato
{
    api::ElencoPratiche elenco;
    QDateTime quando;
};

/// Keeps the first page of a list until the next start.
void remember(Vault& vault, const api::ElencoPratiche& elenco);
/// Nothing where there is none, or where another version of the program wrote it.
std::optional<ElencoRicordato> remembered(const Vault& vault, const QString& elenco);

}
