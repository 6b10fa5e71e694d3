#pragma once

#include "core/api/pratica_json.h"

#include <QFrame>

namespace sdc::app {

/// "Informazioni presentate": what the pratica is and all that the citizen wrote.
QFrame* datiCard(const api::Dettaglio& dettaglio, QWidget* parent);

}
