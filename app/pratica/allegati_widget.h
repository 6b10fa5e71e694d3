#pragma once

#include "core/api/pratica_json.h"

#include <QFrame>

namespace sdc::app {

class Scarico;

/// "File allegati": each file's name and description, to save or to open.
QFrame* allegatiCard(const api::Dettaglio& dettaglio, Scarico& scarico, QWidget* parent);

}
