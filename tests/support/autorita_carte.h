#pragma once

#include "core/base/time.h"

#include <memory>
#include <string>
#include <vector>

struct x509_st;
struct evp_pkey_st;

namespace sdc::tests {

/// A certificate and its key, in PEM.
struct CoppiaPem
{
    std::string certificato;
    std::string chiave;
};

/// What a card's certificate says; by itself, what a good one does.
struct Tessera
{
    std::string nome = "MARIO";
    std::string cognome = "ROSSI";
    /// More than one: more than one common name.
    std::vector<std::string> nomiComuni = {"RSSMRA72H25H612H/6090010000000001.AAAAAAAAAAAAAAAAAAAAAAAAAAA="};
    Instant da;
    Instant fino;
    std::string policy = "1.3.76.16.2.1";
    std::string uso = "clientAuth";
    /// Where its revocation is told; empty: it does not say.
    std::string revoche;
};

/// An authority for cards that nobody else trusts: it makes cards and takes them back, for tests and demonstrations.
class AutoritaCarte
{
public:
    /// A new one, valid for thirty years from a year before `now`.
    AutoritaCarte(const std::string& nome, Instant now);
    /// The one that pem() gave.
    explicit AutoritaCarte(const CoppiaPem& coppia);
    ~AutoritaCarte();

    std::string certificato() const;
    CoppiaPem pem() const;
    CoppiaPem issue(const Tessera& tessera) const;
    /// A server's certificate for localhost and 127.0.0.1.
    CoppiaPem issueServer(Instant da, Instant fino) const;
    /// The list of what it has taken back (certificates in PEM), as DER.
    std::string revoche(const std::vector<std::string>& revocati, Instant fatta, Instant prossima) const;

private:
    std::unique_ptr<evp_pkey_st, void (*)(evp_pkey_st*)> key_;
    std::unique_ptr<x509_st, void (*)(x509_st*)> certificate_;
};

/// As a browser imports it.
std::string pkcs12Of(const CoppiaPem& coppia, const std::string& autorita, const std::string& password);

}
