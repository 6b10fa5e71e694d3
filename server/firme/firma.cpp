#include "server/firme/firma.h"

#include "core/base/error.h"
#include "server/turn.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <memory>

namespace sdc::firme {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;
using Cms = std::unique_ptr<CMS_ContentInfo, decltype(&CMS_ContentInfo_free)>;

/// More than any real signature has; OpenSSL's work grows with the square of the algorithms, and its stack with them.
constexpr long kLargestAlgorithms = 1024;
constexpr int kMostSigners = 32;
constexpr int kMostCertificates = 64;

Turns& turns()
{
    static Turns turns;
    return turns;
}

Bio openFile(const std::filesystem::path& path)
{
    return {BIO_new_file(path.c_str(), "rb"), &BIO_free_all};
}

/// The base64 filter also steps over PEM's first line.
Bio openBase64(const std::filesystem::path& path)
{
    BIO* filter = BIO_new(BIO_f_base64());
    Bio file = openFile(path);
    return {BIO_push(filter, file.release()), &BIO_free_all};
}

/// One element of DER or BER; an indefinite length is -1.
struct Element
{
    int tag = -1;
    long length = 0;
    std::size_t content = 0;
};

using Head = std::array<unsigned char, 2048>;

Element elementAt(const Head& head, std::size_t at)
{
    constexpr std::size_t kLongestHeader = 16;
    if (at + kLongestHeader > head.size())
        return {};
    // Tags and lengths of many bytes, which no real file has, would lead OpenSSL beyond what was read.
    if ((head.at(at) & 0x1fU) == 0x1fU || (head.at(at + 1) > 0x88U))
        return {};
    const unsigned char* p = head.data() + at;
    long length = 0;
    int tag = 0;
    int kind = 0;
    const int flags = ASN1_get_object(&p, &length, &tag, &kind, static_cast<long>(1L << 40));
    if ((flags & 0x80) != 0)
        return {};
    return {tag, (flags & 1) != 0 ? -1 : length, static_cast<std::size_t>(p - head.data())};
}

/// Whether the digestAlgorithms of the SignedData at the head of the file are as few as real ones (RFC 5652, 5.1:
/// ContentInfo { OID, [0] { SignedData { version, SET digestAlgorithms, ...).
bool hasFewAlgorithms(const Bio& bio)
{
    Head head{};
    if (!bio || BIO_read(bio.get(), head.data(), static_cast<int>(head.size())) <= 0)
        return false;
    const Element info = elementAt(head, 0);
    const Element type = elementAt(head, info.content);
    const Element wrapper = elementAt(head, type.content + static_cast<std::size_t>(std::max(0L, type.length)));
    const Element data = elementAt(head, wrapper.content);
    const Element version = elementAt(head, data.content);
    const std::size_t place = version.content + static_cast<std::size_t>(std::max(0L, version.length));
    const Element algorithms = elementAt(head, place);
    if (info.tag != V_ASN1_SEQUENCE || type.tag != V_ASN1_OBJECT || version.tag != V_ASN1_INTEGER ||
        algorithms.tag != V_ASN1_SET || algorithms.length > kLargestAlgorithms)
        return false;
    if (algorithms.length >= 0)
        return true;
    std::size_t at = algorithms.content;
    for (Element one = elementAt(head, at); one.tag == V_ASN1_SEQUENCE && one.length >= 0; one = elementAt(head, at))
        at = one.content + static_cast<std::size_t>(one.length);
    return elementAt(head, at).tag == V_ASN1_EOC;
}

Cms read(const std::filesystem::path& path)
{
    for (const auto& open : {openFile, openBase64}) {
        if (!hasFewAlgorithms(open(path)))
            continue;
        const Bio bio = open(path);
        if (Cms cms{d2i_CMS_bio(bio.get(), nullptr), &CMS_ContentInfo_free})
            return cms;
    }
    return {nullptr, &CMS_ContentInfo_free};
}

bool isCrowded(CMS_ContentInfo* cms)
{
    const std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> certificates{
        CMS_get1_certs(cms), [](STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }};
    return sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms)) > kMostSigners ||
           sk_X509_num(certificates.get()) > kMostCertificates;
}

std::string text(const X509_NAME* name)
{
    const Bio memory{BIO_new(BIO_s_mem()), &BIO_free_all};
    X509_NAME_print_ex(memory.get(), name, 0, XN_FLAG_ONELINE & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

[[noreturn]] void refuse(const std::string& reason)
{
    ERR_clear_error();
    throw Invalid(reason);
}

std::vector<Firma> signersOf(CMS_ContentInfo* cms)
{
    const std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> signers{
        CMS_get0_signers(cms), [](STACK_OF(X509) * stack) { sk_X509_free(stack); }};
    std::vector<Firma> firme;
    for (int i = 0; i < sk_X509_num(signers.get()); ++i) {
        const X509* certificate = sk_X509_value(signers.get(), i);
        firme.push_back({text(X509_get_subject_name(certificate)), text(X509_get_issuer_name(certificate))});
    }
    return firme;
}

}

std::vector<Firma> verify(const std::filesystem::path& p7m)
{
    const Turn turn(turns());
    const Cms cms = read(p7m);
    if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed)
        refuse("Il file non è un documento firmato leggibile (.p7m).");
    if (CMS_is_detached(cms.get()) == 1)
        refuse("Il file contiene solo la firma e non il documento firmato.");
    if (isCrowded(cms.get()))
        refuse("Il file contiene troppe firme o troppi certificati.");
    const Bio nowhere{BIO_new(BIO_s_null()), &BIO_free_all};
    if (CMS_verify(cms.get(), nullptr, nullptr, nullptr, nowhere.get(), CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) != 1)
        refuse("La firma digitale del file non è valida: il documento è stato alterato o è incompleto.");
    auto firme = signersOf(cms.get());
    if (firme.empty())
        refuse("Il file non contiene alcuna firma.");
    return firme;
}

}
