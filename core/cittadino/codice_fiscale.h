#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sdc {

enum class Sesso { Femmina, Maschio };

/// A person's tax code of 16 characters, valid in shape, calendar and check character (DM 23 December 1976).
/// Omocodia is kept as written, and two codes are the same person's when they are the same without it.
class CodiceFiscale
{
public:
    /// Reads a code as typed: white space and case do not matter. Nothing where it is not valid.
    static std::optional<CodiceFiscale> parse(std::string_view text);

    const std::string& text() const { return text_; }
    /// The code with the digits that omocodia replaced put back and its own check character.
    std::string withoutOmocodia() const;
    bool samePerson(const CodiceFiscale& other) const;

    Sesso sesso() const;
    /// The cadastral code of the place of birth, "H501"; "Z..." abroad.
    std::string luogoDiNascita() const;
    /// Whether the code's two-digit year, month and day are those of `date`.
    bool bornOn(Date date) const;
    /// The days on which the person may have been born, as of `today`: the code tells two digits of the year. The
    /// oldest comes first; nobody is born in the future or is older than anyone ever was. One for most, two for the
    /// very young and the very old.
    std::vector<Date> possibleBirths(Date today) const;

    bool operator==(const CodiceFiscale&) const = default;

private:
    explicit CodiceFiscale(std::string text) : text_(std::move(text)) {}

    /// May be 29 February of a year that has none.
    Date birthIn(int century) const;

    std::string text_;
};

/// The check character of the first 15 characters, upper-case letters and digits.
char codiceFiscaleCheck(std::string_view first15);

/// A tax code of 11 digits, of organisations (and partita IVA): digits and check digit.
bool isCodiceFiscaleNumerico(std::string_view text);

}
