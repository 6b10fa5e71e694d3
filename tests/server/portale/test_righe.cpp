#include "server/portale/righe.h"

#include <QTest>

using namespace sdc;
using namespace sdc::portale;

namespace {

Campo gruppo()
{
    Campo nome;
    nome.chiave = "nome";
    Campo campo;
    campo.chiave = "cariche";
    campo.tipo = TipoCampo::Gruppo;
    campo.campi = {nome};
    campo.righeMassime = 3;
    return campo;
}

const Posted kTwo = {{"altro", "x"}, {"cariche.0.nome", "Anna"}, {"cariche.1.nome", "Bruno"}};

}

class TestRighe : public QObject
{
    Q_OBJECT

private slots:
    void aRowIsAddedAfterTheLast()
    {
        const Posted expected = {
            {"altro", "x"}, {"cariche.0.nome", "Anna"}, {"cariche.1.nome", "Bruno"}, {"cariche.2.nome", ""}};
        QVERIFY(withRow(gruppo(), kTwo) == expected);
    }

    void noRowIsAddedBeyondTheMost()
    {
        const Posted three = withRow(gruppo(), kTwo);
        QVERIFY(withRow(gruppo(), three) == three);
    }

    void theRowsAfterARemovedOneMoveUp()
    {
        const Posted expected = {{"altro", "x"}, {"cariche.0.nome", "Bruno"}};
        QVERIFY(withoutRow(gruppo(), kTwo, 0) == expected);
    }

    void rowsWithNothingWrittenGo()
    {
        const Posted posted = {{"cariche.0.nome", " "}, {"cariche.1.nome", "Bruno"}, {"cariche.2.nome", ""}};
        const Posted expected = {{"cariche.0.nome", "Bruno"}};
        QVERIFY(withoutEmptyRows(gruppo(), posted) == expected);
    }

    void aNameThatOnlyLooksLikeARowIsLeftAlone()
    {
        const Posted posted = {{"cariche.x.nome", "?"}, {"cariche.", "?"}, {"cariche.1", "?"}};
        QVERIFY(withoutRow(gruppo(), posted, 0) == posted);
    }
};

QTEST_APPLESS_MAIN(TestRighe)
#include "test_righe.moc"
