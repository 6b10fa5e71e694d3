#include "app/accesso/mio_accesso_view.h"
#include "app/accesso/qr.h"
#include "app/operatori/operatore_dialog.h"
#include "app/operatori/operatori_view.h"
#include "app/text.h"
#include "tests/app/conti.h"
#include "tests/app/fake_network.h"
#include "tests/app/widgets.h"

#include <QCheckBox>
#include <QDialog>
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

    void everyFieldHasAName()
    {
        Tavolo tavolo;
        MioAccessoView mio(tavolo.client);
        OperatoreDialog dialog(tavolo.client, {}, nullptr);
        for (QWidget* const root : std::initializer_list<QWidget*>{&mio, &dialog}) {
            for (QLineEdit* const line : root->findChildren<QLineEdit*>())
                QVERIFY(!line->accessibleName().isEmpty());
        }
    }
};

QTEST_MAIN(TestContiApp)
#include "test_conti.moc"
