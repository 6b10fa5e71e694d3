#include "server/sigilli.h"

#include <algorithm>

namespace sdc::sigilli {

std::string placeIn(const std::string& slug, const std::string& place)
{
    return slug + "/" + place;
}

store::Sealer sealer(const secrets::Cassaforte& cassaforte, const Ente& ente)
{
    return [&cassaforte, slug = ente.slug](const std::string& text, const std::string& place) {
        return cassaforte.seal(text, placeIn(slug, place));
    };
}

store::Sealer unsealer(const secrets::Cassaforte& cassaforte, const Ente& ente)
{
    return [&cassaforte, slug = ente.slug](const std::string& text, const std::string& place) {
        return cassaforte.unseal(text, placeIn(slug, place));
    };
}

store::Firmatario firmatario(const secrets::Cassaforte& cassaforte, const Ente& ente)
{
    return {[&cassaforte, slug = ente.slug](const std::string& text) { return cassaforte.sign(placeIn(slug, text)); },
            cassaforte.publicKey()};
}

store::IsSigned isSigned(const Config& config, const std::string& slug)
{
    std::vector<std::string> keys = config.chiaviPrecedenti;
    if (exists(config.chiave()))
        keys.push_back(secrets::Cassaforte(config.chiave()).publicKey());
    return [keys, slug](const store::PuntoFermo& punto) {
        return std::find(keys.begin(), keys.end(), punto.chiave) != keys.end() &&
               secrets::Cassaforte::verify(placeIn(slug, punto.text()), punto.firma, punto.chiave);
    };
}

}
