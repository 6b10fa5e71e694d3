#pragma once

#include "server/actions/compila.h"
#include "server/http/message.h"
#include "server/portale/campi.h"
#include "server/portale/frame.h"

#include <string>
#include <vector>

namespace sdc::portale {

/// What a step's page shows beside the draft itself.
struct VistaPasso
{
    const Passo* passo = nullptr;
    std::vector<FieldError> errors;
    /// The private note as it stands on the page.
    std::string nota;
    Descrizioni descrizioni;
};

/// The page of one step: stepper, guide, fields or summary, note, buttons.
http::Response showPasso(const http::Request& request, Context& context, const actions::Bozza& bozza,
                         const VistaPasso& vista);

/// Address of a step, "/rovereto/pratiche/ID/passi/delega".
std::string passoUrl(const Context& context, const Id<Pratica>& id, const std::string& passo);
std::string praticaUrl(const Context& context, const Id<Pratica>& id);

}
