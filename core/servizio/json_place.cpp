#include "core/servizio/json_place.h"

#include "core/base/error.h"

#include <algorithm>
#include <iterator>

namespace sdc {
namespace {

constexpr std::size_t kLargestText = 1024 * 1024;
constexpr std::size_t kDeepest = 30;

/// Reads a text forward and knows the line of the last character read: who reads a number has read one beyond its end.
class CountingIterator
{
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, int* line) : at_(at), line_(line) {}

    reference operator*() const { return *at_; }
    CountingIterator& operator++()
    {
        *line_ += lineEnded_ ? 1 : 0;
        lineEnded_ = *at_ == '\n';
        ++at_;
        return *this;
    }
    CountingIterator operator++(int)
    {
        CountingIterator before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
    bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

private:
    const char* at_;
    int* line_;
    bool lineEnded_ = false;
};

std::string atLine(int line, const std::string& reason)
{
    return "Riga " + std::to_string(line) + ": " + reason;
}

/// Notes the line of every value, by its pointer ("passi/2/tipo").
class LineFinder : public nlohmann::json_sax<nlohmann::json>
{
public:
    LineFinder(const int& line, std::map<std::string, int>& lines) : line_(line), lines_(lines) {}

    bool null() override { return value(); }
    bool boolean(bool) override { return value(); }
    bool number_integer(number_integer_t) override { return value(); }
    bool number_unsigned(number_unsigned_t) override { return value(); }
    bool number_float(number_float_t, const string_t&) override { return value(); }
    bool string(string_t&) override { return value(); }
    bool binary(binary_t&) override { return value(); }
    bool start_object(std::size_t) override { return open(false); }
    bool start_array(std::size_t) override { return open(true); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& key) override
    {
        levels_.back().key = key;
        if (lines_.contains(pointer()))
            throw Invalid(atLine(line_, "\"" + pointer() + "\" compare due volte."));
        return true;
    }

    bool parse_error(std::size_t, const std::string& token, const nlohmann::json::exception&) override
    {
        throw Invalid(atLine(line_, "il testo non è JSON valido vicino a \"" + token.substr(0, 40) + "\"."));
    }

private:
    struct Level
    {
        bool array;
        std::size_t index;
        std::string key;
    };

    std::string pointer() const
    {
        std::string text;
        for (const Level& level : levels_)
            text += (text.empty() ? "" : "/") + (level.array ? std::to_string(level.index) : level.key);
        return text;
    }

    bool value()
    {
        lines_[pointer()] = line_;
        if (!levels_.empty() && levels_.back().array)
            ++levels_.back().index;
        return true;
    }

    bool open(bool array)
    {
        lines_[pointer()] = line_;
        if (levels_.size() == kDeepest)
            throw Invalid(atLine(line_, "troppi livelli uno dentro l'altro."));
        levels_.push_back({array, 0, {}});
        return true;
    }

    bool close()
    {
        levels_.pop_back();
        if (!levels_.empty() && levels_.back().array)
            ++levels_.back().index;
        return true;
    }

    const int& line_;
    std::map<std::string, int>& lines_;
    std::vector<Level> levels_;
};

}

JsonDocument::JsonDocument(const std::string& text)
{
    if (text.size() > kLargestText)
        throw Invalid("Il testo supera 1 MB.");
    int line = 1;
    LineFinder finder{line, lines_};
    nlohmann::json::sax_parse(CountingIterator{text.data(), &line}, CountingIterator{text.data() + text.size(), &line},
                              &finder);
    value_ = nlohmann::json::parse(text);
}

JsonPlace JsonDocument::root() const
{
    return {*this, value_, ""};
}

int JsonDocument::lineOf(const std::string& pointer) const
{
    const auto found = lines_.find(pointer);
    return found == lines_.end() ? 1 : found->second;
}

void JsonPlace::refuse(const std::string& reason) const
{
    const std::string where = pointer_.empty() ? "" : "\"" + pointer_ + "\": ";
    throw Invalid(atLine(document_->lineOf(pointer_), where + reason + "."));
}

void JsonPlace::allowOnly(std::initializer_list<const char*> keys) const
{
    if (!value_->is_object())
        refuse("deve essere un oggetto");
    for (const auto& [key, value] : value_->items()) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            at(key.c_str()).refuse("chiave sconosciuta");
    }
}

JsonPlace JsonPlace::at(const char* key) const
{
    if (!has(key))
        refuse("manca \"" + std::string{key} + "\"");
    return {*document_, value_->at(key), (pointer_.empty() ? "" : pointer_ + "/") + key};
}

JsonPlace JsonPlace::at(std::size_t index) const
{
    return {*document_, value_->at(index), pointer_ + "/" + std::to_string(index)};
}

std::vector<JsonPlace> JsonPlace::items() const
{
    if (!value_->is_array())
        refuse("deve essere un elenco");
    std::vector<JsonPlace> places;
    for (std::size_t i = 0; i < value_->size(); ++i)
        places.push_back(at(i));
    return places;
}

std::vector<std::string> JsonPlace::keys() const
{
    std::vector<std::string> names;
    for (const auto& [key, value] : value_->items())
        names.push_back(key);
    return names;
}

std::string JsonPlace::text() const
{
    if (!value_->is_string() || value_->get_ref<const std::string&>().empty())
        refuse("deve essere un testo non vuoto");
    return value_->get<std::string>();
}

std::string JsonPlace::textOr(const char* key, const char* otherwise) const
{
    return has(key) ? at(key).text() : otherwise;
}

bool JsonPlace::flag(const char* key) const
{
    if (!has(key))
        return false;
    if (!value_->at(key).is_boolean())
        at(key).refuse("deve essere true o false");
    return value_->at(key).get<bool>();
}

std::int64_t JsonPlace::number(const char* key, std::int64_t otherwise, std::int64_t smallest,
                               std::int64_t largest) const
{
    if (!has(key))
        return otherwise;
    const auto& value = value_->at(key);
    if (!value.is_number_integer() || value.get<std::int64_t>() < smallest || value.get<std::int64_t>() > largest)
        at(key).refuse("deve essere un numero intero tra " + std::to_string(smallest) + " e " +
                       std::to_string(largest));
    return value.get<std::int64_t>();
}

}
