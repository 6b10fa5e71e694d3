#include "app/login/keychain_token_store.h"
#include "app/text.h"
#include "app/vault/vault.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace sdc::app;

namespace {

const QString kKey = u"sessione|https://servizi.example.it/rovereto"_s;

/// Whether it was kept; false as well where no answer comes.
bool save(KeychainTokenStore& store, const QString& key, const QString& token)
{
    QObject receiver;
    std::optional<bool> saved;
    store.save(key, token, &receiver, [&](bool ok) { saved = ok; });
    return QTest::qWaitFor([&] { return saved.has_value(); }, 10000) && *saved;
}

struct Answer
{
    bool came = false;
    std::optional<QString> token;
};

Answer load(KeychainTokenStore& store, const QString& key)
{
    QObject receiver;
    Answer answer;
    store.load(key, &receiver, [&](const std::optional<QString>& token) { answer = {true, token}; });
    [[maybe_unused]] const bool came = QTest::qWaitFor([&] { return answer.came; }, 10000);
    return answer;
}

/// What libsecret's own program reads under this key.
QByteArray secretTool(const QString& key)
{
    QProcess tool;
    tool.start(u"secret-tool"_s, {u"lookup"_s, u"user"_s, key, u"server"_s, u"it.stanzadelcittadino.operatori"_s});
    tool.waitForFinished();
    return tool.readAllStandardOutput();
}

bool open(Vault& vault)
{
    QSignalSpy opened(&vault, &Vault::opened);
    vault.open(u"https://servizi.example.it/rovereto|operatore"_s);
    return vault.isSettled() || opened.wait(15000);
}

}

/// Against a true Secret Service, by tests/support/with_keyring.sh; each function says in which state of it it runs.
class TestKeychainTokenStore : public QObject
{
    Q_OBJECT

private slots:
    void unlockedKeepsATokenUntilItIsErased()
    {
        KeychainTokenStore store;
        QVERIFY(save(store, kKey, u"perché-no"_s));
        QCOMPARE(secretTool(kKey), QByteArray("perché-no"));
        KeychainTokenStore atTheNextStart;
        QCOMPARE(load(atTheNextStart, kKey).token, std::optional(u"perché-no"_s));
        store.erase(kKey);
        QTRY_COMPARE(secretTool(kKey), QByteArray());
        QCOMPARE(load(store, kKey).token, std::optional(QString()));
    }

    void unlockedKeepsDraftsFromOneStartToTheNext()
    {
        QTemporaryDir dir;
        KeychainTokenStore store;
        {
            Vault vault(store, dir.path());
            QVERIFY(open(vault));
            QVERIFY(vault.isLasting());
            vault.write(u"bozza:p1"_s, "Manca la firma");
        }
        Vault vault(store, dir.path());
        QVERIFY(open(vault));
        QVERIFY(vault.read(u"bozza:p1"_s));
        QCOMPARE(vault.read(u"bozza:p1"_s)->value, QByteArray("Manca la firma"));
    }

    void lockedKeepsNothingAndFindsNothing()
    {
        KeychainTokenStore store;
        QVERIFY(!save(store, kKey, u"segreto"_s));
        const Answer answer = load(store, u"vecchio"_s);
        QVERIFY(answer.came);
        QVERIFY(!answer.token || answer.token->isEmpty());
        QTemporaryDir dir;
        Vault vault(store, dir.path());
        QVERIFY(open(vault));
        QVERIFY(!vault.isLasting());
    }

    void absentSaysThatNothingIsKept()
    {
        KeychainTokenStore store;
        QVERIFY(!save(store, kKey, u"segreto"_s));
        const Answer answer = load(store, kKey);
        QVERIFY(answer.came);
        QCOMPARE(answer.token, std::optional<QString>());
    }
};

QTEST_GUILESS_MAIN(TestKeychainTokenStore)
#include "test_keychain_token_store.moc"
