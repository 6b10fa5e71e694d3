#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/pratica/stato.h"
#include "server/store/session.h"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sdc::store {

/// One run of one statement, the same text for both databases:
///     Sql sql(reader, "SELECT nome FROM enti WHERE slug = :slug");
///     sql.use("slug", slug).into(nome);
///     while (sql.next()) ...
/// Holds its session until it goes: do not start another one on the same Database inside the loop.
class Sql
{
public:
    Sql(Reader& reader, const char* text);
    ~Sql();
    Sql(const Sql&) = delete;
    Sql& operator=(const Sql&) = delete;

    Sql& use(const char* name, const std::string& value);
    Sql& use(const char* name, const char* value) { return use(name, std::string{value}); }
    Sql& use(const char* name, long long value);
    Sql& use(const char* name, long value) { return use(name, static_cast<long long>(value)); }
    Sql& use(const char* name, int value) { return use(name, static_cast<long long>(value)); }
    Sql& use(const char* name, std::size_t value) { return use(name, static_cast<long long>(value)); }
    Sql& use(const char* name, bool value) { return use(name, value ? 1LL : 0LL); }
    Sql& use(const char* name, Stato value) { return use(name, static_cast<long long>(code(value))); }
    Sql& use(const char* name, Instant value) { return use(name, toIso(value)); }
    Sql& use(const char* name, Date value) { return use(name, toIso(value)); }
    Sql& useNull(const char* name);

    template <class Owner>
    Sql& use(const char* name, const Id<Owner>& id)
    {
        return use(name, id.text());
    }

    template <class Value>
    Sql& use(const char* name, const std::optional<Value>& value)
    {
        return value ? use(name, *value) : useNull(name);
    }

    Sql& into(std::string& target);
    Sql& into(std::optional<std::string>& target);
    Sql& into(long long& target);
    Sql& into(std::int64_t& target);
    Sql& into(int& target);
    Sql& into(bool& target);
    Sql& into(Stato& target);
    Sql& into(Instant& target);
    Sql& into(std::optional<Instant>& target);
    Sql& into(std::optional<Date>& target);

    template <class Owner>
    Sql& into(Id<Owner>& target)
    {
        return intoText([&target](const std::string* text) { target = Id<Owner>{text == nullptr ? "" : *text}; });
    }

    /// Fetches a row into the targets; false where there is none left.
    bool next();
    /// Runs a statement without rows; how many rows it changed. Throws Duplicate where a key exists already.
    long long run();

private:
    struct Slot
    {
        std::string text;
        long long number = 0;
        soci::indicator indicator = soci::i_ok;
    };
    using TakeText = std::function<void(const std::string*)>;
    using TakeNumber = std::function<void(const long long*)>;

    Sql& intoText(TakeText take);
    Sql& intoNumber(TakeNumber take);
    void execute(bool rows);
    bool fetch();

    Lease lease_;
    Kept& kept_;
    // Bound by address: a deque keeps its elements where they are.
    std::deque<Slot> uses_;
    std::deque<Slot> intos_;
    std::vector<std::function<void()>> takers_;
    bool executed_ = false;
};

}
