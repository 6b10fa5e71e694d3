#include "app/text.h"
#include "app/vault/vault.h"
#include "tests/app/memory_token_store.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

using namespace sdc::app;

namespace {

const QString kOwner = u"https://servizi.example.it/rovereto|operatore"_s;

struct Desk
{
    Desk() : vault(std::make_unique<Vault>(tokens, dir.filePath(u"archivio"_s))) {}

    bool open()
    {
        QSignalSpy opened(vault.get(), &Vault::opened);
        vault->open(kOwner);
        return opened.wait(1000);
    }
    bool openAgain()
    {
        vault = std::make_unique<Vault>(tokens, dir.filePath(u"archivio"_s));
        return open();
    }
    QFileInfoList files() const { return QDir(dir.filePath(u"archivio"_s)).entryInfoList(QDir::Files); }
    QByteArray onDisk() const
    {
        QByteArray bytes;
        for (const QFileInfo& info : files()) {
            QFile file(info.filePath());
            if (file.open(QIODevice::ReadOnly))
                bytes += info.fileName().toUtf8() + file.readAll();
        }
        return bytes;
    }
    QByteArray read(const QString& name) const
    {
        const auto entry = vault->read(name);
        return entry ? entry->value : QByteArray();
    }

    QTemporaryDir dir;
    MemoryTokenStore tokens;
    std::unique_ptr<Vault> vault;
};

}

class TestVault : public QObject
{
    Q_OBJECT

private slots:
    void whatIsWrittenIsThereAtTheNextStart()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.vault->write(u"bozza:p1"_s, "Manca");
        desk.vault->write(u"bozza:p1"_s, "Manca la firma");
        QVERIFY(desk.openAgain());
        QCOMPARE(desk.read(u"bozza:p1"_s), QByteArray("Manca la firma"));
        QVERIFY(desk.vault->read(u"bozza:p1"_s)->when.secsTo(QDateTime::currentDateTimeUtc()) < 60);
        QVERIFY(!desk.vault->read(u"bozza:p2"_s));
        desk.vault->remove(u"bozza:p1"_s);
        QVERIFY(!desk.vault->read(u"bozza:p1"_s));
    }

    void whatIsWrittenBeforeTheKeychainAnswersIsKeptToo()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.vault->write(u"a"_s, "1");
        desk.vault->write(u"b"_s, "1");
        desk.vault = std::make_unique<Vault>(desk.tokens, desk.dir.filePath(u"archivio"_s));
        QSignalSpy opened(desk.vault.get(), &Vault::opened);
        desk.vault->open(kOwner);
        desk.vault->write(u"a"_s, "2");
        desk.vault->remove(u"b"_s);
        QVERIFY(opened.wait(1000));
        QVERIFY(desk.openAgain());
        QCOMPARE(desk.read(u"a"_s), QByteArray("2"));
        QVERIFY(!desk.vault->read(u"b"_s));
    }

    void nothingOnTheDiskCanBeRead()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.vault->write(u"bozza:pratica-segreta"_s, "Motivazione segreta di Mario Rossi");
        const QByteArray bytes = desk.onDisk();
        QVERIFY(bytes.size() > 100);
        for (const char* word : {"segreta", "Mario", "bozza", "operatore", "rovereto", "chiave"})
            QVERIFY2(!bytes.contains(word), word);
        for (const QString& token : desk.tokens.tokens)
            QVERIFY(!bytes.contains(QByteArray::fromBase64(token.toLatin1())));
    }

    void theFilesAreTheirOwnersAlone()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.vault->write(u"a"_s, "b");
        QVERIFY(!desk.files().isEmpty());
        for (const QFileInfo& file : desk.files())
            QVERIFY2(
                !(file.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)),
                qPrintable(file.fileName()));
    }

    void withAnotherKeyItIsEmpty()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.vault->write(u"a"_s, "b");
        for (QString& token : desk.tokens.tokens)
            token = QString::fromLatin1(QByteArray(32, 'k').toBase64());
        QVERIFY(desk.openAgain());
        QVERIFY(!desk.vault->read(u"a"_s));
        desk.vault->write(u"a"_s, "c");
        QVERIFY(desk.openAgain());
        QCOMPARE(desk.read(u"a"_s), QByteArray("c"));
    }

    void aKeyringUnlockedLateKeepsItsOldKey()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.vault->write(u"bozza:p1"_s, "Manca la firma");
        desk.vault.reset();
        desk.tokens.locked = true;
        QVERIFY(desk.openAgain());
        QCOMPARE(desk.read(u"bozza:p1"_s), QByteArray("Manca la firma"));
        QCOMPARE(desk.tokens.tokens.size(), 1);
    }

    void logoutLeavesNeitherFileNorKey()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.vault->write(u"a"_s, "b");
        desk.vault->erase();
        QVERIFY(desk.files().isEmpty());
        QVERIFY(desk.tokens.tokens.isEmpty());
        QVERIFY(!desk.vault->read(u"a"_s));
    }

    void withoutAKeychainItLivesInMemory()
    {
        Desk desk;
        desk.tokens.broken = true;
        QVERIFY(desk.open());
        QVERIFY(!desk.vault->isLasting());
        desk.vault->write(u"a"_s, "b");
        QCOMPARE(desk.read(u"a"_s), QByteArray("b"));
        QVERIFY(desk.files().isEmpty());
        QVERIFY(desk.openAgain());
        QVERIFY(!desk.vault->read(u"a"_s));
    }

    void aFileThatIsNoDatabaseIsMadeAnew()
    {
        Desk desk;
        QVERIFY(desk.open());
        const QString path = desk.files().first().filePath();
        desk.vault.reset();
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(4096, 'x'));
        file.close();
        QVERIFY(desk.openAgain());
        desk.vault->write(u"a"_s, "b");
        QCOMPARE(desk.read(u"a"_s), QByteArray("b"));
    }

    void eachOperatorHasTheirOwn()
    {
        Desk desk;
        QVERIFY(desk.open());
        desk.vault->write(u"a"_s, "b");
        QSignalSpy opened(desk.vault.get(), &Vault::opened);
        desk.vault->open(u"https://servizi.example.it/rovereto|operatore2"_s);
        QVERIFY(!desk.vault->read(u"a"_s));
        QVERIFY(opened.wait(1000));
        QVERIFY(!desk.vault->read(u"a"_s));
    }
};

QTEST_GUILESS_MAIN(TestVault)
#include "test_vault.moc"
