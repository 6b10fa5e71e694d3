#pragma once

#include "core/base/error.h"
#include "core/pratica/pratica.h"
#include "server/context.h"
#include "server/http/message.h"
#include "server/http/templates.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sdc::portale {

/// The item of the navigation that is marked as the current one.
enum class Menu { None, Stanza, Servizi, Pratiche, Profilo, Allegati };

/// A section of the layout with its values: a title, a step of the breadcrumb.
struct Section
{
    std::string name;
    std::vector<std::pair<std::string, std::string>> values;
};

/// Of a page that is shown at another door than the portal's: where the portal is, and the page that a login there is
/// to lead to.
struct Portale
{
    std::string url;
    std::string ritorno;
};

/// What stands around a page's content.
struct Frame
{
    std::string file;
    /// A section of parts/titolo.html, without "TITOLO_".
    Section title;
    Menu menu = Menu::None;
    /// The pages above this one, without "BRICIOLA_"; nothing where no breadcrumb is shown.
    std::optional<std::vector<Section>> crumbs = std::nullopt;
    int status = 200;
    std::optional<Portale> portale = std::nullopt;
};

using Fill = std::function<void(http::Page&)>;

/// A whole page: layout, title, navigation, notice asked for by ?avviso=, footer, and the content that `fill` sets.
/// BASE, CSRF and ENTE are known everywhere in it.
http::Response render(const http::Request& request, Context& context, const Frame& frame, const Fill& fill);

/// Address of an ente's crest; of a neutral one where it has none of its own here.
std::string crest(const Context& context, const Ente& ente);

/// Where the pages of this ente begin, "/rovereto".
std::string base(const Context& context);

/// The summary of errors on top of a form, at {{>ERRORI}}.
void includeErrors(http::Page& page, const std::vector<FieldError>& errors);
/// The message for a field, or nothing.
const std::string* errorAt(const std::vector<FieldError>& errors, const std::string& field);

/// The pratica that the address names; whose it is, is the caller's to check.
Id<Pratica> praticaId(const http::Request& request);

}
