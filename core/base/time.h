#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sdc {

/// A moment, UTC, whole seconds.
using Instant = std::chrono::sys_seconds;
/// A day of the calendar: births, never instants.
using Date = std::chrono::year_month_day;

/// "2024-01-31T10:00:00Z": the one text form for database, JSON and log; sorts by time.
std::string toIso(Instant instant);
/// Reads toIso's form; nothing else is accepted.
std::optional<Instant> instantFromIso(std::string_view text);

/// "2024-01-31".
std::string toIso(Date date);
std::optional<Date> dateFromIso(std::string_view text);

/// Reads what a person types: gg/mm/aaaa or gg-mm-aaaa, one or two digits for day and month.
std::optional<Date> dateFromItalian(std::string_view text);

/// Italian civil time (CET, CEST by directive 2000/84/EC: last Sundays of March and October, 01:00 UTC).
std::chrono::local_seconds romeTime(Instant utc);
/// The calendar day in Italy at that moment.
Date romeDate(Instant utc);
/// The calendar year in Italy at that moment: the register's year.
int romeYear(Instant utc);

/// "31-01-2024 11:00", Italian civil time: on screen.
std::string onScreen(Instant utc);
/// "31-01-2024 alle 11:00": the time of presentation.
std::string onScreenAt(Instant utc);
/// "31-01-2024": on screen.
std::string onScreen(Date date);
/// "31/01/2024": in documents.
std::string inDocument(Date date);
/// "31/01/2024 11:00", Italian civil time: in documents.
std::string inDocument(Instant utc);

}
