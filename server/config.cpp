#include "server/config.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <stdexcept>

extern char** environ;

namespace sdc {
namespace {

[[noreturn]] void refuse(const std::string& where, const std::string& reason)
{
    throw std::runtime_error(where + ": " + reason);
}

int number(const std::string& text, int smallest, int largest)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < smallest || value > largest)
        throw std::invalid_argument("serve un numero tra " + std::to_string(smallest) + " e " +
                                    std::to_string(largest));
    return value;
}

bool yesNo(const std::string& text)
{
    if (text != "si" && text != "no")
        throw std::invalid_argument("serve \"si\" oppure \"no\"");
    return text == "si";
}

std::string oneOf(const std::string& text, std::initializer_list<const char*> words)
{
    if (std::find(words.begin(), words.end(), text) == words.end())
        throw std::invalid_argument("valore non ammesso");
    return text;
}

std::vector<std::string> list(const std::string& text)
{
    std::vector<std::string> items;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        if (const std::string item = trim(std::string_view{text}.substr(at, end - at)); !item.empty())
            items.push_back(item);
        at = end + 1;
    }
    return items;
}

/// The pages' links begin at the root: an address with a path would lead nowhere.
std::string origin(const std::string& text)
{
    const auto host = text.starts_with("https://") ? 8U : text.starts_with("http://") ? 7U : std::string::npos;
    if (host == std::string::npos || text.size() == host ||
        std::min(text.find('/', host), text.size()) + 1 < text.size())
        throw std::invalid_argument("serve un indirizzo come https://stanza.comune.it, senza percorso");
    return text;
}

std::string httpsUrl(const std::string& text)
{
    if (!text.starts_with("https://"))
        throw std::invalid_argument("serve un indirizzo https://");
    return text;
}

/// A secret stands in a file of its own, named here.
std::string secretFrom(const std::string& path)
{
    std::ifstream stream(path);
    std::string secret;
    if (!std::getline(stream, secret))
        throw std::invalid_argument("il file con il segreto non si può leggere");
    return secret;
}

using Set = void (*)(Config&, const std::string&);

struct Chiave
{
    const char* name;
    Set set;
};

constexpr std::array kChiavi = {
    Chiave{"server.indirizzo", [](Config& c, const std::string& v) { c.indirizzo = v; }},
    Chiave{"server.porta", [](Config& c, const std::string& v) { c.porta = number(v, 1, 65535); }},
    Chiave{"server.indirizzo_pubblico", [](Config& c, const std::string& v) { c.indirizzoPubblico = origin(v); }},
    Chiave{"server.proxy_fidati", [](Config& c, const std::string& v) { c.proxyFidati = list(v); }},
    Chiave{"server.risorse", [](Config& c, const std::string& v) { c.risorse = v; }},
    Chiave{"server.cartella", [](Config& c, const std::string& v) { c.cartella = v; }},
    Chiave{"server.chiave_file", [](Config& c, const std::string& v) { c.chiaveFile = v; }},
    Chiave{"server.connessioni", [](Config& c, const std::string& v) { c.connessioni = number(v, 8, 60000); }},
    Chiave{"server.connessioni_per_indirizzo",
           [](Config& c, const std::string& v) { c.connessioniPerIndirizzo = number(v, 4, 60000); }},
    Chiave{"database.tipo",
           [](Config& c, const std::string& v) {
               c.database =
                   oneOf(v, {"sqlite", "postgresql"}) == "sqlite" ? TipoDatabase::Sqlite : TipoDatabase::Postgresql;
           }},
    Chiave{"database.postgresql", [](Config& c, const std::string& v) { c.postgresql = v; }},
    Chiave{"database.postgresql_file", [](Config& c, const std::string& v) { c.postgresql = secretFrom(v); }},
    Chiave{"database.sessioni", [](Config& c, const std::string& v) { c.sessioniPostgresql = number(v, 4, 1000); }},
    Chiave{"posta.host", [](Config& c, const std::string& v) { c.smtpHost = v; }},
    Chiave{"posta.porta", [](Config& c, const std::string& v) { c.smtpPorta = number(v, 1, 65535); }},
    Chiave{"posta.cifratura",
           [](Config& c, const std::string& v) { c.smtpCifratura = oneOf(v, {"nessuna", "starttls", "tls"}); }},
    Chiave{"posta.utente", [](Config& c, const std::string& v) { c.smtpUtente = v; }},
    Chiave{"posta.password_file", [](Config& c, const std::string& v) { c.smtpPassword = secretFrom(v); }},
    Chiave{"posta.mittente", [](Config& c, const std::string& v) { c.mittente = v; }},
    Chiave{"documenti.stampa", [](Config& c, const std::string& v) { c.stampa = v; }},
    Chiave{"spid.federazione", [](Config& c, const std::string& v) { c.spidFederazione = v; }},
    Chiave{"spid.federazione_certificati", [](Config& c, const std::string& v) { c.spidFidati = list(v); }},
    Chiave{"spid.idp_aggiuntivi", [](Config& c, const std::string& v) { c.spidAggiuntivi = list(v); }},
    Chiave{"spid.cie_metadata", [](Config& c, const std::string& v) { c.spidCie = v; }},
    Chiave{"accesso.accessi_al_minuto",
           [](Config& c, const std::string& v) { c.accessiPerMinuto = number(v, 1, 100000); }},
    Chiave{"accesso.tentativi_per_utente",
           [](Config& c, const std::string& v) { c.tentativiPerUtente = number(v, 3, 100000); }},
    Chiave{"accesso.durata_sessione", [](Config& c, const std::string& v) { c.durataSessione = number(v, 60, 86400); }},
    Chiave{"accesso.durata_massima_sessione",
           [](Config& c, const std::string& v) { c.durataMassimaSessione = number(v, 60, 604800); }},
    Chiave{"accesso.durata_sessione_operatore",
           [](Config& c, const std::string& v) { c.durataSessioneOperatore = number(v, 60, 604800); }},
    Chiave{"limiti.pagine_al_minuto",
           [](Config& c, const std::string& v) { c.paginePerMinuto = number(v, 10, 10000000); }},
    Chiave{"limiti.richieste_al_minuto",
           [](Config& c, const std::string& v) { c.richiestePerMinuto = number(v, 10, 10000000); }},
    Chiave{"limiti.invii_all_ora", [](Config& c, const std::string& v) { c.inviiPerOra = number(v, 1, 1000000); }},
    Chiave{"limiti.file_all_ora", [](Config& c, const std::string& v) { c.filePerOra = number(v, 1, 1000000); }},
    Chiave{"registri.anni_attivita", [](Config& c, const std::string& v) { c.anniAttivita = number(v, 0, 100); }},
    Chiave{"registri.chiavi_precedenti", [](Config& c, const std::string& v) { c.chiaviPrecedenti = list(v); }},
    Chiave{"carta.porta", [](Config& c, const std::string& v) { c.carte.porta = number(v, 0, 65535); }},
    Chiave{"carta.indirizzo", [](Config& c, const std::string& v) { c.carte.indirizzo = v; }},
    Chiave{"carta.indirizzo_pubblico",
           [](Config& c, const std::string& v) { c.carte.indirizzoPubblico = httpsUrl(origin(v)); }},
    Chiave{"carta.certificato_file", [](Config& c, const std::string& v) { c.carte.certificato = v; }},
    Chiave{"carta.chiave_file", [](Config& c, const std::string& v) { c.carte.chiave = v; }},
    Chiave{"carta.tls_1_3", [](Config& c, const std::string& v) { c.carte.tls13 = yesNo(v); }},
    Chiave{"carta.fiducia", [](Config& c, const std::string& v) { c.carte.fiducia = v; }},
    Chiave{"carta.tsl_url", [](Config& c, const std::string& v) { c.carte.tslUrl = v; }},
    Chiave{"carta.tsl_certificati", [](Config& c, const std::string& v) { c.carte.tslCertificati = v; }},
    Chiave{"carta.crl", [](Config& c, const std::string& v) { c.carte.crl = list(v); }},
    Chiave{"carta.aggiornamento_ore",
           [](Config& c, const std::string& v) { c.carte.aggiornamentoOre = number(v, 1, 168); }},
    Chiave{
        "carta.revoche_ignote",
        [](Config& c, const std::string& v) { c.carte.senzaRevoche = oneOf(v, {"rifiuta", "accetta"}) == "accetta"; }},
    Chiave{"partner.porta", [](Config& c, const std::string& v) { c.partner.porta = number(v, 0, 65535); }},
    Chiave{"partner.indirizzo", [](Config& c, const std::string& v) { c.partner.indirizzo = v; }},
    Chiave{"partner.certificato_file", [](Config& c, const std::string& v) { c.partner.certificato = v; }},
    Chiave{"partner.chiave_file", [](Config& c, const std::string& v) { c.partner.chiave = v; }},
};

std::string withoutSlash(const std::string& url)
{
    return url.ends_with('/') ? url.substr(0, url.size() - 1) : url;
}

void apply(Config& config, const std::string& key, const std::string& value, const std::string& where)
{
    const auto found =
        std::find_if(kChiavi.begin(), kChiavi.end(), [&](const Chiave& chiave) { return key == chiave.name; });
    if (found == kChiavi.end())
        refuse(where, "chiave sconosciuta \"" + key + "\"");
    try {
        found->set(config, value);
    } catch (const std::invalid_argument& error) {
        refuse(where, "valore non valido per \"" + key + "\": " + error.what());
    }
}

void readFile(Config& config, const std::filesystem::path& file)
{
    std::ifstream stream(file);
    if (!stream)
        refuse(file.string(), "il file di configurazione non si può leggere");
    std::string section;
    std::string line;
    for (int number = 1; std::getline(stream, line); ++number) {
        const std::string where = file.string() + ", riga " + std::to_string(number);
        line = trim(line);
        if (line.empty() || line[0] == '#' || line[0] == ';')
            continue;
        if (line[0] == '[' && line.back() == ']') {
            section = line.substr(1, line.size() - 2);
            continue;
        }
        const auto equals = line.find('=');
        if (equals == std::string::npos)
            refuse(where, "serve \"chiave = valore\"");
        apply(config, section + "." + trim(line.substr(0, equals)), trim(line.substr(equals + 1)), where);
    }
}

std::string environmentName(std::string key)
{
    for (char& c : key)
        c = c == '.' ? '_' : c;
    return "STANZA_" + asciiUpper(key);
}

void readEnvironment(Config& config)
{
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const auto equals = text.find('=');
        if (!text.starts_with("STANZA_") || equals == std::string::npos)
            continue;
        const std::string name = text.substr(0, equals);
        const auto found = std::find_if(kChiavi.begin(), kChiavi.end(),
                                        [&](const Chiave& chiave) { return environmentName(chiave.name) == name; });
        if (found == kChiavi.end())
            refuse("ambiente", "variabile sconosciuta " + name);
        apply(config, found->name, text.substr(equals + 1), "ambiente, " + name);
    }
}

/// What was not set stands where the build and the packages put it: beside the program.
void fillIn(Config& config)
{
    const auto program = std::filesystem::canonical("/proc/self/exe");
    if (config.risorse.empty())
        config.risorse = program.parent_path().parent_path() / "share" / "stanza";
    if (config.stampa.empty())
        config.stampa = program.parent_path() / "stanza-stampa";
}

void checkCarte(const ConfigCarte& carte, const std::string& where)
{
    if (carte.porta == 0)
        return;
    if (carte.certificato.empty() || carte.chiave.empty())
        refuse(where, "con \"porta\" in [carta] servono \"certificato_file\" e \"chiave_file\"");
    if (carte.fiducia.empty() && carte.tslUrl.empty())
        refuse(where, "con \"porta\" in [carta] serve \"fiducia\", o \"tsl_url\": le autorità delle carte");
    if (!carte.tslUrl.empty() && carte.tslCertificati.empty())
        refuse(where, "con \"tsl_url\" in [carta] serve \"tsl_certificati\": chi può firmare l'elenco");
}

void check(const Config& config, const std::string& where)
{
    checkCarte(config.carte, where);
    if (config.partner.porta != 0 && (config.partner.certificato.empty() || config.partner.chiave.empty()))
        refuse(where, "con \"porta\" in [partner] servono \"certificato_file\" e \"chiave_file\"");
    if (config.cartella.empty())
        refuse(where, "manca \"cartella\" in [server]: la cartella dei dati");
    if (config.database == TipoDatabase::Postgresql && config.postgresql.empty())
        refuse(where, "manca \"postgresql\" in [database]: la stringa di connessione");
    if (!config.smtpHost.empty() && !isEmailAddress(config.mittente))
        refuse(where, "manca \"mittente\" in [posta], o non è un indirizzo email");
    if (!config.smtpUtente.empty() && config.smtpCifratura == "nessuna")
        refuse(where, "con \"utente\" in [posta] serve \"cifratura\": la password viaggerebbe in chiaro");
    if (!config.spidFederazione.empty() && config.spidFidati.empty())
        refuse(where, "con \"federazione\" in [spid] serve \"federazione_certificati\": chi la può firmare");
}

}

std::string Config::baseUrl() const
{
    return indirizzoPubblico.empty() ? "http://" + indirizzo + ":" + std::to_string(porta)
                                     : withoutSlash(indirizzoPubblico);
}

std::string Config::baseUrlCarte() const
{
    if (!carte.indirizzoPubblico.empty())
        return withoutSlash(carte.indirizzoPubblico);
    return "https://" + (carte.indirizzo.empty() ? indirizzo : carte.indirizzo) + ":" + std::to_string(carte.porta);
}

std::filesystem::path Config::chiave() const
{
    return chiaveFile.empty() ? cartella / "chiave" : chiaveFile;
}

Config readConfig(const std::filesystem::path& file)
{
    Config config;
    readFile(config, file);
    readEnvironment(config);
    fillIn(config);
    check(config, file.string());
    return config;
}

}
