#include "server/spid.h"

#include "core/base/text.h"
#include "server/gateways/identita_saml.h"
#include "server/log.h"
#include "server/store/attivita.h"
#include "server/store/identita.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace sdc::spid {
namespace {

namespace saml = gateways::saml;

/// AgID asks for a new one before it runs out; the key is pinned by the registered metadata meanwhile.
constexpr std::chrono::days kDurata{5 * 365};

/// "+390464452111": the federations take no spaces.
std::string telephone(const std::string& text)
{
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits.starts_with("39") && text.find('+') != std::string::npos ? "+" + digits : "+39" + digits;
}

/// "H612", from the registry code "c_h612".
std::string comuneOf(const Ente& ente)
{
    const auto underscore = ente.codiceMeccanografico.find('_');
    return underscore == std::string::npos ? "" : asciiUpper(ente.codiceMeccanografico.substr(underscore + 1));
}

std::string hostOf(const std::string& url)
{
    const auto begin = url.find("://") + 3;
    return url.substr(begin, url.find_first_of(":/", begin) - begin);
}

saml::ServiceProvider makeServiceProvider(const Config& config, const Ente& ente, const Dati& dati, Instant now)
{
    saml::ServiceProvider sp;
    sp.entityId = entityId(config, ente);
    const std::string base = config.baseUrl() + "/" + ente.slug;
    sp.acs = base + "/spid/acs";
    sp.slo = base + "/spid/logout";
    sp.insiemi = gateways::insiemi();
    sp.ente = {ente.nome,      ente.nome,     dati.sito.empty() ? base + "/" : dati.sito,
               ente.codiceIpa, ente.email,    telephone(ente.telefono),
               comuneOf(ente), dati.provincia};
    sp.chiave = saml::makeCoppiaChiave({sp.entityId, ente.nome, hostOf(config.baseUrl()), ente.nome, ente.codiceIpa},
                                       now, kDurata);
    return sp;
}

}

std::string place(const Ente& ente)
{
    return "service_provider:" + ente.slug;
}

std::string entityId(const Config& config, const Ente& ente)
{
    return config.baseUrl() + "/" + ente.slug + "/spid/metadata";
}

bool prepara(const Config& config, Rooms& rooms, Room& room, const Dati& dati, Instant now)
{
    const auto present = store::findServiceProvider(*room.database);
    if (present && present->entityId == entityId(config, room.ente) && !dati.anew)
        return false;
    const saml::ServiceProvider sp = makeServiceProvider(config, room.ente, dati, now);
    const std::string sealed = rooms.cassaforte().seal(sp.chiave.chiave, place(room.ente));
    const store::ServiceProvider row{sp.entityId, sealed, sp.chiave.certificato,
                                     saml::makeMetadata(sp, saml::Federazione::Spid),
                                     saml::makeMetadata(sp, saml::Federazione::Cie)};
    store::Transaction transaction(*room.database);
    store::save(transaction, row, now);
    store::log(transaction, {"sistema", "", "metadata SPID e CIE preparati", "", sp.entityId}, now);
    transaction.commit();
    return true;
}

void requireKey(const Config& config, Rooms& rooms)
{
    int right = 0;
    int wrong = 0;
    for (const Room* room : rooms.opened()) {
        const auto row = store::findServiceProvider(*room->database);
        if (!row)
            continue;
        try {
            rooms.cassaforte().unseal(row->chiave, place(room->ente));
            ++right;
        } catch (const std::runtime_error& error) {
            log::error("chiave del server non adatta", {{"ente", room->ente.slug}, {"causa", error.what()}});
            ++wrong;
        }
    }
    if (wrong > 0 && right == 0)
        throw std::runtime_error(
            "la chiave del server, " + config.chiave().string() +
            ", non è quella con cui i dati sono sigillati: va rimessa quella, oppure rifatti chiavi e "
            "metadata degli enti con \"spid prepara --di-nuovo si\"");
}

}
