#include "server/gateways/scarico.h"

#include "server/gateways/termine.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/RejectCertificateHandler.h>
#include <Poco/URI.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace sdc::gateways {
namespace {

constexpr int kSeconds = 10;

Poco::Net::Context::Ptr makeTls()
{
    Poco::Net::Context::Params params;
    params.loadDefaultCAs = true;
    params.verificationMode = Poco::Net::Context::VERIFY_STRICT;
    Poco::Net::Context::Ptr context = new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, params);
    context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
    context->enableExtendedCertificateVerification(true);
    context->setInvalidCertificateHandler(new Poco::Net::RejectCertificateHandler(false));
    return context;
}

std::unique_ptr<Poco::Net::HTTPClientSession> sessionFor(const Poco::URI& uri, const Poco::Net::Context::Ptr& tls)
{
    if (uri.getScheme() == "https")
        return std::make_unique<Poco::Net::HTTPSClientSession>(uri.getHost(), uri.getPort(), tls);
    if (uri.getScheme() != "http")
        throw std::runtime_error("l'indirizzo non è http o https");
    return std::make_unique<Poco::Net::HTTPClientSession>(uri.getHost(), uri.getPort());
}

std::string readUpTo(std::istream& stream, std::size_t largest)
{
    std::string all;
    std::array<char, 16384> piece{};
    while (stream.read(piece.data(), piece.size()), stream.gcount() > 0) {
        all.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
        if (all.size() > largest)
            throw std::runtime_error("il file è troppo grande");
    }
    return all;
}

std::string exchange(const std::string& url, std::size_t largest, const Poco::Net::Context::Ptr& tls,
                     std::chrono::seconds most)
{
    const Poco::URI uri(url);
    const auto session = sessionFor(uri, tls);
    session->setTimeout(Poco::Timespan(kSeconds, 0));
    Poco::Net::HTTPRequest request(Poco::Net::HTTPRequest::HTTP_GET, uri.getPathAndQuery(),
                                   Poco::Net::HTTPMessage::HTTP_1_1);
    session->sendRequest(request);
    // Who answers a byte at a time would hold us for ever.
    const Termine termine(session->socket().impl()->sockfd(), most);
    Poco::Net::HTTPResponse response;
    std::istream& stream = session->receiveResponse(response);
    if (response.getStatus() != Poco::Net::HTTPResponse::HTTP_OK)
        throw std::runtime_error("il server risponde " + std::to_string(response.getStatus()));
    std::string all = readUpTo(stream, largest);
    const bool whole =
        !response.hasContentLength() || static_cast<std::size_t>(response.getContentLength64()) == all.size();
    if (!whole)
        throw std::runtime_error("la risposta si è interrotta");
    return all;
}

}

Scarico::Scarico(std::chrono::seconds most) : most_(most), tls_(makeTls()) {}

std::string Scarico::fetch(const std::string& url, std::size_t largest) const
{
    try {
        return exchange(url, largest, tls_, most_);
    } catch (const Poco::Exception& error) {
        throw std::runtime_error("il server non risponde come deve: " + error.displayText());
    }
}

}
