#pragma once

#include "tests/prova/provider.h"

#include <Poco/Net/HTTPRequestHandlerFactory.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>

namespace sdc::prova {

/// The logins that somebody is choosing a person for, each known by a random token; few, and the oldest go first.
class AccessiInCorso
{
public:
    std::string keep(AccessoChiesto chiesto);
    std::optional<AccessoChiesto> take(const std::string& token);

private:
    std::mutex mutex_;
    std::map<std::string, AccessoChiesto> accessi_;
    std::vector<std::string> order_;
};

/// The identity provider in a browser: /spid/... and /cie/..., each with metadata, sso and slo.
class PagineIdp : public Poco::Net::HTTPRequestHandlerFactory
{
public:
    PagineIdp(ProviderDiProva provider, std::filesystem::path templates);

    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest& request) override;

private:
    ProviderDiProva provider_;
    AccessiInCorso accessi_;
    std::filesystem::path templates_;
};

/// Reads a service provider's metadata from this machine; from elsewhere it reads nothing, and throws Rifiutata.
std::string fetchFromLoopback(const std::string& url);

/// The provider's key: the one of before where there is a folder that has it, else a new one, kept there.
gateways::saml::CoppiaChiave keyIn(const std::optional<std::filesystem::path>& folder, const std::string& base);

}
