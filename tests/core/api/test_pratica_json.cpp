#include "core/api/accesso_json.h"
#include "core/api/ente_json.h"
#include "core/api/errore_json.h"
#include "core/api/paths.h"
#include "core/api/pratica_json.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using nlohmann::json;
namespace api = sdc::api;

namespace {

const json kElenco = json::parse(R"({
  "elenco": "assegnare", "totale": 12, "parziale": false, "cambiamento": 4711,
  "conteggi": {"gestire": 4, "assegnare": 12, "concluse": 318, "tutte": 1204},
  "righe": [
    {"id": "5f0c8a52-3c3b-4d38-8b51-0c6f1f4f3f10", "protocollo": "0000123/2026", "richiedente": "ROSSI Mario",
     "servizio": "Certificato nascita", "servizioSlug": "certificato-nascita", "categoria": "Anagrafe",
     "dataCompilazione": "2026-11-20T09:31:00Z", "stato": 3000, "statoNome": "Protocollata",
     "operatore": null, "mia": false, "prendibile": true},
    {"id": "5f0c8a52-3c3b-4d38-8b51-0c6f1f4f3f11", "protocollo": null, "richiedente": "DALLA TORRE Nicolò",
     "servizio": "IMIS 2018", "servizioSlug": "imis-2018", "categoria": "Tributi",
     "dataCompilazione": "2026-11-21T10:00:00Z", "stato": 2000, "statoNome": "Inviata",
     "operatore": {"id": "5f0c8a52-3c3b-4d38-8b51-0c6f1f4f3f12", "nome": "Anna Verdi"}, "mia": true,
     "prendibile": false}],
  "dopo": "cursore"})");

const json kDettaglio = json::parse(R"({
  "id": "5f0c8a52-3c3b-4d38-8b51-0c6f1f4f3f10", "versione": 9, "servizio": "Certificato nascita",
  "servizioSlug": "certificato-nascita", "categoria": "Anagrafe", "certificato": true, "ente": "Comune di Rovereto",
  "richiedente": "ROSSI Mario", "stato": 7000, "statoNome": "Iter completato, result accettata",
  "protocollo": "0000123/2026", "dataProtocollo": "2026-11-20T09:33:00Z",
  "dataCompilazione": "2026-11-20T09:31:00Z", "dataPresentazione": "2026-11-20T09:32:00Z",
  "operatore": {"id": "5f0c8a52-3c3b-4d38-8b51-0c6f1f4f3f12", "nome": "Anna Verdi"}, "mia": true,
  "prendibile": false, "elaborabile": false, "rilasciabile": false,
  "moduloCompilato": {"id": "d1", "nome": "modulo.pdf", "dimensione": 48211, "creato": "2026-11-20T09:32:00Z"},
  "iter": [{"stato": 1000, "statoNome": "Bozza", "spiegazione": "Compilazione iniziata.",
            "quando": "2026-11-20T09:31:00Z"}],
  "dati": [{"titolo": "Richiedente", "voci": [{"etichetta": "Luogo di nascita", "valore": "Rovereto"}]}],
  "allegati": [{"id": "a1", "nome": "carta.pdf", "descrizione": "Carta", "tipo": "application/pdf",
                "dimensione": 1000}],
  "esito": {"esito": "accettata", "motivazione": "", "protocolloRisposta": "0000124/2026",
            "risposta": {"id": "d2", "nome": "risposta.pdf", "dimensione": 30211, "creato": "2026-11-22T10:05:00Z"},
            "file": {"id": "a2", "nome": "certificato.p7m", "dimensione": 52000}},
  "bozza": {"esito": "rigetta", "motivazione": "A metà", "passo": 1, "salvata": "2026-11-22T10:00:00Z"}})");

}

class TestPraticaJson : public QObject
{
    Q_OBJECT

private slots:
    void aListSurvivesReadingAndWriting() { QCOMPARE(json(kElenco.get<api::ElencoPratiche>()), kElenco); }

    void aListIsReadField()
    {
        const auto elenco = kElenco.get<api::ElencoPratiche>();
        QCOMPARE(elenco.totale, 12);
        QCOMPARE(elenco.conteggi.tutte, 1204);
        QCOMPARE(elenco.cambiamento, 4711);
        QCOMPARE(elenco.righe.size(), std::size_t{2});
        QCOMPARE(elenco.righe[0].protocollo, std::optional<std::string>("0000123/2026"));
        QVERIFY(!elenco.righe[1].protocollo);
        QCOMPARE(elenco.righe[1].operatore->nome, std::string("Anna Verdi"));
        QCOMPARE(elenco.dopo, std::optional<std::string>("cursore"));
    }

    void aDetailSurvivesReadingAndWriting() { QCOMPARE(json(kDettaglio.get<api::Dettaglio>()), kDettaglio); }

    void aDetailMayHaveNulls()
    {
        json open = kDettaglio;
        for (const char* key :
             {"protocollo", "dataProtocollo", "dataPresentazione", "operatore", "moduloCompilato", "esito", "bozza"})
            open[key] = nullptr;
        QCOMPARE(json(open.get<api::Dettaglio>()), open);
    }

    void missingFieldsAreRefused_data()
    {
        QTest::addColumn<QString>("key");
        for (const auto& [key, value] : kDettaglio.items()) {
            if (!value.is_null() && key != "protocollo" && key != "dataProtocollo" && key != "dataPresentazione" &&
                key != "operatore" && key != "moduloCompilato" && key != "esito" && key != "bozza")
                QTest::newRow(key.c_str()) << QString::fromStdString(key);
        }
    }

    void missingFieldsAreRefused()
    {
        QFETCH(QString, key);
        json broken = kDettaglio;
        broken.erase(key.toStdString());
        QVERIFY_EXCEPTION_THROWN(broken.get<api::Dettaglio>(), std::exception);
    }

    void timesInAnotherFormAreRefused()
    {
        json broken = kDettaglio;
        broken["dataCompilazione"] = "20-11-2026 10:31";
        QVERIFY_EXCEPTION_THROWN(broken.get<api::Dettaglio>(), std::exception);
    }

    void negativeOrFractionalCountsAreRefused()
    {
        json broken = kElenco;
        broken["totale"] = -1;
        QVERIFY_EXCEPTION_THROWN(broken.get<api::ElencoPratiche>(), std::exception);
        broken["totale"] = 1.5;
        QVERIFY_EXCEPTION_THROWN(broken.get<api::ElencoPratiche>(), std::exception);
    }

    void anUnknownOutcomeIsRefused()
    {
        json broken = kDettaglio;
        broken["esito"]["esito"] = "forse";
        QVERIFY_EXCEPTION_THROWN(broken.get<api::Dettaglio>(), std::exception);
    }

    void aSessionSurvivesReadingAndWriting()
    {
        const json accesso = json::parse(R"({"token": "t", "scade": "2026-11-24T10:00:00Z",
            "operatore": {"id": "o1", "username": "operatore", "nome": "Anna", "cognome": "Verdi",
                          "ruolo": "amministratore"},
            "ente": {"slug": "rovereto", "nome": "Comune di Rovereto"}})");
        QCOMPARE(json(accesso.get<api::Accesso>()), accesso);
        json known = accesso;
        known.erase("token");
        QCOMPARE(json(known.get<api::Accesso>()), known);
        known["operatore"]["ruolo"] = "re";
        QVERIFY_EXCEPTION_THROWN(known.get<api::Accesso>(), std::exception);
    }

    void aProblemSurvivesReadingAndWriting()
    {
        const json problem = json::parse(R"({"type": "about:blank", "title": "Unprocessable", "status": 422,
            "detail": "Manca la motivazione.", "errori": [{"campo": "motivazione", "messaggio": "Scriverla."}]})");
        QCOMPARE(json(problem.get<api::Problema>()), problem);
    }

    void protocolValuesAndMetricsSurviveReadingAndWriting()
    {
        const json protocollo = json::parse(R"({"gestore": "Registro interno", "righe": [
            {"servizio": "IMIS 2018", "servizioSlug": "imis-2018", "valori": {"codeAdm": "C_H612"}}]})");
        QCOMPARE(json(protocollo.get<api::ConfigurazioneProtocollo>()), protocollo);
        const json metriche = json::parse(R"({"serviziAttivi": 18, "praticheAnno": [{"anno": 2019, "pratiche": 16}]})");
        QCOMPARE(json(metriche.get<api::Metriche>()), metriche);
    }

    void pathsAreThoseOfTheApi()
    {
        const sdc::Id<sdc::Pratica> id("7");
        QCOMPARE(api::basePath("rovereto"), std::string("/rovereto/api/operatori/v1/"));
        QCOMPARE(api::presaInCaricoPath(id), std::string("pratiche/7/presa-in-carico"));
        QCOMPARE(api::rilascioPath(id), std::string("pratiche/7/rilascio"));
        QCOMPARE(api::esitoPath(id), std::string("pratiche/7/esito"));
        QCOMPARE(api::documentoPath(id, sdc::Id<sdc::Documento>("8")), std::string("pratiche/7/documenti/8"));
        QCOMPARE(api::allegatoPath(id, sdc::Id<sdc::Allegato>("9")), std::string("pratiche/7/allegati/9"));
    }
};

QTEST_GUILESS_MAIN(TestPraticaJson)
#include "test_pratica_json.moc"
