#include "server/firme/firma.h"

#include "core/base/error.h"

// cms.h declares its PEM functions only where pem.h came before it.
#include <openssl/pem.h>

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include <memory>

namespace sdc::firme {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;
using Cms = std::unique_ptr<CMS_ContentInfo, decltype(&CMS_ContentInfo_free)>;

Bio openFile(const std::filesystem::path& path)
{
    return {BIO_new_file(path.c_str(), "rb"), &BIO_free_all};
}

Cms readDer(const std::filesystem::path& path)
{
    const Bio file = openFile(path);
    return {file ? d2i_CMS_bio(file.get(), nullptr) : nullptr, &CMS_ContentInfo_free};
}

Cms readPem(const std::filesystem::path& path)
{
    const Bio file = openFile(path);
    return {file ? PEM_read_bio_CMS(file.get(), nullptr, nullptr, nullptr) : nullptr, &CMS_ContentInfo_free};
}

Cms readBase64(const std::filesystem::path& path)
{
    BIO* filter = BIO_new(BIO_f_base64());
    Bio file = openFile(path);
    const Bio chain{BIO_push(filter, file.release()), &BIO_free_all};
    return {d2i_CMS_bio(chain.get(), nullptr), &CMS_ContentInfo_free};
}

Cms read(const std::filesystem::path& path)
{
    for (const auto& reader : {readDer, readPem, readBase64}) {
        if (Cms cms = reader(path))
            return cms;
    }
    return {nullptr, &CMS_ContentInfo_free};
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
    const Cms cms = read(p7m);
    if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed)
        refuse("Il file non è un documento firmato leggibile (.p7m).");
    if (CMS_is_detached(cms.get()) == 1)
        refuse("Il file contiene solo la firma e non il documento firmato.");
    const Bio nowhere{BIO_new(BIO_s_null()), &BIO_free_all};
    if (CMS_verify(cms.get(), nullptr, nullptr, nullptr, nowhere.get(), CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) != 1)
        refuse("La firma digitale del file non è valida: il documento è stato alterato o è incompleto.");
    auto firme = signersOf(cms.get());
    if (firme.empty())
        refuse("Il file non contiene alcuna firma.");
    return firme;
}

}
