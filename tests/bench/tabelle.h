#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/pratica/stato.h"
#include "server/store/rows.h"

#include <optional>
#include <string>

namespace sdc::bench {

/// A table that rows are added to, a value for each of the columns.
class Tabella
{
public:
    Tabella(store::Session& sqlite, const char* name, std::vector<std::string> columns)
        : values_(columns.size()),
          rows_(sqlite, {name, std::move(columns)})
    {
    }

    template <class... Values>
    void add(const Values&... values)
    {
        std::size_t i = 0;
        ((values_.at(i++) = text(values)), ...);
        rows_.add(values_);
    }

private:
    static const std::string& text(const std::string& value) { return value; }
    static std::string text(const char* value) { return value; }
    static std::string text(long long value) { return std::to_string(value); }
    static std::string text(int value) { return std::to_string(value); }
    static std::string text(std::size_t value) { return std::to_string(value); }
    static std::string text(bool value) { return value ? "1" : "0"; }
    static std::string text(Stato value) { return std::to_string(code(value)); }
    static std::string text(Instant value) { return toIso(value); }
    static std::string text(Date value) { return toIso(value); }
    template <class Owner>
    static const std::string& text(const Id<Owner>& id)
    {
        return id.text();
    }
    template <class Value>
    static std::optional<std::string> text(const std::optional<Value>& value)
    {
        return value ? std::optional<std::string>{text(*value)} : std::nullopt;
    }

    std::vector<std::optional<std::string>> values_;
    store::RowsInto rows_;
};

/// Those that a pratica leaves its traces in.
struct Tabelle
{
    explicit Tabelle(store::Session& sqlite) : session(sqlite) {}

    store::Session& session;
    Tabella cittadini{session,
                      "cittadini",
                      {"id",
                       "codice_fiscale",
                       "nome",
                       "cognome",
                       "luogo_nascita",
                       "data_nascita",
                       "email",
                       "cellulare",
                       "residenza_via",
                       "residenza_cap",
                       "residenza_citta",
                       "residenza_provincia",
                       "residenza_stato",
                       "domicilio_via",
                       "domicilio_cap",
                       "domicilio_citta",
                       "domicilio_provincia",
                       "domicilio_stato",
                       "confermato",
                       "versione"}};
    Tabella accettazioni{session, "accettazioni", {"cittadino", "termine", "quando"}};
    Tabella pratiche{session,
                     "pratiche",
                     {"id",
                      "servizio",
                      "servizio_nome",
                      "categoria",
                      "definizione",
                      "cittadino",
                      "stato",
                      "versione",
                      "creata",
                      "inviata",
                      "modificata",
                      "operatore",
                      "passo",
                      "protocollo",
                      "protocollo_quando",
                      "protocollo_risposta",
                      "protocollo_risposta_quando",
                      "accettata",
                      "richiedente",
                      "chiave_protocollo",
                      "chiave_richiedente",
                      "chiave_servizio",
                      "chiave_categoria",
                      "ricerca",
                      "numero",
                      "fila",
                      "chiave_stato"}};
    Tabella bozzeUniche{session, "bozze_uniche", {"cittadino", "servizio", "pratica"}};
    Tabella risposte{session, "risposte", {"pratica", "json"}};
    Tabella richiedenti{session, "richiedenti", {"pratica", "json"}};
    Tabella esiti{session, "esiti", {"pratica", "motivazione", "chiave"}};
    Tabella note{session, "note_private", {"pratica", "testo"}};
    Tabella passaggi{session, "passaggi", {"pratica", "numero", "stato", "quando"}};
    Tabella autori{session, "passaggi_autori", {"pratica", "numero", "causa", "attore"}};
    Tabella allegati{
        session, "allegati", {"id", "cittadino", "nome", "descrizione", "tipo", "dimensione", "sha256", "caricato"}};
    Tabella allegatiPratica{session, "allegati_pratica", {"pratica", "posizione", "allegato", "descrizione"}};
    Tabella documenti{
        session, "documenti", {"id", "pratica", "genere", "nome", "tipo", "dimensione", "sha256", "creato"}};
    Tabella registro{
        session,
        "registro",
        {"anno", "numero", "chiave", "quando", "verso", "pratica", "corrispondente", "oggetto", "documenti"}};
    Tabella jobs{session,
                 "jobs",
                 {"id", "genere", "chiave", "coda", "numero", "pratica", "dati", "stato", "tentativi", "prossimo",
                  "preso_da", "causa", "errore", "creato", "finito"}};
    Tabella cambiamenti{session, "cambiamenti", {"numero", "pratica", "quando"}};
    Tabella attivita{
        session,
        "attivita",
        {"numero", "quando", "tipo_attore", "attore", "azione", "oggetto", "dettaglio", "precedente", "hash"}};
};

}
