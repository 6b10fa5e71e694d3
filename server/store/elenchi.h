#pragma once

#include "core/ente/operatore.h"
#include "core/pratica/pratica.h"
#include "server/store/database.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sdc::store {

/// The lists of the dashboard.
enum class ElencoOperatore { Gestire, Assegnare, Concluse, Tutte };

enum class Ordine { Data, Protocollo, Richiedente, Servizio, Categoria, Stato };

struct FiltroElenco
{
    ElencoOperatore elenco = ElencoOperatore::Tutte;
    std::string cerca;
    Ordine ordine = Ordine::Data;
    bool decrescente = true;
    /// Jump: rows to leave out before the first.
    std::size_t da = 0;
    /// Or go on after this row's sort key and id.
    std::optional<std::pair<std::string, std::string>> dopo;
    std::size_t limite = 100;
};

/// A row of the dashboard.
struct RigaElenco
{
    Id<Pratica> id;
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

/// One window on a list: only pratiche of the services enabled for the operator, never a draft.
std::vector<RigaElenco> elenco(Reader& reader, const Operatore& operatore, const FiltroElenco& filtro);
/// How many rows the list has with this search.
long long totale(Reader& reader, const Operatore& operatore, const FiltroElenco& filtro);

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

/// The list that a pratica is in whoever has it: "assegnare", "gestire", "concluse", "altre", or "" for a draft.
std::string_view elencoOperatore(const Pratica& pratica);

/// Where a pratica is counted.
struct Posto
{
    std::string elenco;
    std::string operatore;
    std::string servizio;
    Instant creata;
};
/// Moves one pratica from where it was counted to where it now belongs.
void recount(Transaction& transaction, const Posto& before, const Posto& after);

/// The next value of a counter; its row is locked until the transaction ends, so numbers follow the order of commits.
long long nextValue(Transaction& transaction, const char* counter);

}
