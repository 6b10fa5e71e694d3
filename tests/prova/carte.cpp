#include "tests/prova/carte.h"

#include "core/base/text.h"
#include "server/cittadini_demo.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace sdc::prova {
namespace {

using namespace std::chrono_literals;
using tests::AutoritaCarte;
using tests::CoppiaPem;
using tests::Tessera;

constexpr const char* kPassword = "demo-stanza";
constexpr std::chrono::days kYears{3 * 365};

Instant clockNow()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string content(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const std::filesystem::path& file, const std::string& bytes)
{
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    stream << bytes;
    if (!stream.flush())
        throw std::runtime_error("Il file " + file.string() + " non si può scrivere.");
}

Tessera tesseraOf(const Identita& person, const std::string& base)
{
    Tessera tessera;
    tessera.nome = asciiUpper(person.nome);
    tessera.cognome = asciiUpper(person.cognome);
    tessera.nomiComuni = {person.codiceFiscale + "/6090010000000001.DEMODEMODEMODEMODEMODEMODEM="};
    tessera.da = clockNow() - 24h;
    tessera.fino = clockNow() + kYears;
    tessera.revoche = base + "/carte/revoche.crl";
    return tessera;
}

std::string fileName(const Identita& person)
{
    std::string name = person.nome + "-" + person.cognome;
    for (char& c : name)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == ' ' ? '-' : c;
    return name;
}

class Lista : public Poco::Net::HTTPRequestHandler
{
public:
    explicit Lista(std::string bytes) : bytes_(std::move(bytes)) {}

    void handleRequest(Poco::Net::HTTPServerRequest&, Poco::Net::HTTPServerResponse& response) override
    {
        response.setContentType("application/pkix-crl");
        response.sendBuffer(bytes_.data(), bytes_.size());
    }

private:
    std::string bytes_;
};

}

CarteDiProva::CarteDiProva(std::filesystem::path folder, const std::string& base) : folder_(std::move(folder))
{
    std::filesystem::create_directories(folder_);
    // Written last: where it is, all the rest is.
    if (!std::filesystem::exists(folder_ / "autorita.pem"))
        fill(base);
    if (!std::filesystem::exists(folder_ / "giscom.pem"))
        fillPartner();
    autorita_ = std::make_unique<AutoritaCarte>(
        CoppiaPem{content(folder_ / "autorita.pem"), content(folder_ / "autorita.key")});
}

void CarteDiProva::fill(const std::string& base) const
{
    const AutoritaCarte autorita("CA dimostrativa delle carte", clockNow());
    const auto save = [&](const std::string& name, const CoppiaPem& coppia, const AutoritaCarte& di) {
        write(folder_ / (name + ".p12"), tests::pkcs12Of(coppia, di.certificato(), kPassword));
    };
    const auto people = cittadiniDemo();
    for (const Identita& person : people)
        save(fileName(person), autorita.issue(tesseraOf(person, base)), autorita);
    Tessera tessera = tesseraOf(people.front(), base);
    const CoppiaPem revocata = autorita.issue(tessera);
    save("carta-revocata", revocata, autorita);
    write(folder_ / "carta-revocata.pem", revocata.certificato);
    const AutoritaCarte altra("Un'altra CA", clockNow());
    save("carta-di-altra-autorita", altra.issue(tessera), altra);
    tessera.da = clockNow() - kYears;
    tessera.fino = clockNow() - 24h;
    save("carta-scaduta", autorita.issue(tessera), autorita);
    const CoppiaPem server = autorita.issueServer(clockNow() - 24h, clockNow() + 24h * 365);
    write(folder_ / "server.pem", server.certificato);
    write(folder_ / "server.key", server.chiave);
    write(folder_ / "autorita.key", autorita.pem().chiave);
    write(folder_ / "autorita.pem", autorita.certificato());
}

void CarteDiProva::fillPartner() const
{
    Tessera tessera;
    tessera.nome = "GISCOM";
    tessera.cognome = "PARTNER";
    tessera.nomiComuni = {"giscom.esempio.it"};
    tessera.da = clockNow() - 24h;
    tessera.fino = clockNow() + 24h * 365;
    const CoppiaPem partner = AutoritaCarte("CA dimostrativa dei partner", clockNow()).issue(tessera);
    write(folder_ / "giscom.key", partner.chiave);
    write(folder_ / "giscom.pem", partner.certificato);
}

std::string CarteDiProva::revoche() const
{
    const Instant now = clockNow();
    return autorita_->revoche({content(folder_ / "carta-revocata.pem")}, now, now + 24h * 2);
}

Poco::Net::HTTPRequestHandler* PagineCarte::createRequestHandler(const Poco::Net::HTTPServerRequest& request)
{
    if (request.getURI() == "/carte/revoche.crl")
        return new Lista(carte_->revoche());
    return others_->createRequestHandler(request);
}

}
