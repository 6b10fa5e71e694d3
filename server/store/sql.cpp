#include "server/store/sql.h"

#include <stdexcept>

namespace sdc::store {
namespace {

[[noreturn]] void wrongValue(const std::string& text)
{
    throw std::runtime_error("valore inatteso nel database: " + text.substr(0, 40));
}

const std::string& notNull(const std::string* text)
{
    if (text == nullptr)
        throw std::runtime_error("valore mancante nel database");
    return *text;
}

long long notNull(const long long* number)
{
    if (number == nullptr)
        throw std::runtime_error("valore mancante nel database");
    return *number;
}

}

Sql::Sql(Reader& reader, const char* text) : lease_(reader.lease()), kept_(lease_.session().prepare(text)) {}

Sql::~Sql()
{
    lease_.session().release(kept_);
}

Sql& Sql::use(const char* name, const std::string& value)
{
    Slot& slot = uses_.emplace_back(Slot{value, 0, soci::i_ok});
    kept_.statement.exchange(soci::use(slot.text, slot.indicator, name));
    return *this;
}

Sql& Sql::use(const char* name, long long value)
{
    Slot& slot = uses_.emplace_back(Slot{{}, value, soci::i_ok});
    kept_.statement.exchange(soci::use(slot.number, slot.indicator, name));
    return *this;
}

Sql& Sql::useNull(const char* name)
{
    Slot& slot = uses_.emplace_back(Slot{{}, 0, soci::i_null});
    kept_.statement.exchange(soci::use(slot.text, slot.indicator, name));
    return *this;
}

Sql& Sql::intoText(TakeText take)
{
    Slot& slot = intos_.emplace_back();
    kept_.statement.exchange(soci::into(slot.text, slot.indicator));
    takers_.push_back([&slot, take = std::move(take)] { take(slot.indicator == soci::i_null ? nullptr : &slot.text); });
    return *this;
}

Sql& Sql::intoNumber(TakeNumber take)
{
    Slot& slot = intos_.emplace_back();
    kept_.statement.exchange(soci::into(slot.number, slot.indicator));
    takers_.push_back(
        [&slot, take = std::move(take)] { take(slot.indicator == soci::i_null ? nullptr : &slot.number); });
    return *this;
}

Sql& Sql::into(std::string& target)
{
    return intoText([&target](const std::string* text) { target = notNull(text); });
}

Sql& Sql::into(std::optional<std::string>& target)
{
    return intoText(
        [&target](const std::string* text) { target = text == nullptr ? std::nullopt : std::optional{*text}; });
}

Sql& Sql::into(long long& target)
{
    return intoNumber([&target](const long long* number) { target = notNull(number); });
}

Sql& Sql::into(std::int64_t& target)
{
    return intoNumber([&target](const long long* number) { target = notNull(number); });
}

Sql& Sql::into(int& target)
{
    return intoNumber([&target](const long long* number) { target = static_cast<int>(notNull(number)); });
}

Sql& Sql::into(bool& target)
{
    return intoNumber([&target](const long long* number) { target = notNull(number) != 0; });
}

Sql& Sql::into(Stato& target)
{
    return intoNumber([&target](const long long* number) {
        const auto stato = statoFromCode(static_cast<int>(notNull(number)));
        if (!stato)
            wrongValue(std::to_string(*number));
        target = *stato;
    });
}

Sql& Sql::into(Instant& target)
{
    return intoText([&target](const std::string* text) {
        const auto instant = instantFromIso(notNull(text));
        if (!instant)
            wrongValue(*text);
        target = *instant;
    });
}

Sql& Sql::into(std::optional<Instant>& target)
{
    return intoText([&target](const std::string* text) {
        target = text == nullptr ? std::nullopt : instantFromIso(*text);
        if (text != nullptr && !target)
            wrongValue(*text);
    });
}

Sql& Sql::into(std::optional<Date>& target)
{
    return intoText([&target](const std::string* text) {
        target = text == nullptr ? std::nullopt : dateFromIso(*text);
        if (text != nullptr && !target)
            wrongValue(*text);
    });
}

void Sql::execute(bool rows)
{
    try {
        kept_.statement.define_and_bind();
        kept_.statement.execute(!rows);
        executed_ = true;
    } catch (const soci::soci_error& error) {
        lease_.session().fail(error);
    }
}

bool Sql::fetch()
{
    try {
        return kept_.statement.fetch();
    } catch (const soci::soci_error& error) {
        lease_.session().fail(error);
    }
}

bool Sql::next()
{
    if (!executed_)
        execute(true);
    if (!fetch())
        return false;
    for (const auto& take : takers_)
        take();
    return true;
}

long long Sql::run()
{
    execute(false);
    return kept_.statement.get_affected_rows();
}

}
