#pragma once

#include "server/copie/manifesto.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sdc::copie {

/// What the administrator says of the register's numbers that were given after the backup.
struct Numeri
{
    /// None was.
    bool certi = false;
    /// By year, the last that was.
    std::map<int, int> ultimi;
};

/// "2026:150": of the year 2026 the last number is 150. Throws std::runtime_error with a sentence.
std::pair<int, int> ultimoNumero(const std::string& text);

/// Refuses a restore of which nobody has said where the register goes on: the server would give to other documents,
/// at once, numbers that citizens have on their receipts.
void requireNumeri(const Numeri& numeri, const std::vector<CopiaEnte>& enti);

}
