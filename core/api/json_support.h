#pragma once

#include "core/base/id.h"
#include "core/base/time.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <stdexcept>
#include <string>

namespace sdc::api {

/// The answer is JSON, but does not say what the API promises.
class MalformedJson : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

template <class T>
T required(const nlohmann::json& object, const char* key)
{
    return object.at(key).get<T>();
}

template <class T>
std::optional<T> optional(const nlohmann::json& object, const char* key)
{
    const auto it = object.find(key);
    if (it == object.end() || it->is_null())
        return std::nullopt;
    return it->template get<T>();
}

template <class Owner>
Id<Owner> requiredId(const nlohmann::json& object, const char* key)
{
    return Id<Owner>(required<std::string>(object, key));
}

/// A count or a size: a whole number, never negative.
inline std::int64_t requiredCount(const nlohmann::json& object, const char* key)
{
    const nlohmann::json& value = object.at(key);
    if (!value.is_number_integer() || value.get<std::int64_t>() < 0)
        throw MalformedJson(std::string(key) + " is not a count");
    return value.get<std::int64_t>();
}

inline std::optional<Instant> optionalInstant(const nlohmann::json& object, const char* key)
{
    const auto text = optional<std::string>(object, key);
    if (!text)
        return std::nullopt;
    const auto instant = instantFromIso(*text);
    if (!instant)
        throw MalformedJson(std::string(key) + " is not a time");
    return instant;
}

inline Instant requiredInstant(const nlohmann::json& object, const char* key)
{
    const auto instant = optionalInstant(object, key);
    if (!instant)
        throw MalformedJson(std::string(key) + " is missing");
    return *instant;
}

inline nlohmann::json orNull(const std::optional<Instant>& instant)
{
    return instant ? nlohmann::json(toIso(*instant)) : nlohmann::json(nullptr);
}

template <class T>
nlohmann::json orNull(const std::optional<T>& value)
{
    return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

}
