#pragma once

#include <string>

namespace sdc::tests {

/// A signed answer in the pieces that attackers shuffle; together they are the answer again.
struct Pezzi
{
    std::string inizio; ///< the XML declaration and the response's tag
    std::string issuer;
    std::string firma; ///< of the response
    std::string status;
    std::string apre; ///< the assertion's tag and its Issuer
    std::string firmaAsserzione;
    std::string resto; ///< of the assertion, with its end
    std::string fine;  ///< of the response

    std::string asserzione() const { return apre + firmaAsserzione + resto; }
    std::string asserzioneSenzaFirma() const { return apre + resto; }
    std::string tutto() const { return inizio + issuer + firma + status + asserzione() + fine; }
    /// The response that was signed, without its signature, to be hidden in another.
    std::string dentro() const { return inizio.substr(inizio.find("<samlp:")) + issuer + status + asserzione() + fine; }
};

Pezzi pezziDi(const std::string& xml);

/// The text with a piece of it changed, which must be there.
std::string changed(const std::string& text, const std::string& from, const std::string& to);

}
