#include "server/gateways/carte/aggiornamento.h"

#include "server/gateways/carte/revoche.h"
#include "server/gateways/saml/elenco_fiducia.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace sdc::gateways::carte {
namespace {

constexpr std::size_t kLargestElenco = 16UL * 1024 * 1024;
/// A region's list of all the health cards that it ever took back.
constexpr std::size_t kLargestRevoche = 64UL * 1024 * 1024;
constexpr std::chrono::minutes kTolerance{5};

std::string pemText(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw std::runtime_error("il file " + file.string() + " non si può leggere");
    return {std::istreambuf_iterator<char>(stream), {}};
}

void fetchElenco(const ConfigCarte& config, const Archivio& archivio, const Scarica& scarica, Instant now)
{
    const auto before = archivio.elenco();
    const auto elenco = saml::readElencoFiducia(scarica(config.tslUrl, kLargestElenco), pemText(config.tslCertificati));
    if (elenco.prossimo <= now)
        throw NonValida("l'elenco di fiducia è scaduto");
    if (before && elenco.numero < before->numero)
        throw NonValida("l'elenco di fiducia è più vecchio di quello che c'è già");
    if (elenco.autorita.empty())
        throw NonValida("l'elenco di fiducia non nomina alcuna autorità delle carte");
    archivio.save({elenco.numero, elenco.autorita, elenco.prossimo});
}

std::vector<std::string> knownAutorita(const ConfigCarte& config, const Archivio& archivio)
{
    std::vector<std::string> all;
    if (!config.fiducia.empty())
        all = Archivio::readAutorita(config.fiducia);
    if (const auto elenco = archivio.elenco())
        all.insert(all.end(), elenco->autorita.begin(), elenco->autorita.end());
    return all;
}

std::vector<std::string> addresses(const ConfigCarte& config, const Archivio& archivio)
{
    std::vector<std::string> all = config.crl;
    for (const std::string& url : archivio.punti()) {
        if (std::find(all.begin(), all.end(), url) == all.end())
            all.push_back(url);
    }
    return all;
}

class Giro
{
public:
    Giro(const Archivio& archivio, const Scarica& scarica, std::vector<std::string> autorita, Instant now)
        : archivio_(archivio),
          scarica_(scarica),
          autorita_(std::move(autorita)),
          now_(now)
    {
    }

    /// True where what came is newer than what was here.
    bool fetch(const std::string& url)
    {
        const Revoche fresh = readRevoche(scarica_(url, kLargestRevoche), autorita_);
        if (fresh.prossima <= now_)
            throw NonValida("la lista delle revoche è scaduta");
        if (fresh.fatta > now_ + kTolerance)
            throw NonValida("la lista delle revoche viene dal futuro");
        const auto before = kept(url);
        // An old list, still good by its dates, would give a card back that was revoked since.
        if (before && fresh.fatta < before->fatta)
            throw NonValida("la lista delle revoche è più vecchia di quella che c'è già");
        if (before && fresh.der == before->der)
            return false;
        archivio_.saveRevoche(url, fresh.der);
        return true;
    }

    /// What is here from that address, where it can still be believed.
    std::optional<Revoche> kept(const std::string& url) const
    {
        const auto bytes = archivio_.revoche(url);
        try {
            return bytes ? std::optional{readRevoche(*bytes, autorita_)} : std::nullopt;
        } catch (const NonValida&) {
            return std::nullopt;
        }
    }

private:
    const Archivio& archivio_;
    const Scarica& scarica_;
    std::vector<std::string> autorita_;
    Instant now_;
};

void tryElenco(const ConfigCarte& config, const Archivio& archivio, const Scarica& scarica, Instant now,
               Rapporto& rapporto)
{
    try {
        fetchElenco(config, archivio, scarica, now);
        rapporto.novita.emplace_back("elenco di fiducia aggiornato");
    } catch (const std::exception& error) {
        rapporto.guasti.push_back(config.tslUrl + ": " + error.what());
    }
}

}

Rapporto aggiorna(const ConfigCarte& config, const Archivio& archivio, const Scarica& scarica, Instant now)
{
    Rapporto rapporto;
    if (!config.tslUrl.empty())
        tryElenco(config, archivio, scarica, now, rapporto);
    Giro giro(archivio, scarica, knownAutorita(config, archivio), now);
    for (const std::string& url : addresses(config, archivio)) {
        try {
            if (giro.fetch(url))
                rapporto.novita.push_back("revoche aggiornate: " + url);
        } catch (const std::exception& error) {
            const auto kept = giro.kept(url);
            const char* still = kept && kept->prossima > now ? " (vale ancora la copia che c'è)"
                                                             : " (le sue carte non si possono verificare)";
            rapporto.guasti.push_back(url + ": " + error.what() + still);
        }
        if (const auto kept = giro.kept(url))
            rapporto.prossima = std::min(rapporto.prossima.value_or(kept->prossima), kept->prossima);
    }
    return rapporto;
}

}
