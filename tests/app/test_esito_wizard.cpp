#include "app/esito/esito_wizard.h"
#include "app/settings.h"
#include "app/text.h"
#include "app/vault/vault.h"
#include "tests/app/fake_network.h"
#include "tests/app/memory_token_store.h"
#include "tests/app/samples.h"
#include "tests/app/widgets.h"

#include <nlohmann/json.hpp>

#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace sdc::app;

namespace {

sdc::api::Dettaglio pratica(bool certificato = false)
{
    return nlohmann::json::parse(dettaglioJson(certificato).toStdString()).get<sdc::api::Dettaglio>();
}

FakeNetwork::Server always(int status, const QByteArray& body)
{
    return [status, body](const SentRequest&) { return FakeAnswer{status, body}; };
}

QByteArray partOf(const QByteArray& body, const QByteArray& name)
{
    const QByteArray start = "name=\"" + name + "\"";
    const auto from = body.indexOf("\r\n\r\n", body.indexOf(start)) + 4;
    return body.contains(start) ? body.mid(from, body.indexOf("\r\n--", from) - from) : QByteArray();
}

struct Desk
{
    explicit Desk(FakeNetwork::Server server, bool certificato = false)
        : network(std::move(server)),
          client(network),
          store(dir.filePath(u"x.ini"_s), QSettings::IniFormat),
          settings(store),
          vault(tokens, dir.filePath(u"archivio"_s)),
          bozze(client, vault),
          wizard(client, bozze, settings)
    {
        client.setToken(u"t"_s);
        wizard.resize(1000, 700);
        wizard.show();
        wizard.open(pratica(certificato));
    }

    void type(const QString& text) { wizard.findChild<QPlainTextEdit*>()->setPlainText(text); }
    QString typed() { return wizard.findChild<QPlainTextEdit*>()->toPlainText(); }
    QList<SentRequest> outcomes() { return network.to("POST", u"/pratiche/p1/esito"_s); }

    QTemporaryDir dir;
    FakeNetwork network;
    Client client;
    QSettings store;
    Settings settings;
    MemoryTokenStore tokens;
    Vault vault;
    BozzeEsito bozze;
    EsitoWizard wizard;
};

}

class TestEsitoWizard : public QObject
{
    Q_OBJECT

private slots:
    void speaksTheWordsOfTheManual()
    {
        Desk desk(always(200, dettaglioJson(false, 6000)));
        for (const QString& words :
             {u"Passo 1 di 2 - Approva"_s, u"Approva o rifiuta la pratica"_s, u"Esprimi una motivazione sull'esito"_s,
              u"Info"_s, u"Esprimi un esito sulla pratica ed eventualmente una motivazione"_s})
            QVERIFY2(shows(desk.wizard, words), qPrintable(words));
        QVERIFY(press(desk.wizard, u"Approva"_s));
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(shows(desk.wizard, u"Passo 2 di 2 - Allega"_s));
        QVERIFY(shows(desk.wizard, u"Allega documentazione richiesta"_s));
        for (const QString& button : {u"Carica un nuovo file.."_s, u"Indietro"_s, u"Ricomincia"_s, u"Invia"_s})
            QVERIFY2(find(desk.wizard, button), qPrintable(button));
        QCOMPARE(desk.wizard.findChild<QPlainTextEdit*>()->accessibleName(), u"Esprimi una motivazione sull'esito"_s);
    }

    void needsAChoice()
    {
        Desk desk(always(200, {}));
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(shows(desk.wizard, u"Scegliere se approvare o rigettare"_s));
    }

    void aRejectionNeedsAReason()
    {
        Desk desk(always(200, dettaglioJson(false, 8000)));
        QVERIFY(press(desk.wizard, u"Rigetta"_s));
        desk.type(u"  \n "_s);
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(shows(desk.wizard, u"Il rigetto va motivato"_s));
        QVERIFY(!openDialog());
        QVERIFY(desk.outcomes().isEmpty());
    }

    void aRejectionConcludesAfterAConfirmationWithoutTheSecondStep()
    {
        Desk desk(always(200, dettaglioJson(false, 8000)));
        QSignalSpy concluded(&desk.wizard, &EsitoWizard::concluded);
        QVERIFY(press(desk.wizard, u"Rigetta"_s));
        desk.type(u"Manca la firma."_s);
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QTRY_VERIFY(openDialog());
        QVERIFY(desk.outcomes().isEmpty());
        QVERIFY(answerDialog(u"Sì, rigetta"_s));
        QTRY_COMPARE(concluded.size(), 1);
        const QByteArray body = desk.outcomes().first().body;
        QCOMPARE(partOf(body, "esito"), QByteArray("rigetta"));
        QCOMPARE(partOf(body, "motivazione"), QByteArray("Manca la firma."));
        QCOMPARE(partOf(body, "versione"), QByteArray("3"));
        QVERIFY(!body.contains("name=\"file\""));
        QCOMPARE(desk.bozze.unsaved(), 0);
    }

    void aReasonHasTenThousandCharactersAtMost()
    {
        Desk desk(always(200, {}));
        QVERIFY(press(desk.wizard, u"Approva"_s));
        desk.type(QString(10'001, u'à'));
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(shows(desk.wizard, u"al massimo 10.000 caratteri"_s));
        desk.type(QString(10'000, u'à'));
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(shows(desk.wizard, u"Passo 2 di 2 - Allega"_s));
    }

    void aCertificateNeedsASignedFile()
    {
        Desk desk(always(200, {}), true);
        QVERIFY(press(desk.wizard, u"Approva"_s));
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(press(desk.wizard, u"Invia"_s));
        QVERIFY(shows(desk.wizard, u"Caricare il certificato firmato"_s));
        QVERIFY(!openDialog());
    }

    void aFailureKeepsAllAndTryingAgainUsesTheSameKey()
    {
        Desk desk(always(503, {}));
        QVERIFY(press(desk.wizard, u"Approva"_s));
        desk.type(u"Tutto in ordine."_s);
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(press(desk.wizard, u"Invia"_s));
        QVERIFY(answerSoon(u"Sì, approva"_s));
        QTRY_VERIFY(find(desk.wizard, u"Riprova"_s));
        QCOMPARE(desk.typed(), u"Tutto in ordine."_s);
        desk.network.setServer(always(200, dettaglioJson(false, 6000)));
        QSignalSpy concluded(&desk.wizard, &EsitoWizard::concluded);
        QVERIFY(press(desk.wizard, u"Riprova"_s));
        QTRY_COMPARE(concluded.size(), 1);
        const QByteArray first = partOf(desk.outcomes().at(0).body, "chiave");
        QVERIFY(QRegularExpression(u"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"_s)
                    .match(QString::fromLatin1(first))
                    .hasMatch());
        QCOMPARE(partOf(desk.outcomes().at(1).body, "chiave"), first);
    }

    void anotherDecisionGetsAnotherKey()
    {
        BozzaEsito bozza;
        bozza.approva = true;
        const QString first = bozza.keyForSending();
        QCOMPARE(bozza.keyForSending(), first);
        bozza.motivazione = u"altro"_s;
        QVERIFY(bozza.keyForSending() != first);
    }

    void theFileGoesLast()
    {
        Desk desk(always(200, dettaglioJson(true, 6000)), true);
        const QString path = desk.dir.filePath(u"certificato.p7m"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("FIRMATO");
        file.close();
        BozzaEsito& bozza = desk.bozze.of(pratica().id);
        bozza.approva = true;
        bozza.file = path;
        bozza.passo = 1;
        desk.wizard.open(pratica(true));
        QVERIFY(press(desk.wizard, u"Invia"_s));
        QVERIFY(answerSoon(u"Sì, approva"_s));
        QTRY_COMPARE(desk.outcomes().size(), 1);
        const QByteArray body = desk.outcomes().first().body;
        QCOMPARE(partOf(body, "file\"; filename=\"certificato.p7m"), QByteArray("FIRMATO"));
        QVERIFY(body.lastIndexOf("form-data; name=\"file\"") == body.lastIndexOf("form-data; name="));
    }

    void aFieldRefusedByTheServerIsShownThere()
    {
        Desk desk(always(422, R"({"title":"Invalid","status":422,"detail":"Esito non accettato.",
                                  "errori":[{"campo":"file","messaggio":"La firma non è integra."}]})"));
        QVERIFY(press(desk.wizard, u"Approva"_s));
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(press(desk.wizard, u"Invia"_s));
        QVERIFY(answerSoon(u"Sì, approva"_s));
        QTRY_VERIFY(shows(desk.wizard, u"La firma non è integra."_s));
        QVERIFY(shows(desk.wizard, u"Quanto scritto è rimasto."_s));
    }

    void leavingThePageLosesNothing()
    {
        Desk desk(always(200, {}));
        QVERIFY(press(desk.wizard, u"Rigetta"_s));
        desk.type(u"A metà"_s);
        auto other = pratica();
        other.id = sdc::Id<sdc::Pratica>("p2");
        desk.wizard.open(other);
        QCOMPARE(desk.typed(), QString());
        desk.wizard.open(pratica());
        QCOMPARE(desk.typed(), u"A metà"_s);
        QVERIFY(find(desk.wizard, u"Rigetta"_s)->isChecked());
        QCOMPARE(desk.bozze.unsaved(), 1);
    }

    void somethingElseIsConfirmedBeforeItIsSentAgain()
    {
        Desk desk(always(503, {}));
        QVERIFY(press(desk.wizard, u"Approva"_s));
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(press(desk.wizard, u"Invia"_s));
        QVERIFY(answerSoon(u"Sì, approva"_s));
        QTRY_VERIFY(find(desk.wizard, u"Riprova"_s));
        QVERIFY(press(desk.wizard, u"Indietro"_s));
        QVERIFY(press(desk.wizard, u"Rigetta"_s));
        QVERIFY(press(desk.wizard, u"Riprova"_s));
        QVERIFY(shows(desk.wizard, u"Il rigetto va motivato"_s));
        QCOMPARE(desk.outcomes().size(), 1);
        desk.type(u"Manca la firma."_s);
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(answerSoon(u"No, annulla l'operazione"_s));
        QCOMPARE(desk.outcomes().size(), 1);
    }

    void aSendingCancelledAfterAllHasLeftIsNotKnownToHaveFailed()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{200, {}, QNetworkReply::NoError, {}, true}; });
        const auto cancel = [&desk](bool left) {
            QVERIFY(pressSoon(desk.wizard, u"Invia"_s));
            QVERIFY(answerSoon(u"Sì, approva"_s));
            emit desk.network.replies.last()->uploadProgress(left ? 10 : 3, 10);
            QVERIFY(pressSoon(desk.wizard, u"Annulla"_s));
        };
        QVERIFY(press(desk.wizard, u"Approva"_s));
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        cancel(false);
        QTRY_VERIFY(shows(desk.wizard, u"l'esito non è stato inviato"_s));
        cancel(true);
        QTRY_VERIFY(shows(desk.wizard, u"Non si sa se l'esito sia arrivato"_s));
        QVERIFY(find(desk.wizard, u"Riprova"_s));
    }

    void anOutcomeThatTheEndedSessionStoppedSaysSo()
    {
        Desk desk(always(401, {}));
        QVERIFY(press(desk.wizard, u"Approva"_s));
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(press(desk.wizard, u"Invia"_s));
        QVERIFY(answerSoon(u"Sì, approva"_s));
        QTRY_VERIFY(shows(desk.wizard, u"L'esito non è stato inviato, perché la sessione era scaduta."_s));
    }

    void aFailureElsewhereIsToldAndFoundAgainOnItsPage()
    {
        Desk desk([](const SentRequest&) { return FakeAnswer{200, {}, QNetworkReply::NoError, {}, true}; });
        QSignalSpy failed(&desk.wizard, &EsitoWizard::failed);
        QVERIFY(press(desk.wizard, u"Approva"_s));
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(press(desk.wizard, u"Invia"_s));
        QVERIFY(answerSoon(u"Sì, approva"_s));
        auto other = pratica();
        other.id = sdc::Id<sdc::Pratica>("p2");
        desk.wizard.open(other);
        QVERIFY(find(desk.wizard, u"Approva"_s)->isEnabled());
        desk.network.replies.last()->answer({503, {}});
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!find(desk.wizard, u"Riprova"_s));
        desk.wizard.openSent();
        QVERIFY(find(desk.wizard, u"Riprova"_s));
        QVERIFY(shows(desk.wizard, u"Quanto scritto è rimasto."_s));
    }

    void ricominciaGoesBackToTheFirstStepWithAllThatWasWritten()
    {
        Desk desk(always(200, {}));
        QVERIFY(press(desk.wizard, u"Approva"_s));
        desk.type(u"x"_s);
        QVERIFY(press(desk.wizard, u"Avanti"_s));
        QVERIFY(press(desk.wizard, u"Ricomincia"_s));
        QVERIFY(shows(desk.wizard, u"Passo 1 di 2 - Approva"_s));
        QCOMPARE(desk.typed(), u"x"_s);
        QVERIFY(find(desk.wizard, u"Approva"_s)->isChecked());
    }
};

QTEST_MAIN(TestEsitoWizard)
#include "test_esito_wizard.moc"
