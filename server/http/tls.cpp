#include "server/http/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <new>
#include <stdexcept>

namespace sdc::http {
namespace {

/// A card's certificate has 2 kB, and comes with one or two of its authorities.
constexpr long kLargestChain = 32L * 1024;

using ContextPtr = std::shared_ptr<SSL_CTX>;

void demand(bool done, const std::string& what)
{
    if (done)
        return;
    ERR_clear_error();
    throw std::runtime_error(what);
}

/// What it is worth is said later: a refusal here would be an error page of the browser's.
int takeAny(X509_STORE_CTX*, void*)
{
    return 1;
}

/// Without sessions to resume, each connection shows its certificate anew.
void harden(SSL_CTX* context, bool con13)
{
    demand(SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
               SSL_CTX_set_max_proto_version(context, con13 ? TLS1_3_VERSION : TLS1_2_VERSION) == 1 &&
               SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
               SSL_CTX_set_num_tickets(context, 0) == 1,
           "TLS non si avvia");
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_max_cert_list(context, kLargestChain);
}

void takeKeys(SSL_CTX* context, const Tls::Chiavi& chiavi)
{
    demand(SSL_CTX_use_certificate_chain_file(context, chiavi.certificato.c_str()) == 1,
           "il certificato TLS " + chiavi.certificato.string() + " non si può leggere");
    demand(SSL_CTX_use_PrivateKey_file(context, chiavi.chiave.c_str(), SSL_FILETYPE_PEM) == 1 &&
               SSL_CTX_check_private_key(context) == 1,
           "la chiave TLS " + chiavi.chiave.string() + " non si può leggere, o non è quella del certificato");
}

void nameAuthorities(SSL_CTX* context, const std::vector<std::string>& autorita)
{
    for (const std::string& der : autorita) {
        const auto* at = reinterpret_cast<const unsigned char*>(der.data());
        const std::unique_ptr<X509, decltype(&X509_free)> certificate{
            d2i_X509(nullptr, &at, static_cast<long>(der.size())), &X509_free};
        demand(certificate != nullptr && SSL_CTX_add_client_CA(context, certificate.get()) == 1,
               "un'autorità delle carte non si può leggere");
    }
}

ContextPtr contextFor(const Tls::Chiavi& chiavi, const std::vector<std::string>& autorita)
{
    ContextPtr context{SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
    demand(context != nullptr, "TLS non si avvia");
    harden(context.get(), chiavi.con13);
    takeKeys(context.get(), chiavi);
    nameAuthorities(context.get(), autorita);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context.get(), takeAny, nullptr);
    return context;
}

}

void FreeTls::operator()(ssl_st* tls) const
{
    SSL_free(tls);
}

Tls::Tls(Chiavi chiavi) : chiavi_(std::move(chiavi)), context_(contextFor(chiavi_, {})) {}

void Tls::renew(const std::vector<std::string>& autorita)
{
    ContextPtr next = contextFor(chiavi_, autorita);
    const std::lock_guard lock(mutex_);
    context_ = std::move(next);
}

TlsLine Tls::accept(int socket) const
{
    ContextPtr context;
    {
        const std::lock_guard lock(mutex_);
        context = context_;
    }
    // It holds the context by itself, also when another one takes its place.
    TlsLine line{SSL_new(context.get())};
    if (!line || SSL_set_fd(line.get(), socket) != 1)
        throw std::bad_alloc();
    SSL_set_accept_state(line.get());
    return line;
}

}
