#pragma once

#include <cstddef>
#include <memory>
#include <string>

struct evp_md_ctx_st;

namespace sdc {

/// SHA-256 of bytes that come in pieces. Threads may each have their own at the same time, which Poco's DigestEngine
/// does not allow: the last one to go frees what OpenSSL's users share while the next one makes it anew.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void update(const char* data, std::size_t size);
    /// Once, at the end: in lower-case hexadecimal digits.
    std::string hex();

private:
    std::unique_ptr<evp_md_ctx_st, void (*)(evp_md_ctx_st*)> context_;
};

}
