#include "server/http/routes.h"

#include "server/doors/doors.h"
#include "server/http/salute.h"
#include "server/operatori/handlers.h"
#include "server/partner/handlers.h"
#include "server/portale/handlers.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace sdc::http {
namespace {

using enum Carries;
using namespace doors;

constexpr bool kKept = true;

// clang-format off
constexpr Route kRoutes[] = {
    {"GET",    "/",                                              Nothing, pubblico,  portale::enti, kKept},
    {"GET",    "/stato",                                         Nothing, pubblico,  stato},
    {"GET",    "/metriche",                                      Nothing, interno,   metriche},
    {"GET",    "/api/openapi-operatori.yaml",                    Nothing, pubblico,  openapiOperatori},
    {"GET",    "/api/openapi.yaml",                              Nothing, pubblico,  openapiPartner},

    // The operator API
    {"POST",   "/{ente}/api/operatori/v1/accesso",               Json,    pubblico,  operatori::login},
    {"GET",    "/{ente}/api/operatori/v1/accesso",               Nothing, operatore, operatori::whoAmI},
    {"DELETE", "/{ente}/api/operatori/v1/accesso",               Nothing, operatore, operatori::logout},
    {"GET",    "/{ente}/api/operatori/v1/accesso/mio",           Nothing, operatore, operatori::mioAccesso},
    {"POST",   "/{ente}/api/operatori/v1/accesso/conferma",      Json,    operatore, operatori::confirmIdentita},
    {"PUT",    "/{ente}/api/operatori/v1/accesso/password",      Json,    operatore, operatori::changePassword},
    {"DELETE", "/{ente}/api/operatori/v1/accesso/altre-sessioni", Nothing, operatore, operatori::endOtherSessions},
    {"POST",   "/{ente}/api/operatori/v1/accesso/secondo-fattore", Json,  operatore, operatori::beginSecondoFattore},
    {"POST",   "/{ente}/api/operatori/v1/accesso/secondo-fattore/conferma", Json, operatore, operatori::confirmSecondoFattore},
    {"POST",   "/{ente}/api/operatori/v1/accesso/secondo-fattore/disattivazione", Json, operatore, operatori::dropSecondoFattore},
    {"GET",    "/{ente}/api/operatori/v1/operatori",             Nothing, amministratore, operatori::listOperatori},
    {"POST",   "/{ente}/api/operatori/v1/operatori",             Json,    amministratore, operatori::addOperatore},
    {"PUT",    "/{ente}/api/operatori/v1/operatori/{operatore}", Json,    amministratore, operatori::changeOperatore},
    {"POST",   "/{ente}/api/operatori/v1/operatori/{operatore}/disabilitazione", Json, amministratore, operatori::disableOperatore},
    {"POST",   "/{ente}/api/operatori/v1/operatori/{operatore}/riabilitazione", Json, amministratore, operatori::enableOperatore},
    {"POST",   "/{ente}/api/operatori/v1/operatori/{operatore}/invito", Json, amministratore, operatori::inviteOperatore},
    {"DELETE", "/{ente}/api/operatori/v1/operatori/{operatore}/secondo-fattore", Nothing, amministratore, operatori::dropSecondoFattoreOf},
    {"GET",    "/{ente}/api/operatori/v1/pratiche",              Nothing, operatore, operatori::listPratiche},
    {"GET",    "/{ente}/api/operatori/v1/pratiche/{pratica}",    Nothing, operatore, operatori::showPratica},
    {"POST",   "/{ente}/api/operatori/v1/pratiche/{pratica}/presa-in-carico", Json, operatore, operatori::takeCharge},
    {"POST",   "/{ente}/api/operatori/v1/pratiche/{pratica}/rilascio", Json, operatore, operatori::release},
    {"POST",   "/{ente}/api/operatori/v1/pratiche/{pratica}/esito", Files, operatore, operatori::decide},
    {"PUT",    "/{ente}/api/operatori/v1/pratiche/{pratica}/bozza-esito", Json, operatore, operatori::keepBozzaEsito},
    {"DELETE", "/{ente}/api/operatori/v1/pratiche/{pratica}/bozza-esito", Nothing, operatore, operatori::dropBozzaEsito},
    {"GET",    "/{ente}/api/operatori/v1/pratiche/{pratica}/documenti/{documento}", Nothing, operatore, operatori::documento},
    {"GET",    "/{ente}/api/operatori/v1/pratiche/{pratica}/allegati/{allegato}", Nothing, operatore, operatori::allegato},
    {"GET",    "/{ente}/api/operatori/v1/protocollo",            Nothing, operatore, operatori::protocollo},
    {"GET",    "/{ente}/api/operatori/v1/metriche",              Nothing, operatore, operatori::metriche},
    {"GET",    "/{ente}/api/operatori/v1/attivita",              Nothing, operatore, operatori::attivita},
    {"GET",    "/{ente}/api/operatori/v1/eventi",                Nothing, operatore, operatori::eventi},

    // The portal: open to all
    {"GET",    "/{ente}/",                                       Nothing, pubblico,  portale::servizi, kKept},
    {"GET",    "/{ente}/servizi/",                               Nothing, pubblico,  portale::servizi, kKept},
    {"GET",    "/{ente}/servizi/{servizio}",                     Nothing, pubblico,  portale::servizio, kKept},
    {"GET",    "/{ente}/privacy",                                Nothing, pubblico,  portale::privacy, kKept},
    {"GET",    "/{ente}/accesso-operatori",                      Nothing, pubblico,  portale::accessoOperatori, kKept},
    {"GET",    "/{ente}/password-dimenticata",                   Nothing, pubblico,  portale::passwordDimenticata, kKept},
    {"POST",   "/{ente}/password-dimenticata",                   Form,    pubblico,  portale::askNuovaPassword},
    {"GET",    "/{ente}/nuova-password",                         Nothing, pubblico,  portale::nuovaPassword},
    {"POST",   "/{ente}/nuova-password",                         Form,    pubblico,  portale::setNuovaPassword},
    {"GET",    "/{ente}/accesso",                                Nothing, pubblico,  portale::accesso},
    {"GET",    "/{ente}/spid/metadata",                          Nothing, pubblico,  portale::spidMetadata},
    {"GET",    "/{ente}/cie/metadata",                           Nothing, pubblico,  portale::spidMetadata},
    {"GET",    "/{ente}/spid/login",                             Nothing, pubblico,  portale::spidLogin},
    {"POST",   "/{ente}/spid/acs",                               Messaggio, pubblico, portale::spidAcs},
    {"GET",    "/{ente}/spid/logout",                            Nothing, pubblico,  portale::spidLogout},
    {"POST",   "/{ente}/spid/logout",                            Messaggio, pubblico, portale::spidLogout},
    {"GET",    "/{ente}/carta",                                  Nothing, pubblico,  portale::beginCarta},
    {"GET",    "/{ente}/carta/ritorno",                          Nothing, pubblico,  portale::endCarta},
    {"GET",    "/{ente}/conferma-email",                         Nothing, pubblico,  portale::askConfermaEmail},
    {"POST",   "/{ente}/conferma-email",                         Form,    pubblico,  portale::confirmEmail},

    {"GET",    "/{ente}/uscita",                                 Nothing, pubblico,  portale::leave},
    {"POST",   "/{ente}/uscita",                                 Form,    pubblico,  portale::logout},

    // The portal: once logged in
    {"GET",    "/{ente}/termini",                                Nothing, sessione,  portale::termini},
    {"POST",   "/{ente}/termini",                                Form,    sessione,  portale::acceptTermini},
    {"GET",    "/{ente}/profilo",                                Nothing, sessione,  portale::profilo},
    {"POST",   "/{ente}/profilo",                                Conferma, sessione, portale::saveProfilo},
    // Where one comes back to who posted after the session had ended.
    {"GET",    "/{ente}/profilo/consensi",                       Nothing, sessione,  portale::profilo},
    {"POST",   "/{ente}/profilo/consensi",                       Form,    sessione,  portale::changeConsenso},
    {"GET",    "/{ente}/accessi",                                Nothing, sessione,  portale::accessi},
    {"POST",   "/{ente}/accessi",                                Form,    sessione,  portale::endAccesso},
    {"POST",   "/{ente}/sessione",                               Form,    sessione,  portale::prolunga},

    // The portal: terms accepted and profile complete; what fills in or sends a request, as its service asks
    {"GET",    "/{ente}/stanza",                                 Nothing, cittadino, portale::stanza},
    {"GET",    "/{ente}/servizi/{servizio}/pratica",             Nothing, servizio,  portale::accedi},
    {"POST",   "/{ente}/servizi/{servizio}/pratica",             Form,    servizio,  portale::start},
    {"GET",    "/{ente}/pratiche/",                              Nothing, cittadino, portale::pratiche},
    {"GET",    "/{ente}/pratiche/{pratica}",                     Nothing, cittadino, portale::pratica},
    {"GET",    "/{ente}/pratiche/{pratica}/passi/{passo}",       Nothing, servizio,  portale::passo},
    {"POST",   "/{ente}/pratiche/{pratica}/passi/{passo}",       Passo,   servizio,  portale::savePasso},
    {"GET",    "/{ente}/pratiche/{pratica}/invio",               Nothing, servizio,  portale::askInvio},
    {"POST",   "/{ente}/pratiche/{pratica}/invio",               Conferma, servizio,  portale::submit},
    {"GET",    "/{ente}/pratiche/{pratica}/elimina",             Nothing, cittadino, portale::askElimina},
    {"POST",   "/{ente}/pratiche/{pratica}/elimina",             Form,    cittadino, portale::elimina},
    {"GET",    "/{ente}/pratiche/{pratica}/modulo",              Nothing, cittadino, portale::modulo},
    {"GET",    "/{ente}/pratiche/{pratica}/risposta",            Nothing, cittadino, portale::risposta},
    {"GET",    "/{ente}/pratiche/{pratica}/esito",               Nothing, cittadino, portale::fileEsito},
    {"GET",    "/{ente}/allegati",                               Nothing, cittadino, portale::allegati},
    {"GET",    "/{ente}/allegati/{allegato}",                    Nothing, cittadino, portale::allegato},
    {"GET",    "/{ente}/allegati/{allegato}/elimina",            Nothing, cittadino, portale::askEliminaAllegato},
    {"POST",   "/{ente}/allegati/{allegato}/elimina",            Form,    cittadino, portale::eliminaAllegato},
};
// clang-format on

/// The partners' API, with and without the ente. No session of anybody is looked at.
constexpr Route kPartnerRoutes[] = {
    {"GET", "/api/v1.0/status", Nothing, chiunque, partner::status},
    {"GET", "/api/v1.0/services", Nothing, doors::partner, partner::services},
    {"GET", "/{ente}/api/v1.0/status", Nothing, chiunque, partner::status},
    {"GET", "/{ente}/api/v1.0/services", Nothing, doors::partner, partner::services},
};

template <std::size_t a, std::size_t b>
constexpr std::array<Route, a + b> joined(const Route (&first)[a], const Route (&second)[b])
{
    std::array<Route, a + b> all{};
    std::copy(std::begin(second), std::end(second), std::copy(std::begin(first), std::end(first), all.begin()));
    return all;
}

constexpr auto kAll = joined(kRoutes, kPartnerRoutes);

/// At the cards' door. What is posted there is nowhere taken.
constexpr Route kCardRoutes[] = {{"GET", "/{ente}/carta", Nothing, chiunque, portale::showCarta}};

void parkNothing(const Request&, Context&, Response&) {}

}

const Table& routes()
{
    static constexpr Table kTable{
        kAll, portale::fault, portale::keepForLater, doors::remembers, doors::isOwnWord, portale::versione};
    return kTable;
}

const Table& partnerRoutes()
{
    static constexpr Table kTable{kPartnerRoutes, asProblem, parkNothing};
    return kTable;
}

const Table& cardRoutes()
{
    static constexpr Table kTable{kCardRoutes, portale::faultCarta, parkNothing};
    return kTable;
}

}
