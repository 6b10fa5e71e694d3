#pragma once

#include <array>
#include <cstddef>

namespace sdc::store {

enum class Ordine { Data, Protocollo, Richiedente, Servizio, Categoria, Stato };

/// How an order is kept in the database.
struct OrdineTenuto
{
    Ordine ordine = Ordine::Data;
    /// Its name in the table fasce.
    const char* nome = nullptr;
    /// The column of pratiche that it follows; then comes the pratica's number.
    const char* colonna = nullptr;
    /// How much of the column's beginning makes a range of keys; where 0, few keys are so common that each of them is
    /// cut into blocks of numbers instead.
    std::size_t caratteri = 0;
    /// Whether the service alone decides the key.
    bool delServizio = false;
};

// Closed lists of our own words: no text of a request ever becomes part of a statement.
constexpr std::array kOrdini = {
    OrdineTenuto{Ordine::Data, "data", "creata", 7}, // by month
    OrdineTenuto{Ordine::Protocollo, "protocollo", "chiave_protocollo", 8},
    OrdineTenuto{Ordine::Richiedente, "richiedente", "chiave_richiedente", 2},
    OrdineTenuto{Ordine::Servizio, "servizio", "chiave_servizio", 0, true},
    OrdineTenuto{Ordine::Categoria, "categoria", "chiave_categoria", 0, true},
    OrdineTenuto{Ordine::Stato, "stato", "chiave_stato", 0},
};

/// How many numbers of pratiche make a block.
constexpr long long kNumeriPerBlocco = 10'000;

constexpr const OrdineTenuto& tenuto(Ordine ordine)
{
    return kOrdini[static_cast<std::size_t>(ordine)];
}

}
