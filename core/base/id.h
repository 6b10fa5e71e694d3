#pragma once

#include <compare>
#include <string>
#include <utility>

namespace sdc {

/// The id of one Owner: text inside, made by the server. An Id<Ente> is no Id<Pratica>.
template <class Owner>
class Id
{
public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}

    const std::string& text() const { return text_; }
    bool empty() const { return text_.empty(); }

    bool operator==(const Id&) const = default;
    auto operator<=>(const Id&) const = default;

private:
    std::string text_;
};

}
