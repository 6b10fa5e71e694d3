#include "server/portale/condizioni.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace sdc;
using nlohmann::json;

namespace {

Campo campo(const char* chiave)
{
    Campo one;
    one.chiave = chiave;
    return one;
}

Condizione equals(const char* chiave, const char* valore)
{
    return {Condizione::Tipo::Uguale, chiave, {valore}, {}};
}

}

class TestCondizioni : public QObject
{
    Q_OBJECT

private slots:
    void aFieldOfThePageIsNamed()
    {
        const auto text = portale::conditionJson(equals("uso", "altro"), {campo("uso")}, "", Risposte::object());
        QVERIFY(json::parse(text) == json::parse(R"({"campo":"uso","uguale":["altro"]})"));
    }

    void inARowTheFieldHasTheRowsName()
    {
        const auto text =
            portale::conditionJson(equals("tipo", "socio"), {campo("tipo")}, "cariche.2.", Risposte::object());
        QVERIFY(json::parse(text) == json::parse(R"({"campo":"cariche.2.tipo","uguale":["socio"]})"));
    }

    void anAnswerOfAnEarlierStepIsSaidAlready()
    {
        Condizione both{Condizione::Tipo::Tutte, "", {}, {equals("per_chi", "altra_persona"), equals("delega", "si")}};
        const auto text = portale::conditionJson(both, {campo("delega")}, "", {{"per_chi", "altra_persona"}});
        QVERIFY(json::parse(text) == json::parse(R"({"tutte":[true,{"campo":"delega","uguale":["si"]}]})"));
    }
};

QTEST_APPLESS_MAIN(TestCondizioni)
#include "test_condizioni.moc"
