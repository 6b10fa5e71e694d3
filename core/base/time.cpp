#include "core/base/time.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace sdc {
namespace {

using namespace std::chrono;

/// Reads exactly `digits` decimal digits at `position`.
std::optional<int> digitsAt(std::string_view text, std::size_t position, std::size_t digits)
{
    if (text.size() < position + digits)
        return std::nullopt;
    int value = 0;
    for (const char c : text.substr(position, digits)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<Date> makeDate(int year, int month, int day)
{
    const Date date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                    std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok())
        return std::nullopt;
    return date;
}

std::string numbers(const char* format, std::array<int, 5> n)
{
    std::array<char, 64> buffer{};
    const int length = std::snprintf(buffer.data(), buffer.size(), format, n[0], n[1], n[2], n[3], n[4]);
    return {buffer.data(), static_cast<std::size_t>(length)};
}

int yearOf(Date d)
{
    return static_cast<int>(d.year());
}
int monthOf(Date d)
{
    return static_cast<int>(static_cast<unsigned>(d.month()));
}
int dayOf(Date d)
{
    return static_cast<int>(static_cast<unsigned>(d.day()));
}

struct Local
{
    Date date{};
    hh_mm_ss<seconds> time;
};

Local localOf(Instant utc)
{
    const local_seconds local = romeTime(utc);
    const auto midnight = floor<days>(local);
    return {Date{midnight}, hh_mm_ss<seconds>{local - midnight}};
}

std::string dayAndTime(const char* format, Instant utc)
{
    const Local l = localOf(utc);
    return numbers(format, {dayOf(l.date), monthOf(l.date), yearOf(l.date), static_cast<int>(l.time.hours().count()),
                            static_cast<int>(l.time.minutes().count())});
}

}

std::string toIso(Instant instant)
{
    const auto midnight = floor<days>(instant);
    const Date date{midnight};
    const hh_mm_ss<seconds> time{instant - midnight};
    std::array<char, 64> buffer{};
    const int length =
        std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02dT%02d:%02d:%02dZ", yearOf(date), monthOf(date),
                      dayOf(date), static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                      static_cast<int>(time.seconds().count()));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

std::optional<Instant> instantFromIso(std::string_view text)
{
    if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        return std::nullopt;
    const auto date = dateFromIso(text.substr(0, 10));
    const auto h = digitsAt(text, 11, 2);
    const auto m = digitsAt(text, 14, 2);
    const auto s = digitsAt(text, 17, 2);
    if (!date || !h || !m || !s || *h > 23 || *m > 59 || *s > 59)
        return std::nullopt;
    return Instant{sys_days{*date}} + hours{*h} + minutes{*m} + seconds{*s};
}

std::string toIso(Date date)
{
    return numbers("%04d-%02d-%02d", {yearOf(date), monthOf(date), dayOf(date), 0, 0});
}

std::optional<Date> dateFromIso(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto y = digitsAt(text, 0, 4);
    const auto m = digitsAt(text, 5, 2);
    const auto d = digitsAt(text, 8, 2);
    if (!y || !m || !d)
        return std::nullopt;
    return makeDate(*y, *m, *d);
}

std::optional<Date> dateFromItalian(std::string_view text)
{
    std::array<int, 3> parts{};
    const char* at = text.data();
    const char* const end = at + text.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto [next, error] = std::from_chars(at, end, parts[i]);
        const auto length = next - at;
        if (error != std::errc{} || (i < 2 ? length > 2 : length != 4) || *at == '-')
            return std::nullopt;
        at = next;
        if (i < 2 && (at == end || (*at != '/' && *at != '-')))
            return std::nullopt;
        if (i < 2)
            ++at;
    }
    if (at != end)
        return std::nullopt;
    return makeDate(parts[2], parts[1], parts[0]);
}

local_seconds romeTime(Instant utc)
{
    const auto y = Date{floor<days>(utc)}.year();
    const Instant summerBegins = sys_days{y / March / Sunday[last]} + 1h;
    const Instant summerEnds = sys_days{y / October / Sunday[last]} + 1h;
    return local_seconds{utc.time_since_epoch() + (utc >= summerBegins && utc < summerEnds ? 2h : 1h)};
}

Date romeDate(Instant utc)
{
    return localOf(utc).date;
}

int romeYear(Instant utc)
{
    return yearOf(romeDate(utc));
}

std::string onScreen(Instant utc)
{
    return dayAndTime("%02d-%02d-%04d %02d:%02d", utc);
}

std::string onScreenAt(Instant utc)
{
    return dayAndTime("%02d-%02d-%04d alle %02d:%02d", utc);
}

std::string onScreen(Date date)
{
    return numbers("%02d-%02d-%04d", {dayOf(date), monthOf(date), yearOf(date), 0, 0});
}

std::string inDocument(Date date)
{
    return numbers("%02d/%02d/%04d", {dayOf(date), monthOf(date), yearOf(date), 0, 0});
}

std::string inDocument(Instant utc)
{
    return dayAndTime("%02d/%02d/%04d %02d:%02d", utc);
}

}
