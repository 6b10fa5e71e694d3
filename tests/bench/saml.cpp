#include "tests/bench/saml.h"

#include "server/gateways/saml/risposta.h"
#include "tests/support/memoria_saml.h"

#include <openssl/evp.h>

#include <ctime>
#include <stdexcept>
#include <vector>

namespace sdc::bench {
namespace {

using namespace gateways::saml;

template <class Work>
double milliseconds(int giri, Work work)
{
    const std::clock_t before = std::clock();
    for (int i = 0; i < giri; ++i)
        work(i);
    return static_cast<double>(std::clock() - before) * 1e3 / CLOCKS_PER_SEC / giri;
}

std::string base64(const std::string& bytes)
{
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), data, static_cast<int>(bytes.size()));
    text.pop_back();
    return text;
}

/// Answers to requests of their own, signed with this key.
std::vector<std::string> answers(int giri, const CoppiaChiave& chiave)
{
    std::vector<std::string> all;
    for (int i = 0; i < giri; ++i) {
        tests::RispostaIdp risposta = tests::rispostaBuona();
        risposta.inResponseTo = "_richiesta-" + std::to_string(i);
        risposta.assertionId = "_asserzione-" + std::to_string(i);
        all.push_back(base64(tests::signXml(tests::unsignedXml(risposta), chiave)));
    }
    return all;
}

bool accepts(const std::string& message, tests::MemoriaSaml& memoria, int number)
{
    Pendente pendente = tests::pendenteSaml();
    pendente.id = "_richiesta-" + std::to_string(number);
    memoria.add(pendente);
    try {
        readRisposta(message, tests::kSpEntityId, memoria.callbacks(), tests::samlNow());
        return true;
    } catch (const Rifiutata&) {
        return false;
    }
}

double cost(int giri, const CoppiaChiave& chiave, bool accepted)
{
    const auto messages = answers(giri, chiave);
    tests::MemoriaSaml memoria;
    return milliseconds(giri, [&](int i) {
        if (accepts(messages.at(static_cast<std::size_t>(i)), memoria, i) != accepted)
            throw std::runtime_error("una risposta non ha avuto l'esito atteso");
    });
}

}

CostoSaml measureSaml(int giri)
{
    const auto sp = tests::serviceProvider();
    const auto idp = tests::identityProvider();
    CostoSaml costo;
    costo.richiesta = milliseconds(giri, [&](int) {
        makeRichiesta(sp, idp, {Livello::Due, Confronto::Minimo, 0, "segno"}, Binding::Post, tests::samlNow());
    });
    costo.accettata = cost(giri, tests::chiaveIdp(), true);
    costo.rifiutata = cost(giri, tests::chiaveAltrui(), false);
    return costo;
}

}
