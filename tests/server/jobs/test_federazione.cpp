#include "server/jobs/federazione.h"
#include "tests/support/mondo_saml.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QTest>

#include <atomic>
#include <fstream>
#include <iterator>

using namespace sdc;
using namespace sdc::tests;

namespace {

std::string metadataOf(const std::string& entityId)
{
    return idpMetadata(entityId, "Gestore", entityId + "/sso", entityId + "/slo", chiaveIdp().certificato);
}

/// Signed as the federation's are, by `chiave`.
std::string federazione(const std::string& entityId, const gateways::saml::CoppiaChiave& chiave)
{
    const std::string xml = R"(<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_f">)" +
                            metadataOf(entityId) + "</md:EntitiesDescriptor>";
    return signElement(xml, "md:EntitiesDescriptor", chiave);
}

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

struct Luogo
{
    Folder folder;
    Config config;

    Luogo()
    {
        config.cartella = folder.path();
        config.spidFederazione = "https://registro.esempio.it/idp";
    }

    std::size_t fetch(const std::string& answer) const
    {
        return jobs::fetchFederazione(
            config, {chiaveAltrui().certificato}, [&](const std::string&, std::size_t) { return answer; }, samlNow());
    }
    gateways::FontiIdp fonti() const
    {
        return {jobs::fileFederazione(config), {chiaveAltrui().certificato}, {folder.path() / "idp"}, {}};
    }
};

}

class TestFederazione : public QObject
{
    Q_OBJECT

private slots:
    void aSignedListIsKept()
    {
        const Luogo luogo;
        QCOMPARE(luogo.fetch(federazione("https://uno.esempio.it", chiaveAltrui())), std::size_t{1});
        gateways::RegistroIdp registro(luogo.fonti());
        std::filesystem::create_directories(luogo.folder.path() / "idp");
        QVERIFY(registro.reload(samlNow()).empty());
        QVERIFY(registro.find("https://uno.esempio.it").has_value());
        QVERIFY(!registro.find("https://due.esempio.it").has_value());
    }

    void whatCannotBeBelievedLeavesTheCopyBefore_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::newRow("another's key") << q(federazione("https://male.esempio.it", chiaveIdp()));
        QTest::newRow("unsigned") << q(metadataOf("https://male.esempio.it"));
        QTest::newRow("an error page") << QStringLiteral("<html>502</html>");
        QTest::newRow("nothing") << QString();
    }

    void whatCannotBeBelievedLeavesTheCopyBefore()
    {
        QFETCH(QString, answer);
        const Luogo luogo;
        luogo.fetch(federazione("https://uno.esempio.it", chiaveAltrui()));
        const std::string before = contentOf(jobs::fileFederazione(luogo.config));
        QVERIFY_EXCEPTION_THROWN(luogo.fetch(answer.toStdString()), std::runtime_error);
        QCOMPARE(q(contentOf(jobs::fileFederazione(luogo.config))), q(before));
    }

    void whatAnAdministratorPutInPlaceIsNotReplaced()
    {
        const Luogo luogo;
        luogo.fetch(federazione("https://uno.esempio.it", chiaveAltrui()));
        std::filesystem::create_directories(luogo.folder.path() / "idp");
        std::ofstream(luogo.folder.path() / "idp" / "uno.xml")
            << idpMetadata("https://uno.esempio.it", "Di casa", "https://casa.esempio.it/sso",
                           "https://casa.esempio.it/slo", chiaveIdp().certificato);
        std::ofstream(luogo.folder.path() / "idp" / "rotto.xml") << "<non";
        gateways::RegistroIdp registro(luogo.fonti());
        QCOMPARE(registro.reload(samlNow()).size(), std::size_t{1});
        QCOMPARE(q(registro.find("https://uno.esempio.it")->nome), q("Di casa"));
        QCOMPARE(registro.all().size(), std::size_t{1});
    }

    void theThreadFetchesAndReadsByItself()
    {
        const Luogo luogo;
        std::filesystem::create_directories(luogo.folder.path() / "idp");
        gateways::RegistroIdp registro(luogo.fonti());
        registro.reload(samlNow());
        QVERIFY(registro.all().empty());
        Misure misure(&std::chrono::steady_clock::now);
        std::atomic<int> asked = 0;
        const jobs::LavoroFederazione lavoro({luogo.config, registro,
                                              [&](const std::string& url, std::size_t) {
                                                  ++asked;
                                                  return url == "https://registro.esempio.it/idp"
                                                             ? federazione("https://uno.esempio.it", chiaveAltrui())
                                                             : std::string{};
                                              },
                                              samlNow},
                                             misure);
        QTRY_VERIFY_WITH_TIMEOUT(registro.find("https://uno.esempio.it").has_value(), 10000);
        QCOMPARE(asked.load(), 1);
    }
};

QTEST_GUILESS_MAIN(TestFederazione)
#include "test_federazione.moc"
