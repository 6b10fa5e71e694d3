#include "server/store/files.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QTest>

#include <fstream>
#include <iterator>

using namespace sdc;
using tests::Folder;
using tests::q;

namespace {

// FIPS 180-4: the examples of SHA-256.
constexpr auto kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr auto kNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const std::filesystem::path& path, const std::string& content)
{
    std::ofstream(path, std::ios::binary) << content;
}

}

class TestFiles : public QObject
{
    Q_OBJECT

private slots:
    void hashesAsTheStandardSays()
    {
        const Folder folder;
        QCOMPARE(q(store::sha256OfText("abc")), q(kAbc));
        QCOMPARE(q(store::sha256OfText("")), q(kNothing));
        QCOMPARE(q(store::sha256OfFile(folder.write("abc", "abc"))), q(kAbc));
        QCOMPARE(q(store::sha256OfFile(folder.write("vuoto", ""))), q(kNothing));
        const std::string large(300'000, 'x');
        QCOMPARE(q(store::sha256OfFile(folder.write("grande", large))), q(store::sha256OfText(large)));
        QVERIFY_EXCEPTION_THROWN(store::sha256OfFile(folder.path() / "assente"), std::exception);
    }

    void aFileTakenInLiesUnderItsHash()
    {
        const Folder folder;
        const store::Files files(folder.path() / "allegati");
        const auto temporary = files.temporary();
        QVERIFY(temporary != files.temporary());
        write(temporary, "abc");
        files.adopt(files.hold(), temporary, kAbc);
        QVERIFY(!std::filesystem::exists(temporary));
        QCOMPARE(q(contentOf(files.path(kAbc))), q("abc"));
    }

    void theSameContentIsKeptOnce()
    {
        const Folder folder;
        const store::Files files(folder.path() / "allegati");
        for (int i = 0; i < 2; ++i) {
            const auto temporary = files.temporary();
            write(temporary, "abc");
            files.adopt(files.hold(), temporary, kAbc);
        }
        QCOMPARE(q(contentOf(files.path(kAbc))), q("abc"));
        QVERIFY(std::filesystem::is_empty(folder.path() / "allegati" / "tmp"));
    }

    void whatNoRowNamesIsSweptAwayUnlessSomebodyHolds()
    {
        const Folder folder;
        const store::Files files(folder.path() / "allegati");
        const auto take = [&](const std::string& content) {
            const auto temporary = files.temporary();
            write(temporary, content);
            const std::string sha256 = store::sha256OfFile(temporary);
            files.adopt(files.hold(), temporary, sha256);
            return sha256;
        };
        const std::string named = take("abc");
        // Found by trying: its SHA-256 begins with "ba" like that of "abc".
        const std::string unnamed = take("orfano 166");
        QCOMPARE(q(unnamed.substr(0, 2)), q(named.substr(0, 2)));
        const auto namedIn = [&](const std::string& prefix) {
            return prefix == "ba" ? std::vector<std::string>{named} : std::vector<std::string>{};
        };
        {
            const store::Hold hold = files.hold();
            QVERIFY(!files.sweep(0xba, namedIn));
        }
        QCOMPARE(files.sweep(0xbb, namedIn), std::optional{0});
        QVERIFY(std::filesystem::exists(files.path(unnamed)));
        QCOMPARE(files.sweep(0xba, namedIn), std::optional{1});
        QVERIFY(std::filesystem::exists(files.path(named)));
        QVERIFY(!std::filesystem::exists(files.path(unnamed)));
    }

    void temporaryFilesOfYesterdayAreSweptAway()
    {
        const Folder folder;
        const store::Files files(folder.path() / "allegati");
        const auto old = files.temporary();
        const auto fresh = files.temporary();
        write(old, "interrotto");
        write(fresh, "in arrivo");
        std::filesystem::last_write_time(old, std::filesystem::file_time_type::clock::now() - std::chrono::hours{25});
        files.sweep(0, [](const std::string&) { return std::vector<std::string>{}; });
        QVERIFY(!std::filesystem::exists(old));
        QVERIFY(std::filesystem::exists(fresh));
    }
};

QTEST_GUILESS_MAIN(TestFiles)
#include "test_files.moc"
