#include "app/login/login_page.h"
#include "app/settings.h"
#include "app/text.h"
#include "tests/app/fake_network.h"
#include "tests/app/memory_token_store.h"
#include "tests/app/samples.h"
#include "tests/app/widgets.h"

#include <QCheckBox>
#include <QDirIterator>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace sdc::app;

namespace {

FakeNetwork::Server always(int status, const QByteArray& body)
{
    return [status, body](const SentRequest&) { return FakeAnswer{status, body}; };
}

struct Desk
{
    explicit Desk(FakeNetwork::Server server)
        : network(std::move(server)),
          client(network),
          store(dir.filePath(u"x.ini"_s), QSettings::IniFormat),
          settings(store),
          page(client, tokens, settings)
    {
        page.show();
        page.prefill(u"https://servizi.example.it"_s, u"rovereto"_s);
    }

    QLineEdit* field(const QString& name)
    {
        const auto all = page.findChildren<QLineEdit*>();
        for (QLineEdit* const line : all) {
            if (line->accessibleName() == name)
                return line;
        }
        return nullptr;
    }

    void typeAndLogin(bool ricordami)
    {
        field(u"Username"_s)->setText(u"operatore"_s);
        field(u"Password"_s)->setText(u"demo-stanza"_s);
        page.findChild<QCheckBox*>()->setChecked(ricordami);
        press(page, u"Login"_s);
    }

    /// Whether the words stand in any file that the program wrote.
    bool onDisk(const QByteArray& words)
    {
        store.sync();
        QDirIterator it(dir.path(), QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(words))
                return true;
        }
        return false;
    }

    QTemporaryDir dir;
    FakeNetwork network;
    Client client;
    MemoryTokenStore tokens;
    QSettings store;
    Settings settings;
    LoginPage page;
};

}

class TestLogin : public QObject
{
    Q_OBJECT

private slots:
    void hasTheFieldsOfTheManual()
    {
        Desk desk(always(201, kAccessoJson));
        for (const QString& name : {u"Server"_s, u"Ente"_s, u"Username"_s, u"Password"_s})
            QVERIFY2(desk.field(name), qPrintable(name));
        for (const QString& name : {u"Ricordami"_s, u"Login"_s, u"Hai dimenticato la password?"_s})
            QVERIFY2(find(desk.page, name), qPrintable(name));
        QCOMPARE(desk.field(u"Server"_s)->text(), u"https://servizi.example.it"_s);
        QCOMPARE(desk.field(u"Ente"_s)->text(), u"rovereto"_s);
        QCOMPARE(desk.field(u"Password"_s)->echoMode(), QLineEdit::Password);
    }

    void entersWithTheRightPassword()
    {
        Desk desk(always(201, kAccessoJson));
        QSignalSpy entered(&desk.page, &LoginPage::entered);
        desk.typeAndLogin(false);
        QTRY_COMPARE(entered.size(), 1);
        QVERIFY(desk.client.hasToken());
        QVERIFY(desk.tokens.tokens.isEmpty());
        QCOMPARE(desk.field(u"Password"_s)->text(), QString());
    }

    void saysWhyTheServerRefuses()
    {
        Desk desk(always(401, R"({"title":"x","status":401,"detail":"Nome utente o password non corretti."})"));
        desk.typeAndLogin(false);
        QTRY_VERIFY(shows(desk.page, u"Nome utente o password non corretti."_s));
        QVERIFY(!desk.client.hasToken());
        QCOMPARE(desk.field(u"Username"_s)->text(), u"operatore"_s);
    }

    void asksForTheCodeOfTheSecondFactorWhereThereIsOne()
    {
        Desk desk([](const SentRequest& sent) {
            return sent.body.contains("\"codice\":\"123456\"")
                       ? FakeAnswer{201, kAccessoJson}
                       : FakeAnswer{401, R"({"title":"x","status":401,"detail":"Serve.","serve_codice":true})"};
        });
        QVERIFY(!desk.field(u"Codice del secondo fattore"_s)->isVisible());
        QSignalSpy entered(&desk.page, &LoginPage::entered);
        desk.typeAndLogin(false);
        QTRY_VERIFY(desk.field(u"Codice del secondo fattore"_s)->isVisible());
        QVERIFY(!desk.network.sent.first().body.contains("codice"));
        desk.field(u"Codice del secondo fattore"_s)->setText(u"123456"_s);
        press(desk.page, u"Login"_s);
        QTRY_COMPARE(entered.size(), 1);
        QVERIFY(!desk.field(u"Codice del secondo fattore"_s)->isVisible());
    }

    void saysWhatIsWrongWithTheAddressWithoutAsking()
    {
        Desk desk(always(201, kAccessoJson));
        desk.field(u"Server"_s)->setText(u"http://servizi.example.it"_s);
        desk.typeAndLogin(false);
        QVERIFY(shows(desk.page, u"https://"_s));
        QVERIFY(desk.network.sent.isEmpty());
    }

    void remembersTheTokenInTheKeychainAlone()
    {
        Desk desk(always(201, kAccessoJson));
        QSignalSpy entered(&desk.page, &LoginPage::entered);
        desk.typeAndLogin(true);
        QTRY_COMPARE(entered.size(), 1);
        QTRY_COMPARE(desk.tokens.tokens.size(), 1);
        QCOMPARE(desk.tokens.tokens.first(), u"segreto-1"_s);
        QVERIFY(desk.settings.ricordami());
        QVERIFY(desk.onDisk("operatore"));
        QVERIFY(!desk.onDisk("segreto-1"));
        QVERIFY(!desk.onDisk("demo-stanza"));
    }

    void withoutAKeychainSaysSoAndWritesNothing()
    {
        Desk desk(always(201, kAccessoJson));
        desk.tokens.broken = true;
        QSignalSpy told(&desk.page, &LoginPage::notRemembered);
        desk.typeAndLogin(true);
        QTRY_COMPARE(told.size(), 1);
        QVERIFY(desk.client.hasToken());
        QVERIFY(!desk.settings.ricordami());
        QVERIFY(!desk.onDisk("segreto-1"));
        QVERIFY(!desk.onDisk("demo-stanza"));
    }

    void aRememberedSessionGoesStraightIn()
    {
        Desk desk(always(201, kAccessoJson));
        desk.typeAndLogin(true);
        QTRY_COMPARE(desk.tokens.tokens.size(), 1);
        desk.client.setToken({});
        desk.network.setServer(always(200, QByteArray(kAccessoJson).replace(R"("token":"segreto-1",)", "")));
        QSignalSpy entered(&desk.page, &LoginPage::entered);
        desk.page.prefill({}, {});
        desk.page.resume();
        QTRY_COMPARE(entered.size(), 1);
        QCOMPARE(desk.network.sent.last().method, QByteArray("GET"));
        QCOMPARE(desk.network.sent.last().request.rawHeader("Authorization"), QByteArray("Bearer segreto-1"));
    }

    void anExpiredRememberedSessionAsksForThePassword()
    {
        Desk desk(always(201, kAccessoJson));
        desk.typeAndLogin(true);
        QTRY_COMPARE(desk.tokens.tokens.size(), 1);
        desk.network.setServer(always(401, {}));
        desk.page.resume();
        QTRY_VERIFY(shows(desk.page, u"scaduta"_s));
        QVERIFY(!desk.client.hasToken());
    }
};

QTEST_MAIN(TestLogin)
#include "test_login.moc"
