#include "core/documenti/documento_json.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <stdexcept>

using namespace sdc;

class TestDocumentoJson : public QObject
{
    Q_OBJECT

private slots:
    void readsBackWhatItWrites();
    void refusesAnUnknownKindOfBlock();
    void refusesAnUnknownAlignment();
    void refusesADocumentWithoutTitle();
};

void TestDocumentoJson::readsBackWhatItWrites()
{
    const Documento documento{"Però",
                              "Comune di Vallelaghi",
                              {Paragrafo{{{"a "}, {"b", true}}, Allineamento::Destra},
                               Paragrafo{{}, Allineamento::Centro}, Intestazione{"Titolo", 3},
                               Elenco{{"uno", "due\nrighe"}}, Tabella{{{"Nome", "Renzo"}, {"Vuoto", ""}}}}};

    const auto copy = nlohmann::json::parse(nlohmann::json(documento).dump()).get<Documento>();

    QVERIFY(copy == documento);
}

void TestDocumentoJson::refusesAnUnknownKindOfBlock()
{
    const auto json = nlohmann::json::parse(R"({"titolo":"","autore":"","blocchi":[{"tipo":"immagine"}]})");
    QVERIFY_EXCEPTION_THROWN(json.get<Documento>(), std::invalid_argument);
}

void TestDocumentoJson::refusesAnUnknownAlignment()
{
    const auto json = nlohmann::json::parse(
        R"({"titolo":"","autore":"","blocchi":[{"tipo":"paragrafo","allineamento":"sopra","tratti":[]}]})");
    QVERIFY_EXCEPTION_THROWN(json.get<Documento>(), std::invalid_argument);
}

void TestDocumentoJson::refusesADocumentWithoutTitle()
{
    const auto json = nlohmann::json::parse(R"({"autore":"","blocchi":[]})");
    QVERIFY_EXCEPTION_THROWN(json.get<Documento>(), nlohmann::json::exception);
}

QTEST_APPLESS_MAIN(TestDocumentoJson)
#include "test_documento_json.moc"
