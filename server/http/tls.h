#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

struct ssl_st;
struct ssl_ctx_st;

namespace sdc::http {

struct FreeTls
{
    void operator()(ssl_st* tls) const;
};
using TlsLine = std::unique_ptr<ssl_st, FreeTls>;

/// The TLS of a door that asks its clients for a certificate, and lets in whoever has one or none: what a certificate
/// is worth is for the handlers to say, who can tell people why. That its bearer has the key is sure by then.
/// OpenSSL itself, without Poco, whose contexts may not be made and dropped by several threads (1.11).
class Tls
{
public:
    /// The server's own certificate, with those that lead to its authority behind it, and its key: PEM files.
    struct Chiavi
    {
        std::filesystem::path certificato;
        std::filesystem::path chiave;
        /// Some cards, or their drivers, cannot sign as TLS 1.3 wants it.
        bool con13 = true;
    };

    /// Throws std::runtime_error where the files are no certificate and its key.
    explicit Tls(Chiavi chiavi);

    /// For the lines to come: reads the files again, and names the authorities (certificates as DER) whose clients'
    /// certificates a browser may offer. Throws as the constructor does, and changes nothing then.
    void renew(const std::vector<std::string>& autorita);
    /// TLS on a socket that does not block, as the server's side of it.
    TlsLine accept(int socket) const;

private:
    Chiavi chiavi_;
    mutable std::mutex mutex_;
    std::shared_ptr<ssl_ctx_st> context_;
};

}
