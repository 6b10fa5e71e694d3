#include "server/gateways/carte/revoche.h"

#include "server/gateways/carte/openssl.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <algorithm>

namespace sdc::gateways::carte {
namespace {

constexpr std::size_t kMostOfOne = 4;
constexpr std::size_t kLongestPoint = 500;

Instant saidBy(const ASN1_TIME* time)
{
    const auto instant = instantOf(time);
    if (!instant)
        throw NonValida("la lista delle revoche non dice quando è stata fatta o quando viene la prossima");
    return *instant;
}

bool isSignedBy(X509_CRL* lista, const std::string& der)
{
    const Certificato authority = certificatoFromDer(der);
    const bool is = authority &&
                    X509_NAME_cmp(X509_get_subject_name(authority.get()), X509_CRL_get_issuer(lista)) == 0 &&
                    X509_CRL_verify(lista, X509_get0_pubkey(authority.get())) == 1;
    ERR_clear_error();
    return is;
}

std::string encoded(X509_CRL* lista)
{
    unsigned char* bytes = nullptr;
    const int size = i2d_X509_CRL(lista, &bytes);
    if (size <= 0)
        throw NonValida("la lista delle revoche non si può leggere");
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

void addUrls(const GENERAL_NAMES* names, std::vector<std::string>& urls)
{
    for (int i = 0; i < sk_GENERAL_NAME_num(names) && urls.size() < kMostOfOne; ++i) {
        int type = 0;
        const auto* value =
            static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type));
        if (type != GEN_URI)
            continue;
        const std::string url(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                              static_cast<std::size_t>(ASN1_STRING_length(value)));
        const bool plain = std::all_of(url.begin(), url.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
        // Those with ldap are the same lists once more.
        if (plain && url.starts_with("http://") && url.size() <= kLongestPoint)
            urls.push_back(url);
    }
}

}

Lista listaFrom(const std::string& bytes)
{
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
    Lista lista{d2i_X509_CRL(nullptr, &at, static_cast<long>(bytes.size())), &X509_CRL_free};
    if (!lista) {
        const std::unique_ptr<BIO, decltype(&BIO_free_all)> text{
            BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())), &BIO_free_all};
        lista.reset(PEM_read_bio_X509_CRL(text.get(), nullptr, nullptr, nullptr));
    }
    ERR_clear_error();
    return lista;
}

std::vector<std::string> puntiDi(const X509* certificato)
{
    using Points = std::unique_ptr<CRL_DIST_POINTS, decltype(&CRL_DIST_POINTS_free)>;
    const Points points{
        static_cast<CRL_DIST_POINTS*>(X509_get_ext_d2i(certificato, NID_crl_distribution_points, nullptr, nullptr)),
        &CRL_DIST_POINTS_free};
    std::vector<std::string> urls;
    for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
        const DIST_POINT* point = sk_DIST_POINT_value(points.get(), i);
        if (point->distpoint != nullptr && point->distpoint->type == 0)
            addUrls(point->distpoint->name.fullname, urls);
    }
    return urls;
}

Revoche readRevoche(const std::string& bytes, const std::vector<std::string>& autorita)
{
    const Lista lista = listaFrom(bytes);
    if (!lista)
        throw NonValida("non è una lista di revoche");
    const bool known = std::any_of(autorita.begin(), autorita.end(),
                                   [&](const std::string& der) { return isSignedBy(lista.get(), der); });
    if (!known)
        throw NonValida("la lista delle revoche non è firmata da un'autorità delle carte");
    return {encoded(lista.get()), saidBy(X509_CRL_get0_lastUpdate(lista.get())),
            saidBy(X509_CRL_get0_nextUpdate(lista.get()))};
}

}
