#pragma once

#include "tests/server/gateways/saml/risposte_ostili.h"
#include "tests/support/memoria_saml.h"
#include "tests/support/words.h"

#include <QTest>

#include <array>
#include <string>

/// Whether an outcome is a refusal for this cause and with this in its reason; else shown by the test.
#define REFUSED(result, motivo, reason)                                                                                \
    do {                                                                                                               \
        const std::string& result_ = (result);                                                                         \
        QVERIFY2(result_.starts_with(std::string(motivo) + ": "), result_.c_str());                                    \
        QVERIFY2(result_.find(reason) != std::string::npos, result_.c_str());                                          \
    } while (false)

namespace sdc::tests {

inline std::string encoded(const std::string& xml)
{
    return QByteArray::fromStdString(xml).toBase64().toStdString();
}

inline std::string goodXml()
{
    return signXml(unsignedXml(rispostaBuona()), chiaveIdp());
}

inline const char* nameOf(gateways::saml::Motivo motivo)
{
    constexpr std::array<const char*, 11> kNames{"Formato", "Struttura",    "Sconosciuta", "Emittente",
                                                 "Firma",   "Destinatario", "Tempi",       "Stato",
                                                 "Livello", "Attributi",    "Ripetuta"};
    return kNames.at(static_cast<std::size_t>(motivo));
}

/// "Firma: la firma ... non è valida", or "accettata".
inline std::string outcome(const std::string& message, MemoriaSaml& memoria, Instant now = samlNow())
{
    try {
        gateways::saml::readRisposta(message, kSpEntityId, memoria.callbacks(), now);
        return "accettata";
    } catch (const gateways::saml::Rifiutata& refused) {
        return std::string(nameOf(refused.motivo())) + ": " + refused.what();
    }
}

inline std::string outcome(const std::string& message, const gateways::saml::Pendente& pendente = pendenteSaml())
{
    MemoriaSaml memoria;
    memoria.add(pendente);
    return outcome(message, memoria);
}

inline void columns()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("motivo");
    QTest::addColumn<QByteArray>("reason");
}

inline void row(const char* name, const std::string& from, const std::string& to, const char* motivo,
                const char* reason)
{
    QTest::newRow(name) << QByteArray::fromStdString(from) << QByteArray::fromStdString(to) << QByteArray(motivo)
                        << QByteArray(reason);
}

}
