#include "server/gateways/carte/carta.h"

#include "core/base/text.h"
#include "core/cittadino/codice_fiscale.h"
#include "server/gateways/carte/openssl.h"

#include <openssl/objects.h>

#include <array>
#include <ctime>
#include <optional>

namespace sdc::gateways::carte {
namespace {

/// Carta Nazionale dei Servizi (AgID's guidelines for its issuing).
constexpr std::string_view kCns = "1.3.76.16.2.1";
constexpr std::size_t kLongestName = 200;

/// The value of the only entry of its kind; nothing where there is none, or more than one: which of them would the
/// authority have looked at?
std::optional<std::string> only(const X509_NAME* name, int nid)
{
    const int at = X509_NAME_get_index_by_NID(name, nid, -1);
    if (at < 0 || X509_NAME_get_index_by_NID(name, nid, at) >= 0)
        return std::nullopt;
    unsigned char* bytes = nullptr;
    const int size = ASN1_STRING_to_UTF8(&bytes, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (size < 0)
        return std::nullopt;
    std::string value(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return value;
}

/// As people are called on our pages: short, and nothing but text.
std::string nameFrom(const X509_NAME* name, int nid)
{
    const std::string value = trim(only(name, nid).value_or(""));
    return value.size() <= kLongestName && isCleanUtf8(value) ? value : std::string{};
}

std::optional<CodiceFiscale> codiceFiscaleOf(const X509_NAME* name)
{
    const std::string text = only(name, NID_commonName).value_or("");
    const auto slash = text.find('/');
    constexpr std::size_t kLength = 16;
    // parse() forgives what people type; a certificate has nothing to be forgiven.
    if (slash != kLength)
        return std::nullopt;
    const auto code = CodiceFiscale::parse(text.substr(0, slash));
    return code && code->text() == text.substr(0, slash) ? code : std::nullopt;
}

bool isForCitizens(const X509* certificate)
{
    using Policies = std::unique_ptr<CERTIFICATEPOLICIES, decltype(&CERTIFICATEPOLICIES_free)>;
    const Policies policies{
        static_cast<CERTIFICATEPOLICIES*>(X509_get_ext_d2i(certificate, NID_certificate_policies, nullptr, nullptr)),
        &CERTIFICATEPOLICIES_free};
    for (int i = 0; policies && i < sk_POLICYINFO_num(policies.get()); ++i) {
        std::array<char, 80> oid{};
        OBJ_obj2txt(oid.data(), oid.size(), sk_POLICYINFO_value(policies.get(), i)->policyid, 1);
        if (oid.data() == kCns)
            return true;
    }
    return false;
}

/// Both must be said: OpenSSL takes silence for consent.
bool isForClients(X509* certificate)
{
    const bool says = (X509_get_extension_flags(certificate) & (EXFLAG_XKUSAGE | EXFLAG_INVALID)) == EXFLAG_XKUSAGE;
    return says && (X509_get_extended_key_usage(certificate) & XKU_SSL_CLIENT) != 0 &&
           X509_check_purpose(certificate, X509_PURPOSE_SSL_CLIENT, 0) == 1;
}

}

std::string_view name(Motivo motivo)
{
    constexpr std::string_view kNames[] = {"illeggibile",
                                           "autorità non riconosciuta",
                                           "non ancora valida",
                                           "scaduta",
                                           "revocata",
                                           "revoche non conosciute",
                                           "non adatta",
                                           "non è una CNS",
                                           "senza codice fiscale"};
    return kNames[static_cast<int>(motivo)];
}

Certificato certificatoFromDer(const std::string& der)
{
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const auto* end = at + der.size();
    Certificato certificate{d2i_X509(nullptr, &at, static_cast<long>(der.size())), &X509_free};
    ERR_clear_error();
    if (at != end)
        certificate.reset();
    return certificate;
}

std::optional<Instant> instantOf(const ASN1_TIME* time)
{
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1)
        return std::nullopt;
    return Instant{std::chrono::seconds{::timegm(&parts)}};
}

Riconoscimento readCarta(const std::string& der)
{
    const Certificato certificate = certificatoFromDer(der);
    if (!certificate)
        return Motivo::NonLeggibile;
    if (!isForClients(certificate.get()))
        return Motivo::NonAdatta;
    if (!isForCitizens(certificate.get()))
        return Motivo::NonServizi;
    const X509_NAME* subject = X509_get_subject_name(certificate.get());
    const auto code = codiceFiscaleOf(subject);
    if (!code)
        return Motivo::SenzaCodiceFiscale;
    Identita identita;
    identita.codiceFiscale = code->text();
    identita.nome = nameFrom(subject, NID_givenName);
    identita.cognome = nameFrom(subject, NID_surname);
    identita.metodo = MetodoAccesso::Carta;
    identita.livello = kLivello;
    return identita;
}

}
