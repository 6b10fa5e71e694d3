// The operator's half of a journey: the real windows against a running server, found by what a person reads on them.
#include "app/text.h"
#include "tests/app/desk.h"
#include "tests/app/widgets.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QtTest>

#include <memory>

using namespace sdc::app;

namespace {

constexpr int kPatience = 20'000;

QString given(const char* name)
{
    return qEnvironmentVariable(name);
}

bool chooseInFileDialog(const QString& path)
{
    auto* const dialog = qobject_cast<QFileDialog*>(openDialog());
    auto* const name = dialog ? dialog->findChild<QLineEdit*>() : nullptr;
    if (!name)
        return false;
    name->setText(path);
    QTest::keyClick(name, Qt::Key_Return);
    return true;
}

}

class TestOperatore : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void aWrongPasswordIsRefusedWithAReason();
    void logsIn();
    void takesThePraticaInCharge();
    void seesWhatWasSentButNotThePrivateNote();
    void approvesWithAReason();
    void attachesTheSignedCertificateAndConcludes();
    void seesThePraticaConcluded();
    void cleanupTestCase();

private:
    std::unique_ptr<Desk> desk_;
    bool failed_ = false;
};

void TestOperatore::initTestCase()
{
    for (const char* name : {"SDC_SERVER", "SDC_ENTE", "SDC_SERVIZIO", "SDC_RICHIEDENTE", "SDC_PROTOCOLLO", "SDC_NOTA",
                             "SDC_MOTIVAZIONE", "SDC_CERTIFICATO"})
        QVERIFY2(!given(name).isEmpty(), name);
    desk_ = std::make_unique<Desk>(given("SDC_SERVER"), given("SDC_ENTE"));
    QCOMPARE(desk_->field(u"Server"_s)->text(), given("SDC_SERVER"));
    QCOMPARE(desk_->field(u"Ente"_s)->text(), given("SDC_ENTE"));
}

void TestOperatore::init()
{
    if (failed_)
        QSKIP("The step before it failed.");
}

void TestOperatore::cleanup()
{
    if (!QTest::currentTestFailed() || failed_)
        return;
    failed_ = true;
    desk_->window.grab().save(given("SDC_SCHERMATA"));
}

void TestOperatore::aWrongPasswordIsRefusedWithAReason()
{
    QVERIFY(desk_->type(u"Username"_s, u"operatore"_s));
    QVERIFY(desk_->type(u"Password"_s, u"sbagliata"_s));
    QVERIFY(press(desk_->window, u"Login"_s));
    QTRY_VERIFY_WITH_TIMEOUT(shows(desk_->window, u"Nome utente o password non corretti."_s), kPatience);
}

void TestOperatore::logsIn()
{
    QVERIFY(desk_->type(u"Username"_s, u"operatore"_s));
    QVERIFY(desk_->type(u"Password"_s, u"demo-stanza"_s));
    QVERIFY(press(desk_->window, u"Login"_s));
    QTRY_VERIFY_WITH_TIMEOUT(desk_->table() && desk_->table()->isVisible(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(shows(desk_->window, u"Comune di Rovereto"_s), kPatience);
}

void TestOperatore::takesThePraticaInCharge()
{
    QVERIFY(desk_->openTab(u"Pratiche da assegnare"_s));
    QVERIFY(QTest::qWaitFor([this] { return desk_->chooseRow(given("SDC_PROTOCOLLO")); }, kPatience));
    QVERIFY(pressSoon(desk_->window, u"Prendi in carico"_s));
    QTRY_VERIFY(openDialog());
    QVERIFY(shows(*openDialog(), u"Confermi la presa in carico della pratica %1?"_s.arg(given("SDC_SERVIZIO"))));
    QVERIFY(answerDialog(u"No, annulla l'operazione"_s));
    QTRY_VERIFY(!openDialog());
    QVERIFY(pressSoon(desk_->window, u"Prendi in carico"_s));
    QVERIFY(answerSoon(u"Sì, sono sicuro"_s));
    const QString title = u"%1 - %2"_s.arg(given("SDC_SERVIZIO"), given("SDC_RICHIEDENTE"));
    QTRY_VERIFY_WITH_TIMEOUT(shows(desk_->window, title), kPatience);
}

void TestOperatore::seesWhatWasSentButNotThePrivateNote()
{
    const QStringList words = {u"Documentazione inoltrata all'Ente"_s,
                               given("SDC_PROTOCOLLO"),
                               u"Iter della pratica"_s,
                               u"Bozza"_s,
                               u"Inviata"_s,
                               u"Protocollata"_s,
                               u"Presa in carico"_s,
                               u"Informazioni presentate"_s,
                               u"Atto notarile"_s};
    for (const QString& word : words)
        QVERIFY2(shows(desk_->window, word), qPrintable(word));
    QVERIFY(find(desk_->window, u"Scarica il modulo compilato"_s));
    QVERIFY(!desk_->allWords().contains(given("SDC_NOTA")));
}

void TestOperatore::approvesWithAReason()
{
    QVERIFY(pressSoon(desk_->window, u"Elabora"_s));
    QVERIFY(shows(desk_->window, u"Passo 1 di 2 - Approva"_s));
    QVERIFY(press(desk_->window, u"Avanti"_s));
    QVERIFY(shows(desk_->window, u"Scegliere se approvare o rigettare la pratica."_s));
    QVERIFY(press(desk_->window, u"Approva"_s));
    auto* const motivazione = desk_->window.findChild<QPlainTextEdit*>();
    QCOMPARE(motivazione->accessibleName(), u"Esprimi una motivazione sull'esito"_s);
    motivazione->insertPlainText(given("SDC_MOTIVAZIONE"));
    QVERIFY(press(desk_->window, u"Avanti"_s));
    QVERIFY(shows(desk_->window, u"Passo 2 di 2 - Allega"_s));
}

void TestOperatore::attachesTheSignedCertificateAndConcludes()
{
    QVERIFY(press(desk_->window, u"Invia"_s));
    QVERIFY(shows(desk_->window, u"Caricare il certificato firmato digitalmente (.p7m)."_s));
    QVERIFY(press(desk_->window, u"Carica un nuovo file.."_s));
    QTRY_VERIFY(openDialog());
    QVERIFY(chooseInFileDialog(given("SDC_CERTIFICATO")));
    QTRY_VERIFY(shows(desk_->window, u"certificato.pdf.p7m"_s));
    QVERIFY(pressSoon(desk_->window, u"Invia"_s));
    QVERIFY(answerSoon(u"Sì, approva"_s));
    QTRY_VERIFY_WITH_TIMEOUT(shows(desk_->window, u"La richiesta è stata accettata"_s), kPatience);
}

void TestOperatore::seesThePraticaConcluded()
{
    // Nobody asks again: the change reaches the window by itself.
    QTRY_VERIFY_WITH_TIMEOUT(shows(desk_->window, u"Iter completato"_s), kPatience);
    QVERIFY(shows(desk_->window, u"Protocollo risposta"_s));
    QVERIFY(find(desk_->window, u"Scarica il file di risposta"_s));
    QVERIFY(!find(desk_->window, u"Elabora"_s));
    QVERIFY(pressSoon(desk_->window, u"Torna all'elenco"_s));
    QVERIFY(desk_->openTab(u"Pratiche concluse"_s));
    QVERIFY(QTest::qWaitFor([this] { return desk_->chooseRow(given("SDC_PROTOCOLLO")); }, kPatience));
}

void TestOperatore::cleanupTestCase()
{
    desk_.reset();
}

QTEST_MAIN(TestOperatore)
#include "test_operatore.moc"
