#include "core/documenti/risposta.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;

namespace {

DatiRisposta estratto()
{
    DatiRisposta dati;
    dati.ente = "Comune di Rovereto";
    dati.servizio = "Estratto per riassunto dell'Atto di nascita";
    dati.richiedente = "Renzo Tramaglino";
    dati.inviata = *instantFromIso("2018-05-10T20:28:00Z");
    dati.allegati = {"5c1bb8a8adffb893608740.pdf"};
    dati.data = 2018y / 5 / 10;
    return dati;
}

}

class TestRisposta : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatTheManualShowsInItsOrder();
    void saysThatARequestIsRefusedAndWhy();
    void hasNoListWithoutFiles();
    void hasNoMotivationOfBlanksOnly();
};

// Figure 35 of the manual; 20:28 UTC was 22:28 in Italy.
void TestRisposta::saysWhatTheManualShowsInItsOrder()
{
    const Documento documento = risposta(estratto());

    const std::vector<Blocco> expected{
        Paragrafo{{{"SPETTABILE Renzo Tramaglino", true}}, Allineamento::Centro},
        Paragrafo{{{"La informiamo che la Sua richiesta è stata: "}, {"accettata", true}}},
        Intestazione{"Allegati alla risposta:", 1},
        Elenco{{"5c1bb8a8adffb893608740.pdf - Estratto per riassunto dell'Atto di nascita pratica Renzo Tramaglino del "
                "10/05/2018 22:28"}},
        Paragrafo{{{"Lì 10/05/2018"}}},
    };
    QVERIFY(documento.blocchi == expected);
    QCOMPARE(documento.autore, std::string("Comune di Rovereto"));
}

void TestRisposta::saysThatARequestIsRefusedAndWhy()
{
    DatiRisposta dati = estratto();
    dati.esito = EsitoRisposta::Rifiutata;
    dati.motivazione = " Manca il documento. \n";

    const Documento documento = risposta(dati);

    QVERIFY(std::get<Paragrafo>(documento.blocchi[1]).tratti[1] == (Tratto{"rifiutata", true}));
    QVERIFY(std::get<Paragrafo>(documento.blocchi[2]).tratti[1] == Tratto{"Manca il documento."});
}

void TestRisposta::hasNoListWithoutFiles()
{
    DatiRisposta dati = estratto();
    dati.allegati.clear();
    QCOMPARE(risposta(dati).blocchi.size(), std::size_t{3});
}

void TestRisposta::hasNoMotivationOfBlanksOnly()
{
    DatiRisposta dati = estratto();
    dati.motivazione = " \n ";
    QVERIFY(risposta(dati).blocchi == risposta(estratto()).blocchi);
}

QTEST_APPLESS_MAIN(TestRisposta)
#include "test_risposta.moc"
