#pragma once

#include "core/ente/operatore.h"
#include "core/pratica/pratica.h"
#include "server/store/database.h"
#include "server/store/ordini.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sdc::store {

/// The lists of the dashboard.
enum class ElencoOperatore { Gestire, Assegnare, Concluse, Tutte };

struct FiltroElenco
{
    ElencoOperatore elenco = ElencoOperatore::Tutte;
    std::string cerca;
    Ordine ordine = Ordine::Data;
    bool decrescente = true;
    /// Jump: rows to leave out before the first.
    std::size_t da = 0;
    /// Or go on after this row's sort key and number.
    std::optional<std::pair<std::string, long long>> dopo;
    std::size_t limite = 100;
};

/// A row of the dashboard.
struct RigaElenco
{
    Id<Pratica> id;
    long long numero = 0;
    std::optional<std::string> protocollo;
    std::string richiedente;
    std::string servizio;
    std::string servizioNome;
    std::string categoria;
    Instant creata;
    Stato stato = Stato::Inviata;
    Id<Operatore> operatore;
    std::string operatoreNome;
    /// Its value in the chosen order.
    std::string chiave;
};

/// A search shows the newest that it finds, and no more than these.
constexpr long long kMostFound = 500;

/// One window on a list: only pratiche of the services enabled for the operator, never a draft. A jump costs as much as
/// a step, however long the list.
std::vector<RigaElenco> elenco(Reader& reader, const Operatore& operatore, const FiltroElenco& filtro);
/// How many rows the search finds in the list; kMostFound + 1 for any more than it shows.
long long trovate(Reader& reader, const Operatore& operatore, const FiltroElenco& filtro);

struct ConteggiOperatore
{
    long long gestire = 0;
    long long assegnare = 0;
    long long concluse = 0;
    long long tutte = 0;
};
/// From the counts that each change keeps; nothing is counted here.
ConteggiOperatore conteggiOperatore(Reader& reader, const Operatore& operatore);

/// Pratiche per year of compilation, newest first, among the services enabled for the operator.
std::vector<std::pair<int, long long>> pratichePerAnno(Reader& reader, const Operatore& operatore);

}
