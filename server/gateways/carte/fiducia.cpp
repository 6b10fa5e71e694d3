#include "server/gateways/carte/fiducia.h"

#include "server/gateways/carte/openssl.h"
#include "server/gateways/carte/revoche.h"

#include <algorithm>
#include <stdexcept>

namespace sdc::gateways::carte {
namespace {

/// Keys of 112 bits of strength at least: RSA of 2048, no SHA-1.
constexpr int kStrength = 2;

bool isIgnorance(int error)
{
    return error == X509_V_ERR_UNABLE_TO_GET_CRL || error == X509_V_ERR_CRL_HAS_EXPIRED ||
           error == X509_V_ERR_CRL_NOT_YET_VALID || error == X509_V_ERR_CRL_SIGNATURE_FAILURE ||
           error == X509_V_ERR_DIFFERENT_CRL_SCOPE || error == X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE;
}

/// Where ignorance is admitted; a list that has run out may still name the card.
int goOn(int ok, X509_STORE_CTX* context)
{
    if (ok != 1 && isIgnorance(X509_STORE_CTX_get_error(context))) {
        X509_STORE_CTX_set_error(context, X509_V_OK);
        return 1;
    }
    return ok;
}

enum class Revocazioni { Rigorose, Tolleranti, Nessuna };

/// OpenSSL's X509_V_... of a certificate that one of the store's itself must have signed: what the client sends of
/// others in between counts for nothing.
int verify(X509_STORE* store, X509* certificate, Instant now, Revocazioni revocazioni)
{
    const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> context{X509_STORE_CTX_new(),
                                                                                  &X509_STORE_CTX_free};
    if (!context || X509_STORE_CTX_init(context.get(), store, certificate, nullptr) != 1)
        return X509_V_ERR_UNSPECIFIED;
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(rules, now.time_since_epoch().count());
    X509_VERIFY_PARAM_set_auth_level(rules, kStrength);
    // The trust list names authorities, not their roots.
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
    if (revocazioni != Revocazioni::Nessuna)
        X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_CRL_CHECK);
    if (revocazioni == Revocazioni::Tolleranti)
        X509_STORE_CTX_set_verify_cb(context.get(), goOn);
    const bool good = X509_verify_cert(context.get()) == 1;
    const int error = X509_STORE_CTX_get_error(context.get());
    ERR_clear_error();
    return good ? X509_V_OK : error;
}

Motivo motivoOf(int error)
{
    if (isIgnorance(error))
        return Motivo::RevocaIgnota;
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return Motivo::Scaduta;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return Motivo::NonAncoraValida;
    case X509_V_ERR_CERT_REVOKED:
        return Motivo::Revocata;
    default:
        return Motivo::NonRiconosciuta;
    }
}

}

struct Fiducia::Stato
{
    Magazzino store{X509_STORE_new(), &X509_STORE_free};
    std::vector<std::string> autorita;
};

namespace {

void addAutorita(X509_STORE* store, const std::vector<std::string>& autorita)
{
    for (const std::string& der : autorita)
        X509_STORE_add_cert(store, certificatoFromDer(der).get());
    ERR_clear_error();
}

/// What was altered on disk since it was fetched is left out: of its cards nobody knows then, and the job says so.
void addRevoche(X509_STORE* store, const std::string& bytes, const std::vector<std::string>& autorita)
{
    try {
        X509_STORE_add_crl(store, listaFrom(readRevoche(bytes, autorita).der).get());
    } catch (const NonValida&) {
        return;
    }
}

std::vector<std::string> allAutorita(const Archivio& archivio, const std::filesystem::path& proprie)
{
    std::vector<std::string> all;
    if (!proprie.empty())
        all = Archivio::readAutorita(proprie);
    if (!proprie.empty() && all.empty())
        throw std::runtime_error("in " + proprie.string() + " non c'è alcuna autorità delle carte");
    if (const auto elenco = archivio.elenco()) {
        for (const std::string& der : elenco->autorita) {
            if (std::find(all.begin(), all.end(), der) == all.end())
                all.push_back(der);
        }
    }
    return all;
}

}

Fiducia::Fiducia(Archivio archivio, std::filesystem::path proprie, bool senzaRevoche)
    : archivio_(std::move(archivio)),
      proprie_(std::move(proprie)),
      senzaRevoche_(senzaRevoche)
{
    reread();
}

Fiducia::~Fiducia() = default;

std::shared_ptr<const Fiducia::Stato> Fiducia::stato() const
{
    const std::lock_guard lock(mutex_);
    return stato_;
}

bool Fiducia::reread()
{
    std::string versione = archivio_.versione(proprie_);
    {
        const std::lock_guard lock(mutex_);
        if (stato_ && versione == versione_)
            return false;
    }
    auto next = std::make_shared<Stato>();
    next->autorita = allAutorita(archivio_, proprie_);
    addAutorita(next->store.get(), next->autorita);
    for (const std::string& bytes : archivio_.everyRevoche())
        addRevoche(next->store.get(), bytes, next->autorita);
    const std::lock_guard lock(mutex_);
    stato_ = std::move(next);
    versione_ = std::move(versione);
    return true;
}

std::vector<std::string> Fiducia::autorita() const
{
    return stato()->autorita;
}

void Fiducia::learn(const Stato& stato, const std::string& der, Instant now)
{
    const Certificato certificate = certificatoFromDer(der);
    // Addresses are fetched on the word of a trusted authority alone.
    if (verify(stato.store.get(), certificate.get(), now, Revocazioni::Nessuna) != X509_V_OK)
        return;
    const std::lock_guard lock(learning_);
    for (const std::string& url : puntiDi(certificate.get()))
        archivio_.addPunto(url);
    wish_ = true;
}

Riconoscimento Fiducia::check(const std::string& der, Instant now)
{
    const Certificato certificate = certificatoFromDer(der);
    if (!certificate)
        return Motivo::NonLeggibile;
    const auto known = stato();
    const int strict = verify(known->store.get(), certificate.get(), now, Revocazioni::Rigorose);
    int error = strict;
    if (isIgnorance(strict)) {
        learn(*known, der, now);
        // A card that has run out is told so, whatever is known of its revocation.
        error = verify(known->store.get(), certificate.get(), now, Revocazioni::Tolleranti);
        if (error == X509_V_OK && !senzaRevoche_)
            error = strict;
    }
    return error == X509_V_OK ? readCarta(der) : Riconoscimento{motivoOf(error)};
}

}
