#pragma once

#include "tests/support/autorita_carte.h"

#include <Poco/Net/HTTPRequestHandlerFactory.h>

#include <filesystem>
#include <memory>
#include <string>

namespace sdc::prova {

/// A demonstration authority for cards, in a folder that it fills once: `autorita.pem` for the server to trust,
/// `server.pem` and `server.key` for its TLS, a card as .p12 for each demonstration citizen, one taken back, one that
/// has run out, and one of another authority. They are in files: whoever has the folder is all of these people.
class CarteDiProva
{
public:
    /// `base`: where the list of revocations is served, "http://127.0.0.1:8082".
    CarteDiProva(std::filesystem::path folder, const std::string& base);

    /// What was taken back, as a list made at this moment (DER).
    std::string revoche() const;

private:
    void fill(const std::string& base) const;
    /// What a partner's program shows at its own door.
    void fillPartner() const;

    std::filesystem::path folder_;
    std::unique_ptr<tests::AutoritaCarte> autorita_;
};

/// Adds /carte/revoche.crl to the addresses of another server.
class PagineCarte : public Poco::Net::HTTPRequestHandlerFactory
{
public:
    PagineCarte(std::shared_ptr<const CarteDiProva> carte, Poco::Net::HTTPRequestHandlerFactory::Ptr others)
        : carte_(std::move(carte)),
          others_(std::move(others))
    {
    }

    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest& request) override;

private:
    std::shared_ptr<const CarteDiProva> carte_;
    Poco::Net::HTTPRequestHandlerFactory::Ptr others_;
};

}
