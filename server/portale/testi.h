#pragma once

#include "core/servizio/modulo.h"
#include "server/http/templates.h"

#include <string>
#include <vector>

namespace sdc::portale {

/// Paragraphs and lists at {{>NAME}}; {ente} in them stands for the ente's name.
void includeTesto(http::Page& page, const std::string& name, const Capoversi& testo, const std::string& ente);
/// The lines of a text as paragraphs.
Capoversi linesOf(const std::string& text);

}
