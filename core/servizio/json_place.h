#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>

namespace sdc {

class JsonPlace;

/// A JSON text that knows on which line each of its values stands. Throws Invalid where it is no JSON, is larger than
/// 1 MB, nests deeper than 30 or names a key twice.
class JsonDocument
{
public:
    explicit JsonDocument(const std::string& text);

    JsonPlace root() const;
    int lineOf(const std::string& pointer) const;

private:
    nlohmann::json value_;
    std::map<std::string, int> lines_;
};

/// One value of a JsonDocument, with the place where it stands. What is missing or of another kind is refused by an
/// Invalid that names line, place and reason.
class JsonPlace
{
public:
    JsonPlace(const JsonDocument& document, const nlohmann::json& value, std::string pointer)
        : document_(&document),
          value_(&value),
          pointer_(std::move(pointer))
    {
    }

    [[noreturn]] void refuse(const std::string& reason) const;
    void allowOnly(std::initializer_list<const char*> keys) const;

    bool has(const char* key) const { return value_->is_object() && value_->contains(key); }
    JsonPlace at(const char* key) const;
    JsonPlace at(std::size_t index) const;
    std::vector<JsonPlace> items() const;
    std::vector<std::string> keys() const;

    bool isText() const { return value_->is_string(); }
    /// A text that is not empty.
    std::string text() const;
    std::string textOr(const char* key, const char* otherwise) const;
    /// A true or false that may be missing (false).
    bool flag(const char* key) const;
    std::int64_t number(const char* key, std::int64_t otherwise, std::int64_t smallest, std::int64_t largest) const;

private:
    const JsonDocument* document_;
    const nlohmann::json* value_;
    std::string pointer_;
};

}
