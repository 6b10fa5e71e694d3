#include "app/accesso/mio_accesso_view.h"
#include "app/accesso/qr.h"
#include "app/operatori/conferma_dialog.h"
#include "app/operatori/operatore_dialog.h"
#include "app/operatori/operatori_view.h"
#include "app/operatori/registro_dialog.h"
#include "app/text.h"
#include "tests/app/conti.h"
#include "tests/app/fake_network.h"
#include "tests/app/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDialog>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProcess>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QtTest>

using namespace sdc::app;

namespace {

struct Tavolo
{
    Tavolo() : network(contiServer), client(network)
    {
        client.setAddress(addressFrom(u"https://servizi.example.it"_s, u"rovereto"_s));
    }
    FakeNetwork network;
    Client client;
};

/// The same server, where accounts are touched only by who has confirmed: with the password "giusta" and a code.
FakeAnswer cautiousServer(const SentRequest& sent)
{
    const QString path = sent.url.path();
    if (path.endsWith(u"/accesso/conferma"_s)) {
        if (!sent.body.contains("giusta"))
            return {403, R"({"title":"x","status":403,"detail":"La password non è corretta."})"};
        if (!sent.body.contains("123456"))
            return {403, R"({"title":"x","status":403,"detail":"Scrivi il codice.","serve_codice":true})"};
        return {201, R"({"chiave":"la-chiave","scade":"2026-11-27T10:05:00Z"})"};
    }
    const bool touches = sent.method != "GET" && path.contains(u"/operatori/v1/operatori"_s);
    if (touches && sent.request.rawHeader("Stanza-Conferma") != "la-chiave")
        return {403, R"({"title":"x","status":403,"detail":"Conferma chi sei.","serve_conferma":true})"};
    if (touches && path.endsWith(u"/operatori"_s))
        return {201, R"({"id":"o3","username":"carla","nome":"Carla","cognome":"Neri","email":"c@esempio.it",
                         "ruolo":"operatore","attivo":true,"tutti_servizi":false,"servizi":[]})"};
    return contiServer(sent);
}

QLineEdit* fieldOf(QWidget& root, const QString& name)
{
    for (QLineEdit* const line : root.findChildren<QLineEdit*>()) {
        if (line->accessibleName() == name)
            return line;
    }
    return nullptr;
}

QPushButton* buttonOf(QWidget& root, const QString& text)
{
    for (QPushButton* const button : root.findChildren<QPushButton*>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

}

class TestContiApp : public QObject
{
    Q_OBJECT

private slots:
    void anIndependentProgramReadsTheQrCode()
    {
        const QString zbarimg = QStandardPaths::findExecutable(u"zbarimg"_s);
        QVERIFY2(!zbarimg.isEmpty(), "zbarimg is not installed");
        const QString uri = u"otpauth://totp/Stanza%20del%20cittadino%20Comune%20di%20Rovereto:operatore?secret="
                            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Stanza%20del%20cittadino%20Comune%20di%20Rovereto"
                            "&algorithm=SHA1&digits=6&period=30"_s;
        QTemporaryDir folder;
        const QString file = folder.filePath(u"qr.png"_s);
        QVERIFY(qrOf(uri).save(file));
        QProcess process;
        process.start(zbarimg, {u"--raw"_s, u"-q"_s, file});
        QVERIFY(process.waitForFinished());
        QCOMPARE(QString::fromUtf8(process.readAllStandardOutput()).trimmed(), uri);
        QVERIFY(qrOf(QString(5000, u'x')).isNull());
    }

    void administratorsSeeTheAccountsAndActOnTheOneChosen()
    {
        Tavolo tavolo;
        OperatoriView view(tavolo.client);
        view.show();
        view.load();
        auto* const table = view.findChild<QTableWidget*>();
        QTRY_COMPARE(table->rowCount(), 2);
        QVERIFY(!buttonOf(view, u"Modifica"_s)->isEnabled());
        table->selectRow(0);
        QVERIFY(buttonOf(view, u"Disattiva il secondo fattore"_s)->isEnabled());
        press(view, u"Invia il link per la password"_s);
        QTRY_COMPARE(tavolo.network.to("POST", u"/operatori/o1/invito"_s).size(), 1);
        QTRY_VERIFY(shows(view, u"Il link per scegliere la password è stato inviato."_s));
        table->selectRow(1);
        QVERIFY(!buttonOf(view, u"Invia il link per la password"_s)->isEnabled());
        press(view, u"Riabilita"_s);
        QTRY_COMPARE(tavolo.network.to("POST", u"/operatori/o2/riabilitazione"_s).size(), 1);
    }

    void aNewOperatorIsSentWithTheServicesTickedAndFaultsAreSaid()
    {
        Tavolo tavolo;
        OperatoriView view(tavolo.client);
        view.show();
        press(view, u"Nuovo operatore"_s);
        auto* const dialog = view.findChild<OperatoreDialog*>();
        QVERIFY(dialog);
        auto* const list = dialog->findChild<QListWidget*>();
        QTRY_COMPARE(list->count(), 2);
        list->item(1)->setCheckState(Qt::Checked);
        fieldOf(*dialog, u"Nome utente"_s)->setText(u"carla"_s);
        fieldOf(*dialog, u"Nome"_s)->setText(u"Carla"_s);
        fieldOf(*dialog, u"Cognome"_s)->setText(u"Neri"_s);
        fieldOf(*dialog, u"Email"_s)->setText(u"no"_s);
        press(*dialog, u"Salva"_s);
        QTRY_COMPARE(tavolo.network.to("POST", u"/operatori"_s).size(), 1);
        const QByteArray body = tavolo.network.to("POST", u"/operatori"_s).first().body;
        QVERIFY2(body.contains(R"("servizi":["estratto-nascita"])"), body.constData());
        QVERIFY(body.contains(R"("username":"carla")"));
        QVERIFY(!body.contains("password"));
        QTRY_VERIFY(buttonOf(*dialog, u"Salva"_s)->isEnabled());
        QVERIFY(dialog->isVisible());
        QVERIFY(shows(*dialog, u"Scrivi un indirizzo email valido."_s));
        QLineEdit* const email = fieldOf(*dialog, u"Email"_s);
        QCOMPARE(email->accessibleDescription(), u"Scrivi un indirizzo email valido."_s);
        QCOMPARE(dialog->focusWidget(), email);
        QCOMPARE(email->text(), u"no"_s);
        QCOMPARE(fieldOf(*dialog, u"Cognome"_s)->text(), u"Neri"_s);
        QTest::keyClicks(email, u"@esempio.it"_s);
        QVERIFY(!shows(*dialog, u"Scrivi un indirizzo email valido."_s));
    }

    void whoTouchesAnAccountConfirmsOnceAndLosesNothingTyped()
    {
        Tavolo tavolo;
        tavolo.network.setServer(cautiousServer);
        tavolo.client.setToken(u"gettone"_s);
        OperatoriView view(tavolo.client);
        view.show();
        view.load();
        press(view, u"Nuovo operatore"_s);
        auto* const dialog = view.findChild<OperatoreDialog*>();
        QVERIFY(dialog);
        QTRY_COMPARE(dialog->findChild<QListWidget*>()->count(), 2);
        fieldOf(*dialog, u"Nome utente"_s)->setText(u"carla"_s);
        press(*dialog, u"Salva"_s);
        QTRY_VERIFY(dialog->findChild<ConfermaDialog*>());
        QPointer<ConfermaDialog> conferma = dialog->findChild<ConfermaDialog*>();
        fieldOf(*conferma, u"La tua password"_s)->setText(u"giusta"_s);
        fieldOf(*conferma, u"Codice del secondo fattore"_s)->setText(u"123456"_s);
        press(*conferma, u"Conferma"_s);
        QTRY_VERIFY(!conferma);
        QTRY_VERIFY(shows(view, u"L'operatore è stato aggiunto"_s));
        QVERIFY(tavolo.network.to("POST", u"/operatori"_s).last().body.contains(R"("username":"carla")"));
    }

    void theActivityLogIsSavedAsAFile()
    {
        Tavolo tavolo;
        tavolo.network.setServer([](const SentRequest& sent) -> FakeAnswer {
            if (sent.url.path().endsWith(u"/attivita"_s))
                return {200, "numero,quando\r\n"};
            return contiServer(sent);
        });
        RegistroDialog dialog(tavolo.client, nullptr);
        dialog.show();
        const QTemporaryDir folder;
        const QString target = folder.filePath(u"registro.jsonl"_s);
        auto days = dialog.findChildren<QDateEdit*>();
        QCOMPARE(days.size(), 2);
        days.at(0)->setDate(QDate(2026, 11, 1));
        days.at(1)->setDate(QDate(2026, 11, 20));
        dialog.findChild<QComboBox*>()->setCurrentIndex(1);
        dialog.saveTo(target);
        QTRY_VERIFY(shows(dialog, u"File salvato"_s));
        const auto asked = tavolo.network.to("GET", u"/attivita"_s).last().url;
        QCOMPARE(asked.query(), u"da=2026-11-01&a=2026-11-20&formato=jsonl"_s);
        QFile file(target);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("numero,quando\r\n"));
        // The wrong way round nobody is asked, nor where to save it.
        days.at(0)->setDate(QDate(2026, 11, 21));
        press(dialog, u"Salva con nome..."_s);
        QVERIFY(shows(dialog, u"Il primo giorno viene dopo l'ultimo."_s));
        QVERIFY(!dialog.findChild<QFileDialog*>());
        QCOMPARE(tavolo.network.to("GET", u"/attivita"_s).size(), 1);
    }

    void theServersRefusalOfTheLogIsShownAndNoFileIsLeft()
    {
        Tavolo tavolo;
        tavolo.network.setServer([](const SentRequest&) -> FakeAnswer {
            return {403, R"({"title":"x","status":403,"detail":"Il registro è riservato agli amministratori."})"};
        });
        RegistroDialog dialog(tavolo.client, nullptr);
        dialog.show();
        const QTemporaryDir folder;
        dialog.saveTo(folder.filePath(u"registro.csv"_s));
        QTRY_VERIFY(shows(dialog, u"riservato agli amministratori"_s));
        QVERIFY(QDir(folder.path()).isEmpty());
        QVERIFY(buttonOf(dialog, u"Salva con nome..."_s)->isEnabled());
    }

    void aConfirmationSaysWhatIsWrongAndKeepsWhatWasTyped()
    {
        Tavolo tavolo;
        tavolo.network.setServer(cautiousServer);
        ConfermaDialog conferma(tavolo.client, nullptr);
        conferma.show();
        QLineEdit* const password = fieldOf(conferma, u"La tua password"_s);
        QLineEdit* const codice = fieldOf(conferma, u"Codice del secondo fattore"_s);
        QCOMPARE(password->echoMode(), QLineEdit::Password);
        QVERIFY(!codice->isVisible());
        // Enter, with nothing typed, asks nobody.
        QTest::keyClick(password, Qt::Key_Return);
        QVERIFY(tavolo.network.to("POST", u"/accesso/conferma"_s).isEmpty());
        QVERIFY(shows(conferma, u"Scrivere la password."_s));
        QTest::keyClicks(password, u"sbagliata"_s);
        QTest::keyClick(password, Qt::Key_Return);
        QTRY_VERIFY(shows(conferma, u"La password non è corretta."_s));
        QCOMPARE(password->text(), u"sbagliata"_s);
        password->selectAll();
        QTest::keyClicks(password, u"giusta"_s);
        QTest::keyClick(password, Qt::Key_Return);
        QTRY_VERIFY(codice->isVisible());
        QCOMPARE(password->text(), u"giusta"_s);
        QTest::keyClicks(codice, u"654321"_s);
        QTest::keyClick(codice, Qt::Key_Return);
        QTRY_COMPARE(conferma.focusWidget(), codice);
        QTRY_COMPARE(codice->selectedText(), u"654321"_s);
        QTest::keyClicks(codice, u"123456"_s);
        QTest::keyClick(codice, Qt::Key_Return);
        QTRY_COMPARE(conferma.result(), static_cast<int>(QDialog::Accepted));
    }

    void whatWasConfirmedHoldsUntilAnotherSession()
    {
        Tavolo tavolo;
        tavolo.network.setServer(cautiousServer);
        tavolo.client.setToken(u"gettone"_s);
        OperatoriView view(tavolo.client);
        view.show();
        view.load();
        QTRY_COMPARE(view.findChild<QTableWidget*>()->rowCount(), 2);
        view.findChild<QTableWidget*>()->selectRow(0);
        bool confirmed = false;
        tavolo.client.confirmIdentita({"giusta", "123456", {}}, &view,
                                      [&](const Reply<Nothing>& reply) { confirmed = reply.ok(); });
        QTRY_VERIFY(confirmed);
        press(view, u"Invia il link per la password"_s);
        QTRY_VERIFY(shows(view, u"Il link per scegliere la password è stato inviato."_s));
        QVERIFY(!view.findChild<ConfermaDialog*>());
        tavolo.client.setToken(u"un altro"_s);
        press(view, u"Invia il link per la password"_s);
        QTRY_VERIFY(view.findChild<ConfermaDialog*>());
        // Esc gives up, and nothing is done.
        QTest::keyClick(view.findChild<ConfermaDialog*>(), Qt::Key_Escape);
        QTRY_VERIFY(!view.findChild<ConfermaDialog*>());
        QCOMPARE(tavolo.network.to("POST", u"/operatori/o1/invito"_s).size(), 2);
    }

    void aSecondFactorIsTakenAwayOnlyAfterAQuestion()
    {
        Tavolo tavolo;
        OperatoriView view(tavolo.client);
        view.show();
        view.load();
        auto* const table = view.findChild<QTableWidget*>();
        QTRY_COMPARE(table->rowCount(), 2);
        table->selectRow(0);
        press(view, u"Disattiva il secondo fattore"_s);
        QVERIFY(answerSoon(u"No, annulla l'operazione"_s));
        QVERIFY(tavolo.network.to("DELETE", u"/operatori/o1/secondo-fattore"_s).isEmpty());
        press(view, u"Disattiva il secondo fattore"_s);
        QVERIFY(answerSoon(u"Sì, disattiva"_s));
        QTRY_COMPARE(tavolo.network.to("DELETE", u"/operatori/o1/secondo-fattore"_s).size(), 1);
        QTRY_VERIFY(shows(view, u"Il secondo fattore è stato disattivato."_s));
    }

    void aSecondFactorIsShownOnceAndForgotten()
    {
        Tavolo tavolo;
        MioAccessoView view(tavolo.client);
        view.show();
        view.load();
        QTRY_VERIFY(buttonOf(view, u"Esci da tutti gli altri accessi"_s)->isEnabled());
        press(view, u"Attiva il secondo fattore"_s);
        QVERIFY(tavolo.network.to("POST", u"/accesso/secondo-fattore"_s).isEmpty());
        fieldOf(view, u"Password attuale"_s)->setText(u"demo-stanza"_s);
        press(view, u"Attiva il secondo fattore"_s);
        QTRY_VERIFY(shows(view, u"JBSW Y3DP EHPK 3PXP"_s));
        QVERIFY(fieldOf(view, u"Password attuale"_s)->text().isEmpty());
        fieldOf(view, u"Codice di 6 cifre"_s)->setText(u"123456"_s);
        press(view, u"Conferma il codice"_s);
        const auto shown = [&](const QString& words) {
            for (QLabel* const label : view.findChildren<QLabel*>()) {
                if (label->isVisible() && label->text().contains(words))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(shown(u"dddd-eeee-ff"_s));
        QVERIFY(!shown(u"JBSW"_s));
        view.clear();
        for (QLabel* const label : view.findChildren<QLabel*>())
            QVERIFY(!label->text().contains(u"dddd-eeee-ff"_s) && !label->text().contains(u"JBSW"_s));
    }

    void aPasswordTypedTwiceDifferentlyIsNotSent()
    {
        Tavolo tavolo;
        MioAccessoView view(tavolo.client);
        view.show();
        fieldOf(view, u"Password attuale"_s)->setText(u"demo-stanza"_s);
        fieldOf(view, u"Nuova password"_s)->setText(u"una frase lunga"_s);
        fieldOf(view, u"Ripeti la nuova password"_s)->setText(u"una frase larga"_s);
        press(view, u"Cambia la password"_s);
        QVERIFY(tavolo.network.to("PUT", u"/accesso/password"_s).isEmpty());
        fieldOf(view, u"Ripeti la nuova password"_s)->setText(u"una frase lunga"_s);
        press(view, u"Cambia la password"_s);
        QTRY_COMPARE(tavolo.network.to("PUT", u"/accesso/password"_s).size(), 1);
        QTRY_VERIFY(shows(view, u"Nome utente o password non corretti."_s));
    }

    void theKeyboardGoesThroughTheDialogAsItIsRead()
    {
        Tavolo tavolo;
        OperatoreDialog dialog(tavolo.client, {}, nullptr);
        dialog.show();
        dialog.setServizi(Reply<sdc::api::ConfigurazioneProtocollo>(sdc::api::ConfigurazioneProtocollo{}));
        QStringList names;
        const QWidget* const first = fieldOf(dialog, u"Nome utente"_s);
        for (const QWidget* at = first; names.isEmpty() || at != first; at = at->nextInFocusChain()) {
            const auto* const button = qobject_cast<const QAbstractButton*>(at);
            if ((at->focusPolicy() & Qt::TabFocus) != 0 && at->isVisible() && at->isEnabled())
                names.append(button != nullptr ? button->text() : at->accessibleName());
        }
        QCOMPARE(names,
                 (QStringList{u"Nome utente"_s, u"Nome"_s, u"Cognome"_s, u"Email"_s, u"Ruolo"_s,
                              u"Tutti i servizi, anche futuri"_s, u"Servizi abilitati"_s, u"Annulla"_s, u"Salva"_s}));
    }

    void aDialogGrowsWithWhatIsSaidInIt()
    {
        Tavolo tavolo;
        tavolo.network.setServer(cautiousServer);
        ConfermaDialog dialog(tavolo.client, nullptr);
        dialog.show();
        const int before = dialog.height();
        press(dialog, u"Conferma"_s);
        QVERIFY(dialog.height() > before);
        for (const QLabel* const label : dialog.findChildren<QLabel*>())
            QVERIFY(!label->isVisible() || label->height() >= label->heightForWidth(label->width()));
    }

    // The buttons of this page go on below where there is no room: every window may be as narrow as before.
    void thePageOfAccountsLetsTheWindowBeNarrow()
    {
        Tavolo tavolo;
        OperatoriView view(tavolo.client);
        view.resize(400, 480);
        view.show();
        QVERIFY2(view.width() <= 400, qPrintable(QString::number(view.width())));
        for (const QPushButton* const button : view.findChildren<QPushButton*>())
            QVERIFY(!button->isVisible() ||
                    view.rect().contains(QRect(button->mapTo(&view, QPoint()), button->size())));
    }

    void everyFieldHasAName()
    {
        Tavolo tavolo;
        MioAccessoView mio(tavolo.client);
        OperatoreDialog dialog(tavolo.client, {}, nullptr);
        ConfermaDialog conferma(tavolo.client, nullptr);
        for (QWidget* const root : std::initializer_list<QWidget*>{&mio, &dialog, &conferma}) {
            for (QLineEdit* const line : root->findChildren<QLineEdit*>())
                QVERIFY(!line->accessibleName().isEmpty());
        }
    }
};

QTEST_MAIN(TestContiApp)
#include "test_conti.moc"
