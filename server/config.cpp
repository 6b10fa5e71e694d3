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
    Chiave{"server.indirizzo_pubblico", [](Config& c, const std::string& v) { c.indirizzoPubblico = v; }},
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
    Chiave{"accesso.identita_di_prova", [](Config& c, const std::string& v) { c.identitaDiProva = yesNo(v); }},
    Chiave{"accesso.accessi_al_minuto",
           [](Config& c, const std::string& v) { c.accessiPerMinuto = number(v, 1, 100000); }},
    Chiave{"accesso.tentativi_per_utente",
           [](Config& c, const std::string& v) { c.tentativiPerUtente = number(v, 3, 100000); }},
    Chiave{"accesso.durata_sessione", [](Config& c, const std::string& v) { c.durataSessione = number(v, 60, 86400); }},
    Chiave{"accesso.durata_massima_sessione",
           [](Config& c, const std::string& v) { c.durataMassimaSessione = number(v, 60, 604800); }},
    Chiave{"accesso.durata_sessione_operatore",
           [](Config& c, const std::string& v) { c.durataSessioneOperatore = number(v, 60, 604800); }},
};

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

void check(const Config& config, const std::string& where)
{
    if (config.cartella.empty())
        refuse(where, "manca \"cartella\" in [server]: la cartella dei dati");
    if (config.database == TipoDatabase::Postgresql && config.postgresql.empty())
        refuse(where, "manca \"postgresql\" in [database]: la stringa di connessione");
    if (!config.smtpHost.empty() && !isEmailAddress(config.mittente))
        refuse(where, "manca \"mittente\" in [posta], o non è un indirizzo email");
    if (!config.smtpUtente.empty() && config.smtpCifratura == "nessuna")
        refuse(where, "con \"utente\" in [posta] serve \"cifratura\": la password viaggerebbe in chiaro");
    // The test identity lets anybody in as anybody: only on this machine, and never behind a public address.
    const bool loopback =
        config.indirizzo == "127.0.0.1" || config.indirizzo == "::1" || config.indirizzo == "localhost";
    if (config.identitaDiProva &&
        (!loopback || !config.proxyFidati.empty() || config.indirizzoPubblico.starts_with("https")))
        refuse(where,
               "identita_di_prova è ammessa solo in ascolto su 127.0.0.1, senza proxy_fidati e senza indirizzo https");
}

}

std::string Config::baseUrl() const
{
    if (!indirizzoPubblico.empty())
        return indirizzoPubblico.ends_with('/') ? indirizzoPubblico.substr(0, indirizzoPubblico.size() - 1)
                                                : indirizzoPubblico;
    return "http://" + indirizzo + ":" + std::to_string(porta);
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
