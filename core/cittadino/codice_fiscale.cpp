#include "core/cittadino/codice_fiscale.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace sdc {
namespace {

constexpr std::string_view kShape = "LLLLLLNNLNNLNNNL"; // L letter, N digit or its omocodia letter
constexpr std::string_view kOmocodia = "LMNPQRSTUV";
constexpr std::string_view kMonths = "ABCDEHLMPRST";
/// Years, with room: the oldest person known of died at 122.
constexpr int kOldest = 125;

bool isFigure(char c)
{
    return c >= '0' && c <= '9';
}
bool isCapital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/// The digit at a numeric place, whether written as such or by omocodia; -1 where neither.
int digitAt(std::string_view code, std::size_t at)
{
    const char c = code[at];
    if (isFigure(c))
        return c - '0';
    const auto found = kOmocodia.find(c);
    return found == std::string_view::npos ? -1 : static_cast<int>(found);
}

bool hasShape(std::string_view code)
{
    if (code.size() != kShape.size())
        return false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (kShape[i] == 'L' ? !isCapital(code[i]) : digitAt(code, i) < 0)
            return false;
    }
    return true;
}

int birthDay(std::string_view code)
{
    return digitAt(code, 9) * 10 + digitAt(code, 10);
}

bool hasPossibleBirth(std::string_view code)
{
    constexpr std::array kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const auto month = kMonths.find(code[8]);
    if (month == std::string_view::npos)
        return false;
    const int day = birthDay(code) > 40 ? birthDay(code) - 40 : birthDay(code);
    // Two digits of the year are enough: no year of the last century's or this one's that 4 does not divide is a leap
    // year.
    const int year = digitAt(code, 6) * 10 + digitAt(code, 7);
    const bool leapDay = month == 1 && day == 29;
    return day >= 1 && day <= kDays.at(month) && (!leapDay || year % 4 == 0);
}

int oddValue(char c)
{
    constexpr std::array kOdd = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    return kOdd.at(static_cast<std::size_t>(isFigure(c) ? c - '0' : c - 'A'));
}

int evenValue(char c)
{
    return isFigure(c) ? c - '0' : c - 'A';
}

}

char codiceFiscaleCheck(std::string_view first15)
{
    int sum = 0;
    for (std::size_t i = 0; i < first15.size(); ++i)
        sum += i % 2 == 0 ? oddValue(first15[i]) : evenValue(first15[i]);
    return static_cast<char>('A' + sum % 26);
}

std::optional<CodiceFiscale> CodiceFiscale::parse(std::string_view text)
{
    std::string code = asciiUpper(text);
    std::erase_if(code, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    if (!hasShape(code) || !hasPossibleBirth(code))
        return std::nullopt;
    if (codiceFiscaleCheck(std::string_view{code}.substr(0, 15)) != code[15])
        return std::nullopt;
    return CodiceFiscale{std::move(code)};
}

std::string CodiceFiscale::withoutOmocodia() const
{
    std::string code = text_;
    for (std::size_t i = 0; i < 15; ++i) {
        if (kShape[i] == 'N')
            code[i] = static_cast<char>('0' + digitAt(code, i));
    }
    code[15] = codiceFiscaleCheck(std::string_view{code}.substr(0, 15));
    return code;
}

bool CodiceFiscale::samePerson(const CodiceFiscale& other) const
{
    return withoutOmocodia() == other.withoutOmocodia();
}

Sesso CodiceFiscale::sesso() const
{
    return birthDay(text_) > 40 ? Sesso::Femmina : Sesso::Maschio;
}

std::string CodiceFiscale::luogoDiNascita() const
{
    return withoutOmocodia().substr(11, 4);
}

bool CodiceFiscale::bornOn(Date date) const
{
    return date == birthIn(static_cast<int>(date.year()) / 100);
}

std::vector<Date> CodiceFiscale::possibleBirths(Date today) const
{
    std::vector<Date> births;
    const int century = static_cast<int>(today.year()) / 100;
    for (const int one : {century - 2, century - 1, century}) {
        const Date birth = birthIn(one);
        const bool lives = birth <= today && static_cast<int>(today.year()) - static_cast<int>(birth.year()) <= kOldest;
        if (birth.ok() && lives)
            births.push_back(birth);
    }
    return births;
}

Date CodiceFiscale::birthIn(int century) const
{
    const int year = century * 100 + digitAt(text_, 6) * 10 + digitAt(text_, 7);
    const auto month = static_cast<unsigned>(kMonths.find(text_[8])) + 1;
    const int day = birthDay(text_) > 40 ? birthDay(text_) - 40 : birthDay(text_);
    return std::chrono::year{year} / static_cast<int>(month) / day;
}

bool isCodiceFiscaleNumerico(std::string_view text)
{
    if (text.size() != 11 || !std::all_of(text.begin(), text.end(), isFigure))
        return false;
    int sum = 0;
    for (std::size_t i = 0; i < 10; ++i) {
        const int digit = text[i] - '0';
        const int doubled = digit * 2;
        sum += i % 2 == 0 ? digit : (doubled > 9 ? doubled - 9 : doubled);
    }
    return (10 - sum % 10) % 10 == text[10] - '0';
}

}
