#include "tests/bench/archivio.h"

#include "core/base/text.h"
#include "server/store/chiavi.h"
#include "server/store/cittadino_json.h"
#include "server/store/conteggi.h"
#include "server/store/copia.h"
#include "server/store/sql.h"
#include "tests/bench/storia.h"

#include <nlohmann/json.hpp>

namespace sdc::bench {
namespace {

std::string objectOf(const PraticaFinta& pratica)
{
    return "pratica:" + pratica.fields.id.text();
}

const char* const kMotivazione = "Esaminata la documentazione e sentito l'ufficio competente.";

std::map<std::string, long long> readCounters(store::Reader& reader)
{
    std::map<std::string, long long> counters;
    std::string nome;
    long long valore = 0;
    store::Sql sql(reader, "SELECT nome, valore FROM contatori");
    sql.into(nome).into(valore);
    while (sql.next())
        counters[nome] = valore;
    return counters;
}

std::string attoreOf(const PraticaFinta& pratica, Causa causa)
{
    if (causa == Causa::Cittadino)
        return pratica.cittadino->id.text();
    return causa == Causa::Operatore || causa == Causa::Amministratore ? pratica.operatore.text() : "";
}

}

Archivio::Archivio(store::Transaction& sqlite, std::map<std::string, Contenuto> contenuti, Sorte& sorte)
    : transaction_(sqlite),
      contenuti_(std::move(contenuti)),
      sorte_(sorte),
      counters_(readCounters(sqlite)),
      lastHash_(store::lastAttivita(sqlite).second),
      tabelle_(sqlite.lease().session())
{
}

void Archivio::add(const Cittadino& c, const std::vector<store::Termine>& termini, Instant when)
{
    tabelle_.cittadini.add(c.id, c.codiceFiscale, c.nome, c.cognome, c.luogoNascita, c.dataNascita, c.email,
                           c.cellulare, c.residenza.via, c.residenza.cap, c.residenza.citta, c.residenza.provincia,
                           c.residenza.stato, c.domicilio.via, c.domicilio.cap, c.domicilio.citta,
                           c.domicilio.provincia, c.domicilio.stato, when, 1);
    for (const store::Termine& termine : termini)
        tabelle_.accettazioni.add(c.id, termine.id, when);
    log({"cittadino", c.id.text(), "accesso", "", ""}, when);
}

void Archivio::advance(PraticaFinta& pratica, Instant when)
{
    move(pratica, when);
    follow(pratica, when);
    if (pratica.isAtEnd())
        addRow(pratica);
}

void Archivio::move(PraticaFinta& pratica, Instant when)
{
    Pratica::Fields& f = pratica.fields;
    const Stato stato = pratica.corso[pratica.passaggi];
    const Causa causa = pratica.passaggi == 0 ? Causa::Cittadino : causaOf(f.stato, stato);
    f.versione = static_cast<int>(pratica.passaggi) + 6;
    f.stato = stato;
    f.modificata = when;
    ++pratica.passaggi;
    tabelle_.passaggi.add(f.id, pratica.passaggi, stato, when);
    tabelle_.autori.add(f.id, pratica.passaggi, std::string{name(causa)}, attoreOf(pratica, causa));
    if (stato != Stato::Bozza && stato != Stato::InAttesaDiPagamento)
        tabelle_.cambiamenti.add(next("cambiamenti"), f.id, when);
    if (notifiesCitizen(stato))
        addJob(pratica, store::GenereJob::Avvisa, std::to_string(code(stato)), true, when);
}

void Archivio::follow(PraticaFinta& pratica, Instant when)
{
    switch (pratica.fields.stato) {
    case Stato::Bozza:
        return start(pratica, when);
    case Stato::Inviata:
        return send(pratica, when);
    case Stato::Protocollata:
        pratica.fields.protocollo = registra(pratica, false, when);
        return;
    case Stato::PresaInCarico:
        return takeCharge(pratica, when);
    case Stato::Elaborata:
    case Stato::RifiutataInAttesa:
        return decide(pratica, when);
    case Stato::Accettata:
    case Stato::Rifiutata:
        pratica.fields.protocolloRisposta = registra(pratica, true, when);
        return;
    default:
        return;
    }
}

void Archivio::start(PraticaFinta& pratica, Instant when)
{
    pratica.numero = next("pratiche");
    const auto& f = pratica.fields;
    log({"cittadino", f.cittadino.text(), "bozza iniziata", objectOf(pratica), f.servizio}, when);
    if (sorte_.oneIn(5))
        tabelle_.note.add(f.id, "Pratica per la famiglia, da mostrare a " + pratica.cittadino->nome);
    const bool stays = pratica.corso.back() == Stato::Bozza || pratica.corso.back() == Stato::InAttesaDiPagamento;
    if (!stays)
        return;
    tabelle_.risposte.add(f.id, "{}");
    if (!pratica.servizio->definizione->servizio.bozzeIllimitate)
        tabelle_.bozzeUniche.add(f.cittadino, f.servizio, f.id);
}

void Archivio::send(PraticaFinta& pratica, Instant when)
{
    auto& f = pratica.fields;
    f.inviata = when;
    f.passo = pratica.servizio->definizione->servizio.modulo.passi.back().chiave;
    const bool printed = !pratica.isAtEnd();
    addJob(pratica, store::GenereJob::StampaModulo, "", printed, when);
    if (printed) {
        addDocumento(pratica, "modulo", pratica.servizio->nomeModulo, contenuti_.at("modulo"), when);
        addJob(pratica, store::GenereJob::ProtocollaModulo, "", true, when);
    }
    tabelle_.risposte.add(f.id, pratica.campione->with(attach(pratica, when)));
    tabelle_.richiedenti.add(f.id, store::toJson(*pratica.cittadino));
    log({"cittadino", f.cittadino.text(), "pratica inviata", objectOf(pratica), ""}, when);
}

std::vector<std::string> Archivio::attach(PraticaFinta& pratica, Instant when)
{
    const auto& f = pratica.fields;
    std::vector<std::string> ids;
    for (const Campo* campo : pratica.campione->file) {
        const TipoFile tipo = campo->tipiFile.front();
        const Contenuto& contenuto = contenuti_.at(std::string{name(tipo)} + std::to_string(sorte_.below(4)));
        const std::string nome = cleanFileName(campo->etichetta + "." + fold(std::string{name(tipo)}));
        ids.push_back(sorte_.id());
        tabelle_.allegati.add(ids.back(), f.cittadino, nome, campo->etichetta, contenuto.tipo,
                              static_cast<long long>(contenuto.dimensione), contenuto.sha256, when);
        tabelle_.allegatiPratica.add(f.id, ids.size(), ids.back(), campo->etichetta);
        pratica.impronte.push_back(contenuto.sha256);
        log({"cittadino", f.cittadino.text(), "file caricato", "allegato:" + ids.back(), ""}, when);
    }
    return ids;
}

void Archivio::takeCharge(PraticaFinta& pratica, Instant when)
{
    pratica.fields.operatore = pratica.operatore;
    for (const char* azione : {"pratica aperta", "pratica presa in carico"})
        log({"operatore", pratica.operatore.text(), azione, objectOf(pratica), ""}, when);
}

void Archivio::decide(PraticaFinta& pratica, Instant when)
{
    auto& f = pratica.fields;
    const bool approved = f.stato == Stato::Elaborata;
    f.esito = Esito{approved ? Decisione::Approva : Decisione::Rigetta, kMotivazione};
    tabelle_.esiti.add(f.id, kMotivazione, sorte_.id());
    pratica.impronte.clear();
    const bool printed = !pratica.isAtEnd();
    addJob(pratica, store::GenereJob::StampaRisposta, "", printed, when);
    if (printed) {
        addDocumento(pratica, "risposta", pratica.servizio->nomeRisposta, contenuti_.at("risposta"), when);
        addJob(pratica, store::GenereJob::ProtocollaRisposta, "", true, when);
    }
    if (approved && pratica.servizio->definizione->servizio.certificato)
        addDocumento(pratica, "file_esito", "certificato.pdf.p7m", contenuti_.at("P7M0"), when);
    log({"operatore", f.operatore.text(), approved ? "pratica approvata" : "pratica rigettata", objectOf(pratica), ""},
        when);
}

NumeroProtocollo Archivio::registra(PraticaFinta& pratica, bool risposta, Instant when)
{
    const int anno = romeYear(when);
    next("registro");
    const auto numero = static_cast<int>(next("registro/" + std::to_string(anno)));
    const Cittadino& c = *pratica.cittadino;
    tabelle_.registro.add(anno, numero, (risposta ? "risposta:" : "modulo:") + pratica.fields.id.text(), when,
                          risposta ? "U" : "E", pratica.fields.id, fullName(c.nome, c.cognome),
                          (risposta ? "Risposta: " : "") + pratica.servizio->definizione->servizio.nome,
                          nlohmann::json(pratica.impronte).dump());
    const NumeroProtocollo given{formatProtocollo(numero, anno), when};
    log({"sistema", "", "protocollo assegnato", objectOf(pratica), given.text}, when);
    return given;
}

void Archivio::addDocumento(PraticaFinta& pratica, const char* genere, const std::string& nome,
                            const Contenuto& contenuto, Instant when)
{
    tabelle_.documenti.add(sorte_.id(), pratica.fields.id, genere, nome, contenuto.tipo,
                           static_cast<long long>(contenuto.dimensione), contenuto.sha256, when);
    pratica.impronte.push_back(contenuto.sha256);
}

void Archivio::addJob(const PraticaFinta& pratica, store::GenereJob genere, const std::string& dati, bool done,
                      Instant when)
{
    const std::string nome{store::name(genere)};
    const std::string& id = pratica.fields.id.text();
    const bool posta = genere == store::GenereJob::Avvisa;
    const std::string chiave =
        nome + ":" + id + (posta ? ":" + std::to_string(pratica.fields.versione) + ":" + dati : "");
    // One that stopped asks for a person: it gives a server that is measured nothing to do.
    tabelle_.jobs.add(sorte_.id(), nome, chiave, (posta ? "posta:" : "iter:") + id, next("jobs"), id, dati,
                      done ? "fatto" : "fermo", 1, when, "", done ? "" : "dati",
                      done ? "" : "Il documento non si può stampare.", when, done ? std::optional{when} : std::nullopt);
}

void Archivio::addRow(const PraticaFinta& pratica)
{
    const Pratica::Fields& f = pratica.fields;
    const Cittadino& c = *pratica.cittadino;
    const Servizio& servizio = pratica.servizio->definizione->servizio;
    const std::string richiedente = trim(c.cognome + " " + c.nome);
    const auto text = [](const auto& numero) { return numero ? std::optional{numero->text} : std::nullopt; };
    const auto quando = [](const auto& numero) { return numero ? std::optional{numero->quando} : std::nullopt; };
    std::string ricerca = f.inviata ? store::wordsOf(servizio, c) : "";
    if (f.protocollo)
        ricerca += " " + store::wordsOf(f.protocollo);
    tabelle_.pratiche.add(f.id, f.servizio, servizio.nome, servizio.categoria, f.definizione, f.cittadino, f.stato,
                          f.versione, f.creata, f.inviata, f.modificata, f.operatore, f.passo, text(f.protocollo),
                          quando(f.protocollo), text(f.protocolloRisposta), quando(f.protocolloRisposta),
                          f.esito ? std::optional{f.esito->decisione == Decisione::Approva} : std::nullopt, richiedente,
                          store::sortKey(f.protocollo), fold(richiedente), fold(servizio.nome),
                          fold(servizio.categoria), ricerca, pratica.numero, store::filaOf(Pratica::restore(f)),
                          store::sortKey(f.stato));
}

void Archivio::log(const store::Attivita& a, Instant when)
{
    const long long numero = next("attivita");
    std::string hash = store::hashOf(numero, when, a, lastHash_);
    tabelle_.attivita.add(numero, when, a.tipoAttore, a.attore, a.azione, a.oggetto, a.dettaglio, lastHash_, hash);
    lastHash_ = std::move(hash);
}

void Archivio::close()
{
    for (const auto& [nome, valore] : counters_)
        store::Sql(transaction_, R"(INSERT INTO contatori (nome, valore) VALUES (:nome, :valore)
                                    ON CONFLICT (nome) DO UPDATE SET valore = excluded.valore)")
            .use("nome", nome)
            .use("valore", valore)
            .run();
}

}
