#include "server/gateways/carte/aggiornamento.h"
#include "server/gateways/carte/fiducia.h"
#include "server/gateways/carte/revoche.h"
#include "server/gateways/saml/elenco_fiducia.h"
#include "server/gateways/saml/rifiutata.h"
#include "server/gateways/scarico.h"
#include "server/jobs/carte.h"
#include "tests/support/autorita_carte.h"
#include "tests/support/makers.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <array>
#include <map>
#include <thread>

using namespace sdc;
using namespace std::chrono_literals;
using namespace sdc::gateways::carte;
using tests::AutoritaCarte;
using tests::CoppiaPem;
using tests::Folder;
using tests::instant;
using tests::q;
using tests::Tessera;

namespace {

constexpr const char* kUrl = "http://ca.example/revoche.crl";

Instant now()
{
    return instant("2026-11-23T10:00:00Z");
}

const AutoritaCarte& trusted()
{
    static const AutoritaCarte autorita("CA di prova", now());
    return autorita;
}
const AutoritaCarte& unknown()
{
    static const AutoritaCarte autorita("CA di prova", now());
    return autorita;
}

const CoppiaPem& card()
{
    static const CoppiaPem coppia = [] {
        Tessera tessera;
        tessera.da = now() - 24h;
        tessera.fino = now() + 24h * 3650;
        tessera.revoche = kUrl;
        return trusted().issue(tessera);
    }();
    return coppia;
}

const CoppiaPem& otherCard()
{
    static const CoppiaPem coppia = [] {
        Tessera tessera;
        tessera.nomiComuni = {"BNCGLI85C52L378P/6090010000000002.B="};
        tessera.da = now() - 24h;
        tessera.fino = now() + 24h * 365;
        tessera.revoche = kUrl;
        return trusted().issue(tessera);
    }();
    return coppia;
}

std::string derOf(const std::string& pem)
{
    const QByteArray base64 = QByteArray::fromStdString(pem)
                                  .replace("-----BEGIN CERTIFICATE-----", "")
                                  .replace("-----END CERTIFICATE-----", "");
    return QByteArray::fromBase64(base64).toStdString();
}

/// What the outside answers, by address.
struct Mondo
{
    std::map<std::string, std::string> pages;
    std::vector<std::string> asked;

    Scarica scarica()
    {
        return [this](const std::string& url, std::size_t most) {
            asked.push_back(url);
            const auto found = pages.find(url);
            if (found == pages.end())
                throw std::runtime_error("il server risponde 404");
            if (found->second.size() > most)
                throw std::runtime_error("il file è troppo grande");
            return found->second;
        };
    }
};

struct Casa
{
    Casa() { config.fiducia = folder.write("ca.pem", trusted().certificato()); }

    Fiducia fiducia(bool senzaRevoche = false) const { return {archivio, config.fiducia, senzaRevoche}; }

    Folder folder;
    Archivio archivio{folder.path() / "carte"};
    ConfigCarte config;
    Mondo mondo;
};

std::string wordOf(const Riconoscimento& esito)
{
    const auto* motivo = std::get_if<Motivo>(&esito);
    return motivo ? std::string{name(*motivo)} : std::get<Identita>(esito).codiceFiscale;
}

#define COMPARE_WORD(esito, expected) QCOMPARE(q(wordOf(esito)), QString::fromUtf8(expected))

/// A server for one answer, a piece at a time.
class Lento
{
public:
    explicit Lento(std::string answer, std::chrono::milliseconds pause)
        : socket_(Poco::Net::SocketAddress("127.0.0.1", 0)),
          thread_([this, answer = std::move(answer), pause](const std::stop_token& stop) {
              auto client = socket_.acceptConnection();
              // Who closes on what it has not read resets the line, and its answer is lost.
              std::array<char, 4096> request{};
              client.receiveBytes(request.data(), static_cast<int>(request.size()));
              for (std::size_t at = 0; at < answer.size() && !stop.stop_requested(); ++at) {
                  try {
                      if (client.sendBytes(answer.data() + at, 1, MSG_NOSIGNAL) <= 0)
                          return;
                  } catch (const std::exception&) {
                      return;
                  }
                  std::this_thread::sleep_for(pause);
              }
          })
    {
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(socket_.address().port()) + "/x"; }

private:
    Poco::Net::ServerSocket socket_;
    std::jthread thread_;
};

// The trust list

struct Firmatario
{
    Folder folder;
    std::string certificato;
    std::filesystem::path chiave;

    Firmatario()
    {
        const AutoritaCarte autorita("AgID di prova", now());
        certificato = autorita.certificato();
        chiave = folder.write("tsl.key", autorita.pem().chiave);
    }

    /// Signed by a program that is none of ours: xmlsec1.
    std::string sign(const std::string& xml) const
    {
        const auto file = folder.write("tsl.xml", xml);
        QProcess process;
        process.start(QStringLiteral("xmlsec1"),
                      {QStringLiteral("--sign"), QStringLiteral("--privkey-pem"), q(chiave.string()),
                       QStringLiteral("--id-attr:Id"),
                       QStringLiteral("http://uri.etsi.org/01903/v1.3.2#:SignedProperties"), q(file.string())});
        process.waitForFinished(20000);
        if (process.exitCode() != 0)
            throw std::runtime_error(process.readAllStandardError().toStdString());
        return process.readAllStandardOutput().toStdString();
    }
};

const Firmatario& agid()
{
    static const Firmatario firmatario;
    return firmatario;
}

std::string service(const std::string& pem, const std::string& type, const std::string& status)
{
    const std::string base64 = QByteArray::fromStdString(derOf(pem)).toBase64().toStdString();
    return "<TSPService><ServiceInformation><ServiceTypeIdentifier>" + type +
           "</ServiceTypeIdentifier><ServiceDigitalIdentity><DigitalId><X509Certificate>" + base64 +
           "</X509Certificate></DigitalId></ServiceDigitalIdentity><ServiceStatus>" + status +
           "</ServiceStatus></ServiceInformation></TSPService>";
}

constexpr const char* kIdv = "http://uri.etsi.org/TrstSvc/Svctype/IdV";
constexpr const char* kGood = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/recognisedatnationallevel";

std::string elenco(int numero, const std::string& services, const std::string& next = "2027-05-01T00:00:00Z")
{
    const std::string exclusive = R"(<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>)";
    const std::string digest =
        R"(<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/>)";
    return R"(<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" TSLTag="http://uri.etsi.org/19612/TSLTag"><SchemeInformation><TSLSequenceNumber>)" +
           std::to_string(numero) + "</TSLSequenceNumber><NextUpdate><dateTime>" + next +
           "</dateTime></NextUpdate></SchemeInformation><TrustServiceProviderList><TrustServiceProvider><TSPServices>" +
           services +
           R"(</TSPServices></TrustServiceProvider></TrustServiceProviderList><ds:Signature Id="s"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>)" +
           exclusive + "</ds:Transforms>" + digest +
           R"(</ds:Reference><ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#p"><ds:Transforms>)" +
           exclusive + "</ds:Transforms>" + digest +
           R"(</ds:Reference></ds:SignedInfo><ds:SignatureValue/><ds:Object><xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#s"><xades:SignedProperties Id="p"><xades:SignedSignatureProperties><xades:SigningTime>2026-11-01T00:00:00Z</xades:SigningTime></xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties></ds:Object></ds:Signature></TrustServiceStatusList>)";
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    if (at == std::string::npos)
        throw std::logic_error("not there: " + from);
    return text.replace(at, from.size(), to);
}

}

class TestCarte : public QObject
{
    Q_OBJECT

private slots:
    // The subject of a true TS-CNS, as OpenSSL prints it, is "SN=...,GN=...,CN=CODE/NUMBER.HASH=,...".
    void aCardSaysWhoItsBearerIs()
    {
        const auto esito = readCarta(derOf(card().certificato));
        const auto* identita = std::get_if<Identita>(&esito);
        QVERIFY(identita != nullptr);
        QCOMPARE(q(identita->codiceFiscale), QStringLiteral("RSSMRA72H25H612H"));
        QCOMPARE(q(identita->nome), QStringLiteral("MARIO"));
        QCOMPARE(q(identita->cognome), QStringLiteral("ROSSI"));
        QVERIFY(identita->metodo == MetodoAccesso::Carta);
        QCOMPARE(identita->livello, 3);
        COMPARE_WORD(readCarta("no certificate"), "illeggibile");
        COMPARE_WORD(readCarta(derOf(card().certificato) + "x"), "illeggibile");
    }

    void withoutAListNobodyIsLetInUnlessTheAdministratorSaysSo()
    {
        const Casa casa;
        Fiducia strict = casa.fiducia();
        COMPARE_WORD(strict.check(derOf(card().certificato), now()), "revoche non conosciute");
        Fiducia tolerant = casa.fiducia(true);
        COMPARE_WORD(tolerant.check(derOf(card().certificato), now()), "RSSMRA72H25H612H");
    }

    void aCardNamesItsListAndTheNextRoundFetchesIt()
    {
        Casa casa;
        Fiducia fiducia = casa.fiducia();
        QVERIFY(!fiducia.takeWish());
        fiducia.check(derOf(card().certificato), now());
        QVERIFY(fiducia.takeWish());
        QVERIFY(!fiducia.takeWish());
        casa.mondo.pages[kUrl] = trusted().revoche({}, now() - 1h, now() + 24h);
        const auto rapporto = aggiorna(casa.config, casa.archivio, casa.mondo.scarica(), now());
        QVERIFY(rapporto.guasti.empty());
        QVERIFY(rapporto.prossima == now() + 24h);
        QVERIFY(fiducia.reread());
        COMPARE_WORD(fiducia.check(derOf(card().certificato), now()), "RSSMRA72H25H612H");
    }

    void whatAStrangersCardNamesIsNotFetched()
    {
        Casa casa;
        Fiducia fiducia = casa.fiducia();
        Tessera tessera;
        tessera.da = now() - 24h;
        tessera.fino = now() + 24h;
        tessera.revoche = "http://127.0.0.1:1/dentro";
        COMPARE_WORD(fiducia.check(derOf(unknown().issue(tessera).certificato), now()), "autorità non riconosciuta");
        QVERIFY(!fiducia.takeWish());
        aggiorna(casa.config, casa.archivio, casa.mondo.scarica(), now());
        QVERIFY(casa.mondo.asked.empty());
    }

    void aNewListTakesACardBackAndAForgedOneDoesNot()
    {
        Casa casa;
        casa.config.crl = {kUrl};
        Fiducia fiducia = casa.fiducia();
        const auto round = [&](const std::string& list) {
            casa.mondo.pages[kUrl] = list;
            const auto rapporto = aggiorna(casa.config, casa.archivio, casa.mondo.scarica(), now());
            fiducia.reread();
            return rapporto;
        };
        const std::string der = derOf(card().certificato);
        QVERIFY(round(trusted().revoche({}, now() - 2h, now() + 24h)).guasti.empty());
        COMPARE_WORD(fiducia.check(der, now()), "RSSMRA72H25H612H");
        // Same name, another key.
        QCOMPARE(round(unknown().revoche({card().certificato}, now() - 1h, now() + 24h)).guasti.size(), 1UL);
        COMPARE_WORD(fiducia.check(der, now()), "RSSMRA72H25H612H");
        const std::string good = trusted().revoche({card().certificato}, now() - 1h, now() + 24h);
        std::string altered = good;
        altered.back() = static_cast<char>(altered.back() ^ 1);
        QCOMPARE(round(altered).guasti.size(), 1UL);
        QCOMPARE(round(good.substr(0, good.size() / 2)).guasti.size(), 1UL);
        QCOMPARE(round("<html>404</html>").guasti.size(), 1UL);
        COMPARE_WORD(fiducia.check(der, now()), "RSSMRA72H25H612H");
        QVERIFY(round(good).guasti.empty());
        COMPARE_WORD(fiducia.check(der, now()), "revocata");
        // The list of before, still good by its dates: it would give the card back.
        QCOMPARE(round(trusted().revoche({}, now() - 2h, now() + 24h)).guasti.size(), 1UL);
        COMPARE_WORD(fiducia.check(der, now()), "revocata");
        // The network is gone: the last good copy stands, then runs out.
        casa.mondo.pages.clear();
        const auto rapporto = aggiorna(casa.config, casa.archivio, casa.mondo.scarica(), now());
        QVERIFY(rapporto.guasti.at(0).find("vale ancora la copia") != std::string::npos);
        // What it says of a card holds; of the others nobody knows any more.
        COMPARE_WORD(fiducia.check(der, now() + 25h), "revocata");
        COMPARE_WORD(fiducia.check(derOf(otherCard().certificato), now()), "BNCGLI85C52L378P");
        COMPARE_WORD(fiducia.check(derOf(otherCard().certificato), now() + 25h), "revoche non conosciute");
        const auto later = aggiorna(casa.config, casa.archivio, casa.mondo.scarica(), now() + 25h);
        QVERIFY(later.guasti.at(0).find("non si possono verificare") != std::string::npos);
        // Also the tolerant believe what an old list says of a card.
        Fiducia tolerant = casa.fiducia(true);
        COMPARE_WORD(tolerant.check(der, now() + 25h), "revocata");
    }

    void listsOutOfTimeAreNotTaken()
    {
        Casa casa;
        casa.config.crl = {kUrl};
        for (const auto& [made, next] : {std::pair{now() - 48h, now() - 1h}, std::pair{now() + 1h, now() + 24h}}) {
            casa.mondo.pages[kUrl] = trusted().revoche({}, made, next);
            QCOMPARE(aggiorna(casa.config, casa.archivio, casa.mondo.scarica(), now()).guasti.size(), 1UL);
            QVERIFY(!casa.archivio.revoche(kUrl));
        }
    }

    void anExpiredCardIsToldSoWhateverIsKnownOfItsRevocation()
    {
        const Casa casa;
        Fiducia fiducia = casa.fiducia();
        COMPARE_WORD(fiducia.check(derOf(card().certificato), now() + 24h * 3651), "scaduta");
    }

    void theFileOnDiskIsNotBelievedByItself()
    {
        const Casa casa;
        casa.archivio.saveRevoche(kUrl, unknown().revoche({}, now() - 1h, now() + 24h));
        Fiducia fiducia = casa.fiducia();
        COMPARE_WORD(fiducia.check(derOf(card().certificato), now()), "revoche non conosciute");
    }

    void theJobTellsFaultsAndThatTheyAreOver()
    {
        Casa casa;
        casa.config.crl = {kUrl};
        Fiducia fiducia = casa.fiducia();
        auto steady = std::chrono::steady_clock::time_point{};
        Misure misure([&] { return steady; });
        int renewed = 0;
        const jobs::MezziCarte mezzi{casa.config, fiducia, casa.mondo.scarica(), now, [&] { ++renewed; }};
        jobs::refreshCarte(mezzi, misure);
        QCOMPARE(misure.guasti.lasting().size(), 1UL);
        casa.mondo.pages[kUrl] = trusted().revoche({}, now() - 1h, now() + 24h);
        steady += 2min;
        jobs::refreshCarte(mezzi, misure);
        QVERIFY(misure.guasti.lasting().empty());
        QCOMPARE(renewed, 1);
        COMPARE_WORD(fiducia.check(derOf(card().certificato), now()), "RSSMRA72H25H612H");
    }

    void theThreadFetchesWhatACardAsksFor()
    {
        Casa casa;
        casa.mondo.pages[kUrl] = trusted().revoche({}, now() - 1h, now() + 24h);
        Fiducia fiducia = casa.fiducia();
        Misure misure(&std::chrono::steady_clock::now);
        const jobs::LavoroCarte lavoro({casa.config, fiducia, casa.mondo.scarica(), now, [] {}}, misure);
        COMPARE_WORD(fiducia.check(derOf(card().certificato), now()), "revoche non conosciute");
        QTRY_VERIFY_WITH_TIMEOUT(std::holds_alternative<Identita>(fiducia.check(derOf(card().certificato), now())),
                                 30000);
    }

    void theTrustListNamesAuthorities()
    {
        Casa casa;
        casa.config.fiducia.clear();
        casa.config.tslUrl = "https://tl.example/TSL-IT.xml";
        casa.config.tslCertificati = casa.folder.write("agid.pem", unknown().certificato() + agid().certificato);
        casa.archivio.saveRevoche(kUrl, trusted().revoche({}, now() - 1h, now() + 24h));
        Fiducia fiducia = casa.fiducia();
        COMPARE_WORD(fiducia.check(derOf(card().certificato), now()), "autorità non riconosciuta");
        const auto round = [&](const std::string& list) {
            casa.mondo.pages[casa.config.tslUrl] = list;
            const auto rapporto = aggiorna(casa.config, casa.archivio, casa.mondo.scarica(), now());
            fiducia.reread();
            return rapporto.guasti.size();
        };
        const std::string good = service(trusted().certificato(), kIdv, kGood);
        // Other services, and those that are recognised no more, make nobody trusted.
        const std::string wrong =
            service(unknown().certificato(), "http://uri.etsi.org/TrstSvc/Svctype/CA/QC", kGood) +
            service(unknown().certificato(), kIdv,
                    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/deprecatedatnationallevel");
        QCOMPARE(round(agid().sign(elenco(7, wrong + good))), 0UL);
        QCOMPARE(fiducia.autorita().size(), 1UL);
        COMPARE_WORD(fiducia.check(derOf(card().certificato), now()), "RSSMRA72H25H612H");
        // An older one, one that has run out, one without anybody: the last good one stays.
        QCOMPARE(round(agid().sign(elenco(6, wrong))), 1UL);
        QCOMPARE(round(agid().sign(elenco(8, good, "2026-01-01T00:00:00Z"))), 1UL);
        QCOMPARE(round(agid().sign(elenco(8, wrong))), 1UL);
        COMPARE_WORD(fiducia.check(derOf(card().certificato), now()), "RSSMRA72H25H612H");
    }

    void aTrustListThatIsNotSignedAsItMustBeIsRefused()
    {
        const std::string list = elenco(7, service(trusted().certificato(), kIdv, kGood));
        const std::string good = agid().sign(list);
        QCOMPARE(gateways::saml::readElencoFiducia(good, agid().certificato).numero, 7LL);
        const Firmatario stranger;
        const auto refused = [](const std::string& xml) {
            try {
                gateways::saml::readElencoFiducia(xml, agid().certificato);
                return false;
            } catch (const gateways::saml::Rifiutata&) {
                return true;
            }
        };
        QVERIFY(refused(list));
        QVERIFY(refused(stranger.sign(list)));
        QVERIFY(refused(replaced(good, ">7<", ">8<")));
        QVERIFY(refused(replaced(good, "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z")));
        QVERIFY(refused(
            replaced(good, "</TSPServices>", service(unknown().certificato(), kIdv, kGood) + "</TSPServices>")));
        QVERIFY(refused(
            replaced(good, "<TrustServiceStatusList", "<!DOCTYPE a [<!ENTITY b \"c\">]><TrustServiceStatusList")));
        QVERIFY(refused(good.substr(0, good.size() / 2)));
        QVERIFY(refused(""));
        // The signature covers its own properties alone, and what it is to cover stands beside it.
        const std::string wrapped =
            "<TrustServiceStatusList xmlns=\"http://uri.etsi.org/02231/v2#\">" + good + "</TrustServiceStatusList>";
        QVERIFY(refused(wrapped));
        // Signed by the right key, but not the whole.
        QVERIFY(refused(agid().sign(replaced(list, "URI=\"\"", "URI=\"#p\""))));
        QVERIFY(refused(agid().sign(replaced(list, "xmldsig-more#rsa-sha256", "xmldsig-more#rsa-sha224"))));
    }

    void whoAnswersAByteAtATimeIsCutOff()
    {
        const Lento lento("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + std::string(100000, 'x'), 20ms);
        QElapsedTimer timer;
        timer.start();
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, gateways::Scarico(2s).fetch(lento.url(), 200000));
        QVERIFY(timer.elapsed() < 8000);
    }

    void filesTooLargeAndOtherAnswersAreNotTaken()
    {
        const gateways::Scarico scarico(5s);
        const Lento large("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(3000, 'x'), 0ms);
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, scarico.fetch(large.url(), 1000));
        const Lento cut("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nxxx", 0ms);
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, scarico.fetch(cut.url(), 1000));
        const Lento elsewhere("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 0ms);
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, scarico.fetch(elsewhere.url(), 1000));
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, scarico.fetch("file:///etc/passwd", 1000));
        const Lento good("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", 0ms);
        QCOMPARE(q(scarico.fetch(good.url(), 1000)), QStringLiteral("abc"));
    }
};

QTEST_GUILESS_MAIN(TestCarte)
#include "test_carte.moc"
