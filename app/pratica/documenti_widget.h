#pragma once

#include "core/api/pratica_json.h"

#include <QFrame>

namespace sdc::app {

class Scarico;

/// "Documentazione inoltrata all'Ente": the protocol number and the compiled form.
QFrame* documentazioneCard(const api::Dettaglio& dettaglio, Scarico& scarico, QWidget* parent);
/// How the pratica ended: outcome, motivation, response. Only for a concluded one.
QFrame* esitoCard(const api::Dettaglio& dettaglio, Scarico& scarico, QWidget* parent);

}
