#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sdc {

enum class TipoDatabase { Sqlite, Postgresql };

/// The door for citizens with a card (CPS, CNS): TLS on a port of its own, with no proxy before it.
struct ConfigCarte
{
    /// 0: no cards.
    int porta = 0;
    /// Empty: the server's own.
    std::string indirizzo;
    /// "https://carta.stanza.comune.it:8443"; empty: https://indirizzo:porta.
    std::string indirizzoPubblico;
    /// The server's own certificate and key on this port.
    std::filesystem::path certificato;
    std::filesystem::path chiave;
    bool tls13 = true;
    /// The authorities of cards that the administrator trusts: a PEM file, or a folder of them.
    std::filesystem::path fiducia;
    /// The trust list of the state (TSL-IT), and the certificates that may sign it; empty: none is read.
    std::string tslUrl;
    std::filesystem::path tslCertificati;
    /// Lists of revoked cards, beside those that the cards themselves name.
    std::vector<std::string> crl;
    int aggiornamentoOre = 12;
    /// Whether a card is let in whose revocation cannot be known: no, unless the administrator says so.
    bool senzaRevoche = false;
};

/// The door for partners' programs that show a certificate: TLS on a port of its own, with no proxy before it.
struct ConfigPartner
{
    /// 0: there is none; name and password still let them in by the portal's.
    int porta = 0;
    /// Empty: the server's own.
    std::string indirizzo;
    /// The server's own certificate and key on this port.
    std::filesystem::path certificato;
    std::filesystem::path chiave;
};

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
    // [spid]
    /// Where the federation's signed list of identity providers is, and who may sign it (PEM files).
    std::string spidFederazione;
    std::vector<std::string> spidFidati;
    /// Folders with the metadata of further providers, and the file of the electronic identity card's.
    std::vector<std::string> spidAggiuntivi;
    std::filesystem::path spidCie;
    // [accesso]
    /// Logins of one address in a minute; failed logins of one operator's name in a quarter of an hour at full speed.
    int accessiPerMinuto = 60;
    int tentativiPerUtente = 10;
    /// Seconds without use after which a citizen's session ends, and from its beginning, however it is used.
    int durataSessione = 3600;
    int durataMassimaSessione = 43200;
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
    // [carta]
    ConfigCarte carte;
    // [partner]
    ConfigPartner partner;

    /// "http://127.0.0.1:8080", without a slash at the end.
    std::string baseUrl() const;
    /// Of the cards' door, the same way.
    std::string baseUrlCarte() const;
    bool conCarte() const { return carte.porta != 0; }
    /// What is kept of lists and revocations.
    std::filesystem::path cartellaCarte() const { return cartella / "carte"; }
    std::filesystem::path chiave() const;
};

/// Reads `file` and the environment's STANZA_SEZIONE_CHIAVE. Throws std::runtime_error with the file's name and line
/// for an unknown key or a wrong value.
Config readConfig(const std::filesystem::path& file);

}
