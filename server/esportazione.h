#pragma once

#include "server/secrets/cassaforte.h"
#include "server/store/attivita.h"

#include "core/ente/ente.h"

#include <functional>
#include <istream>
#include <ostream>
#include <string>

namespace sdc::esportazione {

enum class Formato { Csv, JsonLines };

/// Reads "csv" or "jsonl". Throws Invalid.
Formato formatoFrom(const std::string& text);
/// Reads days of the calendar, gg-mm-aaaa or aaaa-mm-gg, the last one included, in Italian time; "" is open. Throws
/// Invalid.
store::Periodo periodoFrom(const std::string& da, const std::string& a);

/// Writes the log's rows of a period, each with its hash and the one before, a row at a time; the last line is a
/// checkpoint that this server has signed: whoever keeps it can show that nothing before it was changed afterwards.
struct Richiesta
{
    store::Periodo periodo;
    Formato formato = Formato::Csv;
    Instant now;
};
void write(store::Database& database, const Ente& ente, const secrets::Cassaforte& cassaforte,
           const Richiesta& richiesta, std::ostream& out);

/// What an export says of itself in its last line.
struct Sigillo
{
    std::string ente;
    long long primo = 0;  ///< the number of its first row; 0 where it has none
    long long ultimo = 0; ///< the number and hash of its last
    std::string precedente;
    std::string hash;
    Instant quando;
    std::string chiave;
    std::string firma;

    /// What is signed.
    std::string text() const;
};

/// Reads an export, and checks each hash and the signature; needs no database. Throws std::runtime_error with a
/// sentence where something does not fit; that the key is the right one is for the caller to say.
Sigillo check(std::istream& in);

}
