#include "server/commands.h"

#include "core/base/error.h"
#include "server/actions/accesso_operatore.h"
#include "server/actions/operatori.h"
#include "server/comandi_partner.h"
#include "server/copie/comandi.h"
#include "server/demo.h"
#include "server/gateways/carte/fiducia.h"
#include "server/gateways/scarico.h"
#include "server/jobs/carte.h"
#include "server/lavori.h"
#include "server/options.h"
#include "server/registri.h"
#include "server/rooms.h"
#include "server/serve.h"
#include "server/spid.h"
#include "server/store/attivita.h"
#include "server/store/ids.h"
#include "server/store/servizi.h"
#include "server/termini.h"

#include <algorithm>
#include <array>
#include <iostream>

namespace sdc::commands {
namespace {

Instant systemNow()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

int addEnte(Rooms& rooms, const Words& words)
{
    const auto o = options(words, 2);
    const auto get = [&](const char* name) { return o.contains(name) ? o.at(name) : std::string{}; };
    Ente ente{
        need(o, "slug"),  need(o, "nome"), get("appartenenza"), get("codice-ipa"),     get("codice-meccanografico"),
        get("indirizzo"), get("telefono"), get("fax"),          get("codice-fiscale"), get("email"),
        get("pec"),       get("stemma")};
    if (!isSlug(ente.slug))
        throw std::runtime_error(
            "lo slug è fatto di lettere minuscole, cifre e trattini, da 2 a 40, e non è riservato");
    Room& room = rooms.add(ente);
    store::Transaction transaction(*room.database);
    store::log(transaction, {"sistema", "", "dati dell'ente salvati", "ente:" + ente.slug, ""}, systemNow());
    transaction.commit();
    std::cout << "ente " << ente.slug << " aggiunto\n";
    return 0;
}

int listEnti(Rooms& rooms)
{
    for (const Room* room : rooms.all())
        std::cout << room->ente.slug << "\t" << room->ente.nome << "\n";
    return 0;
}

/// The password comes by standard input: on the command line every user of the machine could read it.
int addOperatore(Rooms& rooms, const Words& words)
{
    const auto o = options(words, 2);
    Room& room = rooms.need(need(o, "ente"));
    Operatore operatore;
    operatore.id = Id<Operatore>{store::newId()};
    operatore.username = need(o, "username");
    operatore.nome = need(o, "nome");
    operatore.cognome = need(o, "cognome");
    operatore.email = o.contains("email") ? o.at("email") : "";
    operatore.ruolo =
        o.contains("ruolo") && o.at("ruolo") == "amministratore" ? Ruolo::Amministratore : Ruolo::Operatore;
    operatore.tuttiServizi = !o.contains("servizi");
    if (o.contains("servizi")) {
        std::string rest = o.at("servizi");
        for (auto comma = rest.find(','); !rest.empty(); comma = rest.find(',')) {
            operatore.servizi.push_back(rest.substr(0, comma));
            rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
        }
        std::sort(operatore.servizi.begin(), operatore.servizi.end());
    }
    std::string password;
    std::getline(std::cin, password);
    store::Transaction transaction(*room.database);
    actions::addOperatore(transaction, operatore, password);
    store::log(transaction, {"sistema", "", "operatore aggiunto", "operatore:" + operatore.id.text(), ""}, systemNow());
    transaction.commit();
    std::cout << "operatore " << operatore.username << " aggiunto\n";
    return 0;
}

using ChangeOperatore = void (*)(store::Database&, const std::string& username, Instant);

int changeOperatore(Rooms& rooms, const Words& words, const char* done, ChangeOperatore change)
{
    const auto o = options(words, 2);
    Room& room = rooms.need(need(o, "ente"));
    change(*room.database, need(o, "username"), systemNow());
    std::cout << "operatore " << need(o, "username") << " " << done << "\n";
    return 0;
}

/// By standard input, as above.
void readPassword(store::Database& database, const std::string& username, Instant now)
{
    std::string password;
    std::getline(std::cin, password);
    actions::setPasswordByName(database, username, password, now);
}

int importServizio(Rooms& rooms, const Words& words)
{
    const auto o = options(words, 2);
    Room& room = rooms.need(need(o, "ente"));
    store::Transaction transaction(*room.database);
    try {
        store::importServizio(transaction, readFile(need(o, "file")), systemNow());
    } catch (const Invalid& error) {
        throw std::runtime_error(need(o, "file") + ": " + error.what());
    }
    store::log(transaction, {"sistema", "", "servizio importato", "", ""}, systemNow());
    transaction.commit();
    std::cout << "servizio importato\n";
    return 0;
}

using Change = void (*)(store::Transaction&, const std::string& slug);

/// One change of a service as an ente offers it (E3), and what the log says of it.
int changeServizio(Rooms& rooms, const Words& words, const char* azione, Change change)
{
    const auto o = options(words, 2);
    Room& room = rooms.need(need(o, "ente"));
    const std::string& slug = need(o, "servizio");
    store::Transaction transaction(*room.database);
    change(transaction, slug);
    store::log(transaction, {"sistema", "", azione, "servizio:" + slug, ""}, systemNow());
    transaction.commit();
    std::cout << azione << ": " << slug << "\n";
    return 0;
}

template <Attivazione value>
void setTo(store::Transaction& transaction, const std::string& slug)
{
    store::setAttivazione(transaction, slug, value);
}

template <bool value>
void feature(store::Transaction& transaction, const std::string& slug)
{
    store::setInPrimoPiano(transaction, slug, value);
}

int exportServizio(Rooms& rooms, const Words& words)
{
    const auto o = options(words, 2);
    Room& room = rooms.need(need(o, "ente"));
    std::cout << store::definizioneJson(*room.database, need(o, "servizio"));
    return 0;
}

int importTermini(Rooms& rooms, const Words& words)
{
    const auto o = options(words, 2);
    Room& room = rooms.need(need(o, "ente"));
    try {
        std::cout << termini::import(room, readFile(need(o, "file")), systemNow());
    } catch (const Invalid& error) {
        throw std::runtime_error(need(o, "file") + ": " + error.what());
    }
    return 0;
}

int listTermini(Rooms& rooms, const Words& words)
{
    std::cout << termini::list(rooms.need(need(options(words, 2), "ente")));
    return 0;
}

int withdrawTermine(Rooms& rooms, const Words& words)
{
    const auto o = options(words, 2);
    termini::withdraw(rooms.need(need(o, "ente")), need(o, "chiave"), systemNow());
    std::cout << "testo ritirato: " << need(o, "chiave") << "\n";
    return 0;
}

int listLavori(Rooms& rooms, const Words& words)
{
    std::cout << lavori::list(rooms.need(need(options(words, 2), "ente")));
    return 0;
}

int retryLavori(Rooms& rooms, const Words& words)
{
    const auto o = options(words, 2);
    const int count = lavori::retry(rooms.need(need(o, "ente")), need(o, "id"), systemNow());
    std::cout << count << (count == 1 ? " lavoro ritentato\n" : " lavori ritentati\n");
    return 0;
}

int preparaSpid(const Config& config, Rooms& rooms, const Words& words)
{
    const auto o = options(words, 2);
    const auto get = [&](const char* name) { return o.contains(name) ? o.at(name) : std::string{}; };
    Room& room = rooms.need(need(o, "ente"));
    const bool anew = get("di-nuovo") == "si";
    const bool made = spid::prepara(config, rooms, room, {get("provincia"), get("sito"), anew}, systemNow());
    std::cout << (made ? "chiave e metadata preparati: " : "chiave e metadata ci sono già: ")
              << spid::entityId(config, room.ente) << "\n";
    return 0;
}

int refreshCarte(const Config& config, Rooms& rooms)
{
    if (!config.conCarte())
        throw std::runtime_error("l'accesso con la carta non è configurato: manca \"porta\" in [carta]");
    const gateways::Scarico scarico;
    gateways::carte::Fiducia fiducia(gateways::carte::Archivio{config.cartellaCarte()}, config.carte.fiducia,
                                     config.carte.senzaRevoche);
    const auto fetch = [&](const std::string& url, std::size_t most) { return scarico.fetch(url, most); };
    const auto rapporto = jobs::refreshCarte({config.carte, fiducia, fetch, systemNow, [] {}}, rooms.misure());
    for (const std::string& novita : rapporto.novita)
        std::cout << novita << "\n";
    for (const std::string& guasto : rapporto.guasti)
        std::cerr << guasto << "\n";
    std::cout << fiducia.autorita().size() << " autorità delle carte\n";
    return rapporto.guasti.empty() ? 0 : 1;
}

/// Its accounts have passwords that everybody knows.
int addDemo(const Config& config, Rooms& rooms)
{
    if (config.indirizzoPubblico.starts_with("https") || !config.proxyFidati.empty())
        throw std::runtime_error("i dati dimostrativi hanno password note a tutti: non su un server pubblico");
    makeDemo(config, rooms, systemNow());
    return 0;
}

struct Comando
{
    const char* first;
    const char* second;
    int (*run)(const Config&, Rooms&, const Words&);
};

template <int (*run)(Rooms&, const Words&, const Terminale&)>
int onPartner(const Config&, Rooms& rooms, const Words& words)
{
    return run(rooms, words, {std::cin, std::cout, systemNow()});
}

constexpr std::array kComandi = {
    Comando{"avvia", "", [](const Config& c, Rooms& r, const Words&) { return serve(c, r, systemNow); }},
    Comando{"migra", "", [](const Config&, Rooms& r, const Words&) { return r.migrate(), 0; }},
    Comando{"ente", "aggiungi", [](const Config&, Rooms& r, const Words& w) { return addEnte(r, w); }},
    Comando{"ente", "elenca", [](const Config&, Rooms& r, const Words&) { return listEnti(r); }},
    Comando{"operatore", "aggiungi", [](const Config&, Rooms& r, const Words& w) { return addOperatore(r, w); }},
    Comando{"operatore", "disabilita",
            [](const Config&, Rooms& r, const Words& w) {
                return changeOperatore(r, w, "disabilitato", actions::disableByName);
            }},
    Comando{"operatore", "riabilita",
            [](const Config&, Rooms& r, const Words& w) {
                return changeOperatore(r, w, "riabilitato", actions::enableByName);
            }},
    Comando{"operatore", "password",
            [](const Config&, Rooms& r, const Words& w) {
                return changeOperatore(r, w, "ha una nuova password", readPassword);
            }},
    Comando{"partner", "aggiungi", onPartner<addPartner>},
    Comando{"partner", "password", onPartner<setPartnerPassword>},
    Comando{"partner", "disabilita", onPartner<disablePartner>},
    Comando{"partner", "riabilita", onPartner<enablePartner>},
    Comando{"partner", "certificato", onPartner<addCertificatoPartner>},
    Comando{"partner", "togli-certificato", onPartner<removeCertificatoPartner>},
    Comando{"partner", "elenca", onPartner<listPartner>},
    Comando{"servizio", "importa", [](const Config&, Rooms& r, const Words& w) { return importServizio(r, w); }},
    Comando{"servizio", "esporta", [](const Config&, Rooms& r, const Words& w) { return exportServizio(r, w); }},
    Comando{"termini", "importa", [](const Config&, Rooms& r, const Words& w) { return importTermini(r, w); }},
    Comando{"termini", "elenca", [](const Config&, Rooms& r, const Words& w) { return listTermini(r, w); }},
    Comando{"termini", "ritira", [](const Config&, Rooms& r, const Words& w) { return withdrawTermine(r, w); }},
    Comando{"lavori", "elenca", [](const Config&, Rooms& r, const Words& w) { return listLavori(r, w); }},
    Comando{"carte", "aggiorna", [](const Config& c, Rooms& r, const Words&) { return refreshCarte(c, r); }},
    Comando{"lavori", "riprova", [](const Config&, Rooms& r, const Words& w) { return retryLavori(r, w); }},
    Comando{"protocollo", "avanza", [](const Config&, Rooms& r, const Words& w) { return copie::avanzaCommand(r, w); }},
    Comando{"servizio", "attiva",
            [](const Config&, Rooms& r, const Words& w) {
                return changeServizio(r, w, "servizio attivato", setTo<Attivazione::Attivo>);
            }},
    Comando{"servizio", "sospendi",
            [](const Config&, Rooms& r,
               const Words& w) { return changeServizio(r, w, "servizio sospeso", setTo<Attivazione::Sospeso>); }},
    Comando{"servizio", "disattiva",
            [](const Config&, Rooms& r,
               const Words& w) { return changeServizio(r, w, "servizio disattivato", setTo<Attivazione::Disattivo>); }},
    Comando{"servizio", "metti-in-primo-piano",
            [](const Config&, Rooms& r,
               const Words& w) { return changeServizio(r, w, "servizio messo in primo piano", feature<true>); }},
    Comando{"servizio", "togli-dal-primo-piano",
            [](const Config&, Rooms& r,
               const Words& w) { return changeServizio(r, w, "servizio tolto dal primo piano", feature<false>); }},
    Comando{"spid", "prepara", preparaSpid},
    Comando{"spid", "registro",
            [](const Config&, Rooms& r, const Words& w) { return registri::showTracce(r, w, std::cout); }},
    Comando{"attivita", "esporta",
            [](const Config&, Rooms& r, const Words& w) { return registri::exportAttivita(r, w, std::cout); }},
    Comando{"attivita", "confronta",
            [](const Config& c, Rooms& r, const Words& w) { return registri::compareAttivita(c, r, w, std::cout); }},
    Comando{"demo", "", [](const Config& c, Rooms& r, const Words&) { return addDemo(c, r); }},
};

/// Those that do not want every database opened and brought to the newest tables before they begin.
struct ComandoSuiFile
{
    const char* name;
    const char* second;
    int (*run)(const Config&, const Words&);
};

constexpr std::array kComandiSuiFile = {
    ComandoSuiFile{"backup", "", copie::backupCommand},
    ComandoSuiFile{"ripristina", "", copie::ripristinaCommand},
    ComandoSuiFile{"verifica", "", copie::verificaCommand},
    ComandoSuiFile{"attivita", "verifica",
                   [](const Config& c, const Words& w) { return registri::checkAttivita(c, w, std::cout); }},
};

}

int run(const Config& config, const Words& words)
{
    for (const ComandoSuiFile& comando : kComandiSuiFile) {
        const bool second = *comando.second == '\0' || (words.size() > 1 && words[1] == comando.second);
        if (!words.empty() && words[0] == comando.name && second)
            return comando.run(config, words);
    }
    const auto found = std::find_if(kComandi.begin(), kComandi.end(), [&](const Comando& comando) {
        const bool second = *comando.second == '\0' || (words.size() > 1 && words[1] == comando.second);
        return !words.empty() && words[0] == comando.first && second;
    });
    if (found == kComandi.end())
        throw std::runtime_error("comando non riconosciuto\n\n" + usage());
    Rooms rooms(config, systemNow);
    return found->run(config, rooms, words);
}

std::string usage()
{
    return R"(uso: stanza-server --config FILE COMANDO

comandi:
  avvia                      serve il portale e le API, fino a SIGTERM
  migra                      porta tutte le basi dati alle tabelle più recenti
  ente aggiungi --slug S --nome N [--appartenenza A --codice-ipa C --codice-meccanografico C --indirizzo I
                 --telefono T --fax F --codice-fiscale C --email E --pec P --stemma FILE]
  ente elenca
  operatore aggiungi --ente S --username U --nome N --cognome C [--email E --ruolo operatore|amministratore
                 --servizi slug,slug]   (la password si legge dallo standard input)
  operatore disabilita|riabilita --ente S --username U
                 (disabilitato: perde subito l'accesso; le pratiche che ha in carico restano sue)
  operatore password --ente S --username U
                 (la nuova password si legge dallo standard input; gli accessi aperti si chiudono)
  partner aggiungi --ente S --username U --nome N --ruolo pratiche|testi [--senza-password]
                 (la password si legge dallo standard input; --senza-password: entra solo con un certificato)
  partner certificato --ente S --username U --file PEM
                 (un certificato con cui i programmi del partner si fanno riconoscere; quanti ne servono, fino a dieci)
  partner togli-certificato --ente S --username U --impronta SHA256
  partner password|disabilita|riabilita --ente S --username U
  partner elenca --ente S    con i certificati di ciascuno, e fino a quando valgono
  servizio importa --ente S --file FILE
  servizio esporta --ente S --servizio SLUG
  termini importa --ente S --file FILE
                             testi da accettare, come in share/stanza/seed/termini.json: uno nuovo, o cambiato, ha una
                             nuova versione, che si chiede a tutti
  termini elenca --ente S    tutte le versioni, da quando valgono e quanti le hanno accettate
  termini ritira --ente S --chiave CHIAVE
                             quel testo non si chiede più; chi lo ha accettato continua a vederlo
  lavori elenca --ente S     documenti, registrazioni e mail non riusciti, con la causa
  lavori riprova --ente S --id ID|tutti
  carte aggiorna             scarica ora l'elenco delle autorità delle carte e le revoche; il server avviato le rilegge
  servizio attiva|sospendi|disattiva --ente S --servizio SLUG
                 (sospeso: la pagina resta, con un avviso; le richieste iniziate proseguono, nuove non ne cominciano)
  servizio metti-in-primo-piano|togli-dal-primo-piano --ente S --servizio SLUG
  spid prepara --ente S [--provincia TN --sito URL --di-nuovo si]
                             fa chiave, certificato e metadata dell'ente per SPID e CIE; i metadata si registrano presso
                 AgID e Ministero dell'Interno: rifarli (--di-nuovo si) vuol dire registrarli di nuovo
  demo                       enti, servizi, termini e operatori dimostrativi
  backup --in CARTELLA [--ente S] [--precedente COPIA|ultima] [--file copia|collega] [--tieni N]
                             fa in CARTELLA una nuova copia di sicurezza con la sua data, mentre il server lavora
                 (--precedente: i file che quella copia ha già vi si collegano, se il disco è lo stesso; --file collega:
                 lo stesso con i file del server; --tieni: verifica la copia, e se non ha difetti lascia le N più nuove;
                 configurazione e segreti non sono nella copia; stato 3: la copia è fatta, ma alcuni file mancavano già
                 nei dati; 4: vi manca un ente che non si è potuto leggere; 5: le più vecchie non sono state tolte)
  ripristina --da COPIA [--ente S] --numeri-certi | --ultimo-numero ANNO:N ...
                             riporta gli enti di una copia dove non ce n'è alcuno, tutti o nessuno, e li verifica
                 (i numeri di protocollo dati dopo la copia non vanno dati di nuovo: --ultimo-numero dice l'ultimo di un
                 anno, --numeri-certi che non ce ne furono)
  protocollo avanza --ente S --ultimo-numero ANNO:N
                             il prossimo numero di quell'anno è N+1: i numeri saltati restano agli atti
  attivita esporta --ente S [--da GIORNO --a GIORNO --formato csv|jsonl]
                             il registro delle attività, con la catena degli hash e un sigillo firmato alla fine
  attivita verifica --file F [--chiave K]
                             un'esportazione, senza base dati: hash, sigillo e firma
  attivita confronta --ente S --file F
                             lo stesso, e che la base dati dica ancora quel che diceva allora
  spid registro --ente S --richiesta ID
                             quel che si conserva per 24 mesi di un accesso SPID o CIE (a chi ha titolo a chiederlo)
  verifica [--ente S] [--backup COPIA]
                             attività, protocollo, conteggi, riferimenti, lavori e file, dei dati o di una copia;
                             stato 0 solo se tutto torna
  versione
)";
}

}
