#pragma once

#include "core/base/error.h"
#include "core/servizio/modulo.h"
#include "server/context.h"
#include "server/http/templates.h"
#include "server/store/allegati.h"

#include <map>
#include <string>
#include <vector>

namespace sdc::portale {

/// What was typed of a new file that was not taken in, by the file's field.
using Descrizioni = std::map<std::string, std::string>;

/// Where the fields of a step are shown: the answers so far, their faults, the citizen's files.
struct Compilazione
{
    const Passo& passo;
    const Risposte& risposte;
    const std::vector<FieldError>& errors;
    std::vector<Allegato> files;
    const Descrizioni& descrizioni;
};

/// The citizen's files, newest first, where the step asks for any.
std::vector<Allegato> filesFor(Context& context, const Passo& passo);

/// All fields of the step, at {{>CAMPO}}.
void includeCampi(http::Page& page, const Compilazione& compilazione);

/// "1,2 MB", "340 kB".
std::string sizeText(std::int64_t bytes);

}
