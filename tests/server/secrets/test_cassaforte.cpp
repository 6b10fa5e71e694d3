#include "server/secrets/cassaforte.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QtTest>

#include <fstream>
#include <thread>

namespace sdc::tests {

using secrets::Cassaforte;

class TestCassaforte : public QObject
{
    Q_OBJECT

private slots:
    void opensWithTheSameKeyAtTheSamePlaceAlone()
    {
        const Folder folder;
        const Cassaforte here(folder.path() / "chiave");
        const std::string sealed = here.seal("città segreta", "operatore:1");
        QVERIFY(sealed.find("segreta") == std::string::npos);
        QVERIFY(sealed != here.seal("città segreta", "operatore:1"));
        QCOMPARE(q(Cassaforte(folder.path() / "chiave").unseal(sealed, "operatore:1")), q("città segreta"));
        QVERIFY_EXCEPTION_THROWN(here.unseal(sealed, "operatore:2"), std::runtime_error);
        QVERIFY_EXCEPTION_THROWN(here.unseal("", "operatore:1"), std::runtime_error);
        QVERIFY_EXCEPTION_THROWN(Cassaforte(folder.path() / "altra").unseal(sealed, "operatore:1"), std::runtime_error);
    }

    void refusesWhatWasAltered()
    {
        const Folder folder;
        const Cassaforte here(folder.path() / "chiave");
        const std::string sealed = here.seal("testo", "luogo");
        for (std::size_t i = 0; i < sealed.size() - 1; ++i) {
            std::string altered = sealed;
            altered[i] = altered[i] == 'A' ? 'B' : 'A';
            QVERIFY_EXCEPTION_THROWN(here.unseal(altered, "luogo"), std::runtime_error);
        }
    }

    // RFC 8032, 7.1, test 1 and test 2.
    void verifiesSignaturesAsTheRfcMakesThem()
    {
        const std::string key1 = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        const std::string signature1 = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                                       "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
        QVERIFY(Cassaforte::verify("", signature1, key1));
        QVERIFY(!Cassaforte::verify("x", signature1, key1));
        QVERIFY(!Cassaforte::verify("", signature1.substr(2), key1));
        QVERIFY(!Cassaforte::verify("", signature1, ""));
    }

    void signsAsItself()
    {
        const Folder folder;
        const Cassaforte here(folder.path() / "chiave");
        const Cassaforte other(folder.path() / "altra");
        const std::string signature = here.sign("fino alla riga 12");
        QVERIFY(Cassaforte::verify("fino alla riga 12", signature, here.publicKey()));
        QVERIFY(!Cassaforte::verify("fino alla riga 13", signature, here.publicKey()));
        QVERIFY(!Cassaforte::verify("fino alla riga 12", signature, other.publicKey()));
    }

    void keepsTheKeyForItsUserAlone()
    {
        const Folder folder;
        const Cassaforte here(folder.path() / "nuova" / "chiave");
        const auto rights = std::filesystem::status(folder.path() / "nuova" / "chiave").permissions();
        QCOMPARE(static_cast<int>(rights), 0600);
    }

    void refusesAFileThatIsNoKey()
    {
        const Folder folder;
        for (const char* text : {"", "abc", "zz"}) {
            std::ofstream(folder.path() / "chiave") << text;
            QVERIFY_EXCEPTION_THROWN(Cassaforte{folder.path() / "chiave"}, std::runtime_error);
        }
    }

    void makesOneKeyWhenManyBeginAtOnce()
    {
        const Folder folder;
        std::array<std::string, 8> keys;
        {
            std::vector<std::jthread> all;
            for (auto& key : keys)
                all.emplace_back([&] { key = Cassaforte(folder.path() / "chiave").publicKey(); });
        }
        for (const auto& key : keys)
            QCOMPARE(q(key), q(keys[0]));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
    }
};

}

QTEST_GUILESS_MAIN(sdc::tests::TestCassaforte)
#include "test_cassaforte.moc"
