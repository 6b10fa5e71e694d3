#include "server/demo.h"

#include "server/actions/accesso_operatore.h"
#include "server/actions/partner.h"
#include "server/cittadini_demo.h"
#include "server/options.h"
#include "server/spid.h"
#include "server/store/cittadini.h"
#include "server/store/ids.h"
#include "server/store/operatori.h"
#include "server/store/partner.h"
#include "server/store/servizi.h"
#include "server/termini.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace sdc {
namespace {

using nlohmann::json;

constexpr const char* kPassword = "demo-stanza";
const std::vector<std::string> kAssociazioni = {"autorizzazione-eventi-associazioni",
                                                "iscrizione-registro-associazioni"};

Ente toEnte(const json& j)
{
    return {j.at("slug"),
            j.at("nome"),
            j.at("appartenenza"),
            j.at("codice_ipa"),
            j.at("codice_meccanografico"),
            j.at("indirizzo"),
            j.at("telefono"),
            j.at("fax"),
            j.at("codice_fiscale"),
            j.at("email"),
            j.at("pec"),
            j.at("stemma")};
}

/// What the ente chooses of its services at first; whatever an administrator chose since stays.
void setUp(store::Transaction& transaction, const std::string& slug, const json& choices)
{
    const auto names = [&](const char* key) {
        const auto slugs = choices.value(key, std::vector<std::string>{});
        return std::find(slugs.begin(), slugs.end(), slug) != slugs.end();
    };
    if (names("disattivi"))
        store::setAttivazione(transaction, slug, Attivazione::Disattivo);
    if (names("sospesi"))
        store::setAttivazione(transaction, slug, Attivazione::Sospeso);
    if (names("in_primo_piano"))
        store::setInPrimoPiano(transaction, slug, true);
}

void importServizi(store::Transaction& transaction, const std::filesystem::path& folder, const json& choices,
                   Instant now)
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        const std::string text = commands::readFile(file);
        if (store::importServizio(transaction, text, now))
            setUp(transaction, json::parse(text).at("slug"), choices);
    }
}

void addOperatore(store::Transaction& transaction, const Operatore& operatore)
{
    if (!store::findCredenziali(transaction, operatore.username))
        actions::addOperatore(transaction, operatore, kPassword);
}

Operatore operatore(const char* username, const char* nome, const char* cognome)
{
    Operatore o;
    o.id = Id<Operatore>{store::newId()};
    o.username = username;
    o.nome = nome;
    o.cognome = cognome;
    o.email = std::string{username} + "@esempio.it";
    o.tuttiServizi = true;
    return o;
}

void addOperatori(store::Transaction& transaction)
{
    addOperatore(transaction, operatore("operatore", "Anna", "Ferrari"));
    addOperatore(transaction, operatore("operatore2", "Paolo", "Esposito"));
    Operatore associazioni = operatore("operatore-associazioni", "Chiara", "Romano");
    associazioni.tuttiServizi = false;
    associazioni.servizi = kAssociazioni;
    addOperatore(transaction, associazioni);
    Operatore amministratore = operatore("amministratore", "Marco", "Colombo");
    amministratore.ruolo = Ruolo::Amministratore;
    addOperatore(transaction, amministratore);
}

/// The demonstration's citizens with complete data have confirmed them already (L3).
void addCittadini(store::Transaction& transaction, Instant now)
{
    for (const Identita& identita : cittadiniDemo()) {
        if (!isComplete(identita) || store::findCittadinoByCodiceFiscale(transaction, identita.codiceFiscale))
            continue;
        store::insert(transaction, {Id<Cittadino>{store::newId()},
                                    identita.codiceFiscale,
                                    identita.nome,
                                    identita.cognome,
                                    identita.luogoNascita,
                                    identita.dataNascita,
                                    identita.email,
                                    identita.cellulare,
                                    identita.residenza,
                                    {},
                                    now,
                                    0});
    }
}

void addPartner(const Room& room, const json& partner, Instant now)
{
    for (const json& data : partner) {
        const std::string username = data.at("username");
        if (store::findPartner(*room.database, username))
            continue;
        const auto ruolo = ruoloPartnerFrom(data.at("ruolo").get<std::string>()).value();
        actions::addPartner(*room.database, {{}, username, data.at("nome"), ruolo, true}, kPassword, now);
    }
}

}

void makeDemo(const Config& config, Rooms& rooms, Instant now)
{
    const std::filesystem::path seed = config.risorse / "seed";
    const auto testi = termini::read(commands::readFile(seed / "termini.json"));
    for (const auto& data : json::parse(commands::readFile(seed / "enti.json"))) {
        Room& room = rooms.add(toEnte(data));
        {
            store::Transaction transaction(*room.database);
            importServizi(transaction, seed / "servizi", data.value("servizi", json::object()), now);
            for (const store::Termine& termine : testi)
                store::importTermine(transaction, termine, now);
            addOperatori(transaction);
            addCittadini(transaction, now);
            transaction.commit();
        }
        addPartner(room, data.value("partner", json::array()), now);
        spid::prepara(config, rooms, room, {data.value("provincia", ""), "", false}, now);
    }
}

}
