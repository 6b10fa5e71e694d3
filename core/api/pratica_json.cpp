#include "core/api/pratica_json.h"

#include "core/api/json_support.h"

namespace sdc::api {
namespace {

constexpr const char* kAccettata = "accettata";
constexpr const char* kRifiutata = "rifiutata";
constexpr const char* kApprova = "approva";
constexpr const char* kRigetta = "rigetta";

}

void to_json(nlohmann::json& json, const Assegnatario& assegnatario)
{
    json = {{"id", assegnatario.id.text()}, {"nome", assegnatario.nome}};
}

void from_json(const nlohmann::json& json, Assegnatario& assegnatario)
{
    assegnatario.id = requiredId<sdc::Operatore>(json, "id");
    assegnatario.nome = required<std::string>(json, "nome");
}

void to_json(nlohmann::json& json, const Riga& riga)
{
    json = {{"id", riga.id.text()},
            {"protocollo", orNull(riga.protocollo)},
            {"richiedente", riga.richiedente},
            {"servizio", riga.servizio},
            {"servizioSlug", riga.servizioSlug},
            {"categoria", riga.categoria},
            {"dataCompilazione", toIso(riga.dataCompilazione)},
            {"stato", riga.stato},
            {"statoNome", riga.statoNome},
            {"operatore", orNull(riga.operatore)},
            {"mia", riga.mia},
            {"prendibile", riga.prendibile}};
}

void from_json(const nlohmann::json& json, Riga& riga)
{
    riga.id = requiredId<sdc::Pratica>(json, "id");
    riga.protocollo = optional<std::string>(json, "protocollo");
    riga.richiedente = required<std::string>(json, "richiedente");
    riga.servizio = required<std::string>(json, "servizio");
    riga.servizioSlug = required<std::string>(json, "servizioSlug");
    riga.categoria = required<std::string>(json, "categoria");
    riga.dataCompilazione = requiredInstant(json, "dataCompilazione");
    riga.stato = required<int>(json, "stato");
    riga.statoNome = required<std::string>(json, "statoNome");
    riga.operatore = optional<Assegnatario>(json, "operatore");
    riga.mia = required<bool>(json, "mia");
    riga.prendibile = required<bool>(json, "prendibile");
}

void to_json(nlohmann::json& json, const Conteggi& conteggi)
{
    json = {{"gestire", conteggi.gestire},
            {"assegnare", conteggi.assegnare},
            {"concluse", conteggi.concluse},
            {"tutte", conteggi.tutte}};
}

void from_json(const nlohmann::json& json, Conteggi& conteggi)
{
    conteggi.gestire = requiredCount(json, "gestire");
    conteggi.assegnare = requiredCount(json, "assegnare");
    conteggi.concluse = requiredCount(json, "concluse");
    conteggi.tutte = requiredCount(json, "tutte");
}

void to_json(nlohmann::json& json, const ElencoPratiche& elenco)
{
    json = {{"elenco", elenco.elenco},     {"totale", elenco.totale},           {"parziale", elenco.parziale},
            {"conteggi", elenco.conteggi}, {"cambiamento", elenco.cambiamento}, {"righe", elenco.righe},
            {"dopo", orNull(elenco.dopo)}};
}

void from_json(const nlohmann::json& json, ElencoPratiche& elenco)
{
    elenco.elenco = required<std::string>(json, "elenco");
    elenco.totale = requiredCount(json, "totale");
    elenco.parziale = optional<bool>(json, "parziale").value_or(false);
    elenco.conteggi = json.at("conteggi").get<Conteggi>();
    elenco.cambiamento = requiredCount(json, "cambiamento");
    elenco.righe = json.at("righe").get<std::vector<Riga>>();
    elenco.dopo = optional<std::string>(json, "dopo");
}

void to_json(nlohmann::json& json, const Passaggio& passaggio)
{
    json = {{"stato", passaggio.stato},
            {"statoNome", passaggio.statoNome},
            {"spiegazione", passaggio.spiegazione},
            {"quando", toIso(passaggio.quando)}};
}

void from_json(const nlohmann::json& json, Passaggio& passaggio)
{
    passaggio.stato = required<int>(json, "stato");
    passaggio.statoNome = required<std::string>(json, "statoNome");
    passaggio.spiegazione = required<std::string>(json, "spiegazione");
    passaggio.quando = requiredInstant(json, "quando");
}

void to_json(nlohmann::json& json, const Voce& voce)
{
    json = {{"etichetta", voce.etichetta}, {"valore", voce.valore}};
}

void from_json(const nlohmann::json& json, Voce& voce)
{
    voce.etichetta = required<std::string>(json, "etichetta");
    voce.valore = required<std::string>(json, "valore");
}

void to_json(nlohmann::json& json, const GruppoDati& gruppo)
{
    json = {{"titolo", gruppo.titolo}, {"voci", gruppo.voci}};
}

void from_json(const nlohmann::json& json, GruppoDati& gruppo)
{
    gruppo.titolo = required<std::string>(json, "titolo");
    gruppo.voci = json.at("voci").get<std::vector<Voce>>();
}

void to_json(nlohmann::json& json, const EsitoDettaglio& esito)
{
    json = {{"esito", esito.accettata ? kAccettata : kRifiutata},
            {"motivazione", esito.motivazione},
            {"protocolloRisposta", orNull(esito.protocolloRisposta)},
            {"risposta", orNull(esito.risposta)},
            {"file", orNull(esito.file)}};
}

void from_json(const nlohmann::json& json, EsitoDettaglio& esito)
{
    const auto word = required<std::string>(json, "esito");
    if (word != kAccettata && word != kRifiutata)
        throw MalformedJson("esito is neither accettata nor rifiutata");
    esito.accettata = word == kAccettata;
    esito.motivazione = required<std::string>(json, "motivazione");
    esito.protocolloRisposta = optional<std::string>(json, "protocolloRisposta");
    esito.risposta = optional<Documento>(json, "risposta");
    esito.file = optional<FileEsito>(json, "file");
}

void to_json(nlohmann::json& json, const BozzaEsito& bozza)
{
    json = {{"esito", bozza.esito}, {"motivazione", bozza.motivazione}, {"passo", bozza.passo}};
    if (bozza.salvata)
        json["salvata"] = toIso(*bozza.salvata);
}

void from_json(const nlohmann::json& json, BozzaEsito& bozza)
{
    bozza.esito = required<std::string>(json, "esito");
    if (!bozza.esito.empty() && bozza.esito != kApprova && bozza.esito != kRigetta)
        throw MalformedJson("bozza.esito is neither approva nor rigetta");
    bozza.motivazione = required<std::string>(json, "motivazione");
    bozza.passo = required<int>(json, "passo");
    bozza.salvata = optionalInstant(json, "salvata");
}

void to_json(nlohmann::json& json, const Dettaglio& dettaglio)
{
    json = {{"id", dettaglio.id.text()},
            {"versione", dettaglio.versione},
            {"servizio", dettaglio.servizio},
            {"servizioSlug", dettaglio.servizioSlug},
            {"categoria", dettaglio.categoria},
            {"certificato", dettaglio.certificato},
            {"ente", dettaglio.ente},
            {"richiedente", dettaglio.richiedente},
            {"stato", dettaglio.stato},
            {"statoNome", dettaglio.statoNome},
            {"protocollo", orNull(dettaglio.protocollo)},
            {"dataProtocollo", orNull(dettaglio.dataProtocollo)},
            {"dataCompilazione", toIso(dettaglio.dataCompilazione)},
            {"dataPresentazione", orNull(dettaglio.dataPresentazione)},
            {"operatore", orNull(dettaglio.operatore)},
            {"mia", dettaglio.mia},
            {"prendibile", dettaglio.prendibile},
            {"elaborabile", dettaglio.elaborabile},
            {"rilasciabile", dettaglio.rilasciabile},
            {"moduloCompilato", orNull(dettaglio.moduloCompilato)},
            {"iter", dettaglio.iter},
            {"dati", dettaglio.dati},
            {"allegati", dettaglio.allegati},
            {"esito", orNull(dettaglio.esito)},
            {"bozza", orNull(dettaglio.bozza)}};
}

void from_json(const nlohmann::json& json, Dettaglio& dettaglio)
{
    dettaglio.id = requiredId<sdc::Pratica>(json, "id");
    dettaglio.versione = requiredCount(json, "versione");
    dettaglio.servizio = required<std::string>(json, "servizio");
    dettaglio.servizioSlug = required<std::string>(json, "servizioSlug");
    dettaglio.categoria = required<std::string>(json, "categoria");
    dettaglio.certificato = required<bool>(json, "certificato");
    dettaglio.ente = required<std::string>(json, "ente");
    dettaglio.richiedente = required<std::string>(json, "richiedente");
    dettaglio.stato = required<int>(json, "stato");
    dettaglio.statoNome = required<std::string>(json, "statoNome");
    dettaglio.protocollo = optional<std::string>(json, "protocollo");
    dettaglio.dataProtocollo = optionalInstant(json, "dataProtocollo");
    dettaglio.dataCompilazione = requiredInstant(json, "dataCompilazione");
    dettaglio.dataPresentazione = optionalInstant(json, "dataPresentazione");
    dettaglio.operatore = optional<Assegnatario>(json, "operatore");
    dettaglio.mia = required<bool>(json, "mia");
    dettaglio.prendibile = required<bool>(json, "prendibile");
    dettaglio.elaborabile = required<bool>(json, "elaborabile");
    dettaglio.rilasciabile = required<bool>(json, "rilasciabile");
    dettaglio.moduloCompilato = optional<Documento>(json, "moduloCompilato");
    dettaglio.iter = json.at("iter").get<std::vector<Passaggio>>();
    dettaglio.dati = json.at("dati").get<std::vector<GruppoDati>>();
    dettaglio.allegati = json.at("allegati").get<std::vector<Allegato>>();
    dettaglio.esito = optional<EsitoDettaglio>(json, "esito");
    dettaglio.bozza = optional<BozzaEsito>(json, "bozza");
}

}
