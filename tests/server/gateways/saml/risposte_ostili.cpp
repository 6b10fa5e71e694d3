#include "tests/server/gateways/saml/risposte_ostili.h"

#include <stdexcept>

namespace sdc::tests {
namespace {

/// Takes the beginning of a text away, up to and with a piece of it.
std::string take(std::string& text, const std::string& upTo)
{
    const std::size_t at = text.find(upTo);
    if (at == std::string::npos)
        throw std::runtime_error("manca " + upTo);
    std::string taken = text.substr(0, at + upTo.size());
    text.erase(0, taken.size());
    return taken;
}

}

Pezzi pezziDi(const std::string& xml)
{
    std::string rest = xml;
    Pezzi p;
    p.inizio = take(rest, "<samlp:Response ");
    p.inizio += take(rest, ">");
    p.issuer = take(rest, "</saml:Issuer>");
    p.firma = take(rest, "</ds:Signature>");
    p.status = take(rest, "</samlp:Status>");
    p.apre = take(rest, "</saml:Issuer>");
    p.firmaAsserzione = take(rest, "</ds:Signature>");
    p.resto = take(rest, "</saml:Assertion>");
    p.fine = rest;
    return p;
}

std::string changed(const std::string& text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    if (at == std::string::npos)
        throw std::runtime_error("manca " + from);
    return text.substr(0, at) + to + text.substr(at + from.size());
}

}
