#include "app/settings.h"
#include "app/text.h"
#include "app/vault/vault.h"
#include "app/window/main_window.h"
#include "tests/app/fake_network.h"
#include "tests/app/memory_token_store.h"
#include "tests/app/samples.h"
#include "tests/app/widgets.h"

#include <QCheckBox>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSettings>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

using namespace sdc::app;

namespace {

/// A small server: one list, one pratica, sessions that can be ended.
struct Given
{
    bool alive = true;
    int stato = 4000;
    std::optional<FakeAnswer> outcome;
    std::optional<FakeAnswer> taking;
    std::optional<FakeAnswer> list;
    std::optional<FakeAnswer> bozza;
    bool offline = false;
};

/// What stays when the program ends.
struct Computer
{
    QTemporaryDir dir;
    MemoryTokenStore tokens;

    QString vault() const { return dir.filePath(u"archivio"_s); }
};

QByteArray accessoJson()
{
    return QByteArray(kAccessoJson).replace("2026-11-24", "2096-11-24");
}

FakeAnswer serve(const SentRequest& request, const Given& given)
{
    const QString path = request.url.path();
    if (given.offline)
        return {0, {}, QNetworkReply::ConnectionRefusedError};
    if (path.endsWith(u"/accesso"_s) && request.method == "DELETE")
        return {204, {}};
    if (path.endsWith(u"/accesso"_s))
        return {request.method == "POST" ? 201 : 200, accessoJson()};
    if (!given.alive)
        return {401, {}};
    if (path.endsWith(u"/eventi"_s))
        return {200, {}, QNetworkReply::NoError, {}, true};
    if (path.endsWith(u"/pratiche"_s) && given.list)
        return *given.list;
    if (path.endsWith(u"/pratiche"_s))
        return {200, elencoJson(3, 0, 100, R"({"gestire":3,"assegnare":0,"concluse":0,"tutte":3})")
                         .replace(R"("elenco":"assegnare")", R"("elenco":"gestire")")};
    if (path.endsWith(u"/bozza-esito"_s))
        return given.bozza
                   ? *given.bozza
                   : FakeAnswer{200, QByteArray(request.body).replace("{", R"({"salvata":"2026-11-22T10:00:00Z",)")};
    if (path.endsWith(u"/esito"_s) && given.outcome)
        return *given.outcome;
    if (path.endsWith(u"/presa-in-carico"_s) && given.taking)
        return *given.taking;
    return {200, dettaglioJson(false, given.stato)};
}

struct Desk : Given
{
    explicit Desk(Computer* where = nullptr)
        : own(where ? nullptr : std::make_unique<Computer>()),
          computer(where ? *where : *own),
          network([this](const SentRequest& request) { return serve(request, *this); }),
          client(network),
          store(computer.dir.filePath(u"x.ini"_s), QSettings::IniFormat),
          settings(store),
          vault(computer.tokens, computer.vault()),
          window(client, computer.tokens, settings, vault)
    {
        window.show();
    }

    /// As the program begins, with the password typed.
    static std::unique_ptr<Desk> atWork(Computer* where = nullptr, bool ricordami = false)
    {
        auto desk = std::make_unique<Desk>(where);
        desk->window.start(u"https://servizi.example.it"_s, u"rovereto"_s);
        for (auto* const box : desk->window.findChildren<QCheckBox*>())
            box->setChecked(ricordami);
        desk->enter();
        return desk;
    }

    void enter()
    {
        const auto fields = window.findChildren<QLineEdit*>();
        for (QLineEdit* const field : fields) {
            if (field->accessibleName() == u"Username"_s)
                field->setText(u"operatore"_s);
            if (field->accessibleName() == u"Password"_s)
                field->setText(u"demo-stanza"_s);
        }
        press(window, u"Login"_s);
    }

    void typeRejection(const QString& text)
    {
        QVERIFY(pressSoon(window, u"Vedi dettaglio"_s));
        QVERIFY(pressSoon(window, u"Elabora"_s));
        QVERIFY(press(window, u"Rigetta"_s));
        window.findChild<QPlainTextEdit*>()->setPlainText(text);
    }

    void logout()
    {
        for (const QMenu* menu : window.findChildren<QMenu*>()) {
            for (QAction* const action : menu->actions()) {
                if (action->text() == u"logout"_s)
                    action->trigger();
            }
        }
    }

    std::unique_ptr<Computer> own;
    Computer& computer;
    FakeNetwork network;
    Client client;
    QSettings store;
    Settings settings;
    Vault vault;
    MainWindow window;
};

}

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void leadsFromTheLoginToTheOutcome()
    {
        const auto work = Desk::atWork();
        Desk& desk = *work;
        QTRY_VERIFY(shows(desk.window, u"Comune di Rovereto"_s));
        QTRY_VERIFY(shows(desk.window, u"3 da gestire, 0 da assegnare"_s));
        QVERIFY(pressSoon(desk.window, u"Vedi dettaglio"_s));
        QTRY_VERIFY(shows(desk.window, u"Certificato nascita - ROSSI Mario"_s));
        QVERIFY(pressSoon(desk.window, u"Elabora"_s));
        QVERIFY(shows(desk.window, u"Passo 1 di 2 - Approva"_s));
    }

    void anExpiredSessionGivesBackThePageAndWhatWasTyped()
    {
        const auto work = Desk::atWork();
        Desk& desk = *work;
        QVERIFY(pressSoon(desk.window, u"Vedi dettaglio"_s));
        QVERIFY(pressSoon(desk.window, u"Elabora"_s));
        auto* const text = desk.window.findChild<QPlainTextEdit*>();
        QVERIFY(press(desk.window, u"Rigetta"_s));
        text->setPlainText(u"Manca la firma."_s);
        desk.alive = false;
        QVERIFY(press(desk.window, u"Avanti"_s));
        QVERIFY(answerSoon(u"Sì, rigetta"_s));
        QTRY_VERIFY(shows(desk.window, u"La sessione è scaduta."_s));
        QVERIFY(!text->isVisible());
        desk.alive = true;
        desk.enter();
        QTRY_VERIFY(text->isVisible());
        QCOMPARE(text->toPlainText(), u"Manca la firma."_s);
        QVERIFY(find(desk.window, u"Rigetta"_s)->isChecked());
        QVERIFY(find(desk.window, u"Avanti"_s)->isEnabled());
    }

    void logoutEndsTheSessionOnTheServerAndForgetsTheWork()
    {
        const auto work = Desk::atWork();
        Desk& desk = *work;
        QTRY_VERIFY(shows(desk.window, u"3 da gestire, 0 da assegnare"_s));
        desk.logout();
        QTRY_VERIFY(find(desk.window, u"Login"_s));
        const auto ended = desk.network.to("DELETE", u"/accesso"_s);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended.first().request.rawHeader("Authorization"), QByteArray("Bearer segreto-1"));
        QVERIFY(!desk.client.hasToken());
        QCOMPARE(desk.window.findChild<QTableView*>(u"pratiche"_s)->model()->rowCount(), 0);
    }

    void everyActionHasAKey()
    {
        const auto work = Desk::atWork();
        Desk& desk = *work;
        QApplication::setActiveWindow(&desk.window);
        QTRY_VERIFY(shows(desk.window, u"3 da gestire, 0 da assegnare"_s));
        auto* const tabs = desk.window.findChild<QTabBar*>();
        const auto strike = [&desk](Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
            QWidget* const focused = desk.window.focusWidget();
            QTest::keyClick(focused ? focused : &desk.window, key, modifiers);
        };
        strike(Qt::Key_F1);
        QVERIFY(shows(desk.window, u"Aiuto"_s));
        strike(Qt::Key_Left, Qt::AltModifier);
        QVERIFY(!shows(desk.window, u"Aiuto"_s));
        strike(Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(tabs->currentIndex(), 2);
        strike(Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(tabs->currentIndex(), 0);
        strike(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(qobject_cast<QLineEdit*>(desk.window.focusWidget()));
        QTRY_VERIFY(find(desk.window, u"Vedi dettaglio"_s)->isVisible());
        const auto asked = desk.network.to("GET", u"/pratiche"_s).size();
        QTRY_COMPARE(desk.window.findChild<QTableView*>(u"pratiche"_s)->model()->rowCount(), 3);
        strike(Qt::Key_F5);
        QTRY_VERIFY(desk.network.to("GET", u"/pratiche"_s).size() > asked);
        QVERIFY(pressSoon(desk.window, u"Vedi dettaglio"_s));
        QTRY_VERIFY(find(desk.window, u"Elabora"_s));
        strike(Qt::Key_Down, Qt::ControlModifier);
        // The sample detail is that of p1, whatever was asked.
        QTRY_COMPARE(desk.network.to("GET", u"/pratiche/p2"_s).size(), 1);
        QTRY_VERIFY(find(desk.window, u"Elabora"_s));
        strike(Qt::Key_E, Qt::ControlModifier);
        QVERIFY(shows(desk.window, u"Passo 1 di 2 - Approva"_s));
        strike(Qt::Key_Left, Qt::AltModifier);
        QVERIFY(find(desk.window, u"Elabora"_s));
    }

    void anOutcomeThatFailsBehindTheOperatorsBackIsToldWhereTheyAre()
    {
        const auto work = Desk::atWork();
        Desk& desk = *work;
        QVERIFY(pressSoon(desk.window, u"Vedi dettaglio"_s));
        QVERIFY(pressSoon(desk.window, u"Elabora"_s));
        QVERIFY(press(desk.window, u"Rigetta"_s));
        desk.window.findChild<QPlainTextEdit*>()->setPlainText(u"Manca la firma."_s);
        desk.outcome = {503, {}, QNetworkReply::NoError, {}, true};
        QVERIFY(press(desk.window, u"Avanti"_s));
        QVERIFY(answerSoon(u"Sì, rigetta"_s));
        const QPointer<FakeReply> sending = desk.network.replies.last();
        QVERIFY(press(desk.window, u"Metriche di utilizzo"_s));
        sending->answer({503, {}});
        QTRY_VERIFY(shows(desk.window, u"Pratica Certificato nascita - ROSSI Mario:"_s));
        QVERIFY(press(desk.window, u"Torna all'esito"_s));
        QVERIFY(shows(desk.window, u"Passo 1 di 2 - Approva"_s));
        QVERIFY(find(desk.window, u"Riprova"_s));
    }

    void aTakingThatEndsElsewhereDoesNotStealThePage()
    {
        const auto work = Desk::atWork();
        Desk& desk = *work;
        desk.taking = {200, {}, QNetworkReply::NoError, {}, true};
        QVERIFY(pressSoon(desk.window, u"Prendi in carico"_s));
        QVERIFY(answerSoon(u"Sì, sono sicuro"_s));
        const QPointer<FakeReply> taking = desk.network.replies.last();
        QVERIFY(press(desk.window, u"Metriche di utilizzo"_s));
        taking->answer({200, dettaglioJson()});
        QTRY_VERIFY(shows(desk.window, u"La pratica è in carico a te"_s));
        QVERIFY(!find(desk.window, u"Elabora"_s));
        QVERIFY(press(desk.window, u"Vedi dettaglio"_s));
        QTRY_VERIFY(find(desk.window, u"Elabora"_s));
    }

    void theListComesByItselfWhenTheLineReturns()
    {
        const auto work = Desk::atWork();
        Desk& desk = *work;
        QTRY_VERIFY(shows(desk.window, u"3 da gestire, 0 da assegnare"_s));
        desk.list = {0, {}, QNetworkReply::ConnectionRefusedError};
        QTest::keyClick(&desk.window, Qt::Key_F5);
        QTRY_VERIFY(shows(desk.window, u"non risponde"_s));
        desk.list.reset();
        QTRY_VERIFY_WITH_TIMEOUT(!shows(desk.window, u"non risponde"_s), 8000);
    }

    void anOutcomeOfAPraticaDecidedMeanwhileIsNoLongerUnfinished()
    {
        const auto work = Desk::atWork();
        Desk& desk = *work;
        QVERIFY(pressSoon(desk.window, u"Vedi dettaglio"_s));
        QVERIFY(pressSoon(desk.window, u"Elabora"_s));
        QVERIFY(press(desk.window, u"Approva"_s));
        desk.stato = 6000;
        QVERIFY(press(desk.window, u"Torna alla pratica"_s));
        QTRY_VERIFY(!find(desk.window, u"Elabora"_s));
        desk.window.close();
        QTRY_VERIFY(!desk.window.isVisible());
    }

    void closingKeepsAnUnfinishedOutcomeOnTheServer()
    {
        const auto work = Desk::atWork();
        work->typeRejection(u"Manca la firma."_s);
        work->window.close();
        QTRY_VERIFY(!work->window.isVisible());
        QVERIFY(!openDialog());
        const auto kept = work->network.to("PUT", u"/pratiche/p1/bozza-esito"_s);
        QVERIFY(!kept.isEmpty() && kept.last().body.contains("Manca la firma."));
    }

    void closingWithASendingOnItsWayAsksOnce()
    {
        const auto work = Desk::atWork();
        Desk& desk = *work;
        desk.typeRejection(u"Manca la firma."_s);
        desk.outcome = {200, {}, QNetworkReply::NoError, {}, true};
        QVERIFY(press(desk.window, u"Avanti"_s));
        QVERIFY(answerSoon(u"Sì, rigetta"_s));
        desk.window.close();
        QVERIFY(desk.window.isVisible());
        QVERIFY(answerSoon(u"Sì, chiudi"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!desk.window.isVisible(), 5000);
    }

    void closingWithAnOutcomeThatNobodyCouldKeepAsksOnce()
    {
        Computer computer;
        computer.tokens.broken = true;
        const auto work = Desk::atWork(&computer);
        Desk& desk = *work;
        desk.bozza = {0, {}, QNetworkReply::ConnectionRefusedError};
        desk.typeRejection(u"Manca la firma."_s);
        desk.window.close();
        QVERIFY(answerSoon(u"Sì, chiudi"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!desk.window.isVisible(), 5000);
    }

    void anUnfinishedOutcomeSurvivesACrash()
    {
        Computer computer;
        {
            const auto work = Desk::atWork(&computer);
            work->bozza = {0, {}, QNetworkReply::ConnectionRefusedError};
            work->typeRejection(u"Manca la firma."_s);
        }
        const auto again = Desk::atWork(&computer);
        QVERIFY(pressSoon(again->window, u"Vedi dettaglio"_s));
        QVERIFY(pressSoon(again->window, u"Elabora"_s));
        QCOMPARE(again->window.findChild<QPlainTextEdit*>()->toPlainText(), u"Manca la firma."_s);
        QVERIFY(find(again->window, u"Rigetta"_s)->isChecked());
    }

    void logoutLeavesNoFileOnTheComputer()
    {
        Computer computer;
        const auto work = Desk::atWork(&computer, true);
        work->typeRejection(u"Manca la firma."_s);
        QVERIFY(!QDir(computer.vault()).isEmpty());
        work->logout();
        QTRY_VERIFY(find(work->window, u"Login"_s));
        QVERIFY(QDir(computer.vault()).isEmpty());
        QVERIFY(computer.tokens.tokens.isEmpty());
        QVERIFY(!work->network.to("PUT", u"/pratiche/p1/bozza-esito"_s).isEmpty());
    }

    void withoutALineTheLastListIsShownAndMarked()
    {
        Computer computer;
        {
            const auto work = Desk::atWork(&computer, true);
            QTRY_VERIFY(shows(work->window, u"3 da gestire, 0 da assegnare"_s));
            QTest::qWait(50);
        }
        Desk desk(&computer);
        desk.offline = true;
        desk.window.start({}, {});
        QTRY_VERIFY(shows(desk.window, u"Elenco ricevuto il"_s));
        QVERIFY(shows(desk.window, u"fuori linea"_s));
        const auto* const table = desk.window.findChild<QTableView*>(u"pratiche"_s);
        QCOMPARE(table->model()->rowCount(), 3);
        QVERIFY(!find(desk.window, u"Vedi dettaglio"_s)->isEnabled());
        QVERIFY(desk.network.to("GET", u"/eventi"_s).isEmpty());
        desk.offline = false;
        QTRY_VERIFY_WITH_TIMEOUT(!shows(desk.window, u"Elenco ricevuto il"_s), 8000);
        QTRY_VERIFY(find(desk.window, u"Vedi dettaglio"_s)->isEnabled());
        QVERIFY(!desk.network.to("GET", u"/eventi"_s).isEmpty());
    }

    void theDetailOpensWithTheFocusWhereItScrolls()
    {
        const auto work = Desk::atWork();
        QApplication::setActiveWindow(&work->window);
        QVERIFY(pressSoon(work->window, u"Vedi dettaglio"_s));
        QTRY_VERIFY(qobject_cast<QScrollArea*>(work->window.focusWidget()));
    }

    void everyControlHasAName()
    {
        const auto work = Desk::atWork();
        Desk& desk = *work;
        QVERIFY(pressSoon(desk.window, u"Vedi dettaglio"_s));
        QVERIFY(pressSoon(desk.window, u"Elabora"_s));
        for (const QAbstractButton* button : desk.window.findChildren<QAbstractButton*>()) {
            // Those not offered now, and parts of Qt's own controls, that it names itself.
            if (button->isHidden() || button->objectName().startsWith(u"qt_"_s) ||
                qobject_cast<QLineEdit*>(button->parent()) ||
                button->metaObject()->className() == QByteArray("QTableCornerButton"))
                continue;
            QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(),
                     qPrintable(QString::fromLatin1(button->parent()->metaObject()->className())));
        }
        for (const QLineEdit* field : desk.window.findChildren<QLineEdit*>())
            QVERIFY(!field->accessibleName().isEmpty());
    }
};

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
