#pragma once

#include "core/base/time.h"
#include "server/store/database.h"

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sdc::store {

/// A table whose every row carries the hash of the row before: none can be changed or taken out unseen. Its columns are
/// numero, these (texts, of which the first is `quando`), precedente and hash; a counter has its name.
struct Catena
{
    const char* tabella;
    std::span<const char* const> colonne;
};

/// The hash of a row: each value goes in with its length before it, so that no two rows give the same text.
std::string hashOf(long long numero, std::span<const std::string> values, const std::string& precedente);

/// Appends a row; a value for each column.
void append(Transaction& transaction, const Catena& catena, std::span<const std::string> values);

/// Where a chain goes on since its oldest rows were deleted: the number and the hash of the last of them.
struct PuntoFermo
{
    std::string catena;
    long long numero = 0;
    std::string hash;
    Instant quando;
    /// How many rows were deleted since the chain began.
    long long tolte = 0;
    std::string firma;
    std::string chiave; ///< the public one, to check the signature with

    /// What is signed.
    std::string text() const;
};

/// Signs a text as this server, for one ente.
struct Firmatario
{
    std::function<std::string(const std::string& text)> sign;
    std::string chiave;
};

/// Whether a checkpoint was signed by whom this server trusts.
using IsSigned = std::function<bool(const PuntoFermo&)>;

std::optional<PuntoFermo> puntoFermo(Reader& reader, const Catena& catena);

/// Which rows go: those of before `prima`, the oldest first, so many at most.
struct Scaduti
{
    Instant prima;
    std::size_t most = 0;
};

/// Deletes the oldest rows and leaves a signed checkpoint; how many. Rows dated after `now` were written under a clock
/// that was ahead, and go with those behind them. Throws std::runtime_error, and deletes nothing, where the rows to go
/// are not as they were written: that must be looked into first.
long long forgetOldest(Transaction& transaction, const Catena& catena, const Scaduti& scaduti,
                       const Firmatario& firmatario, Instant now);

/// A row of a chain as it lies in its table.
struct RigaCatena
{
    long long numero = 0;
    /// A value for each column.
    std::vector<std::string> values;
    std::string precedente;
    std::string hash;
};

/// Hands over the rows behind `dopo`, in their order, `most` at most, until `take` wants no more.
void eachAfter(Reader& reader, const Catena& catena, long long dopo, long long most,
               const std::function<bool(const RigaCatena&)>& take);

/// Reads the chain from its start, or its checkpoint; the number of the first row that does not fit, or nothing where
/// all do.
std::optional<long long> firstBreak(Reader& reader, const Catena& catena);

}
