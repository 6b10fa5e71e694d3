#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sdc {

enum class TipoDatabase { Sqlite, Postgresql };

/// How this server is set up: one file and the environment, read once at the start.
struct Config
{
    // [server]
    std::string indirizzo = "127.0.0.1";
    int porta = 8080;
    /// The address people see, "https://stanza.comune.it"; empty: http://indirizzo:porta.
    std::string indirizzoPubblico;
    std::vector<std::string> proxyFidati;
    std::filesystem::path risorse;
    std::filesystem::path cartella;
    /// Where the server's own key is (secrets/cassaforte.h); empty: beside the data.
    std::filesystem::path chiaveFile;
    /// Open connections at once: one that waits for its client costs a descriptor and no thread.
    int connessioni = 4000;
    /// Of one address; see http/reception.h for who goes where there are more.
    int connessioniPerIndirizzo = 500;
    // [database]
    TipoDatabase database = TipoDatabase::Sqlite;
    std::string postgresql;
    int sessioniPostgresql = 24;
    // [posta]
    std::string smtpHost;
    int smtpPorta = 25;
    std::string smtpCifratura = "nessuna";
    std::string smtpUtente;
    std::string smtpPassword;
    std::string mittente;
    // [documenti]
    std::filesystem::path stampa;
    // [accesso]
    bool identitaDiProva = false;
    /// Logins of one address in a minute; wrong passwords of one operator's name in a quarter of an hour.
    int accessiPerMinuto = 60;
    int tentativiPerUtente = 20;
    int durataSessione = 3600;
    int durataSessioneOperatore = 43200;
    // [limiti]: pages of one address and calls of one operator's session in a minute; what one citizen sends and
    // uploads in an hour
    int paginePerMinuto = 3000;
    int richiestePerMinuto = 1200;
    int inviiPerOra = 60;
    int filePerOra = 300;
    // [registri]
    /// How many years the log of activities is kept; 0: for ever.
    int anniAttivita = 0;
    /// The public keys that this server signed with before its present one.
    std::vector<std::string> chiaviPrecedenti;

    /// "http://127.0.0.1:8080", without a slash at the end.
    std::string baseUrl() const;
    std::filesystem::path chiave() const;
};

/// Reads `file` and the environment's STANZA_SEZIONE_CHIAVE. Throws std::runtime_error with the file's name and line
/// for an unknown key or a wrong value.
Config readConfig(const std::filesystem::path& file);

}
