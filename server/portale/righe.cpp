#include "server/portale/righe.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace sdc::portale {
namespace {

/// No group has as many; a number beyond it was not written by a page of ours.
constexpr std::size_t kMostRows = 1000;

/// A field of a row: "gruppo.2.campo".
struct RowField
{
    std::size_t row = 0;
    std::string rest;
};

std::optional<RowField> parse(const Campo& gruppo, const std::string& name)
{
    const std::string prefix = gruppo.chiave + ".";
    if (!name.starts_with(prefix))
        return std::nullopt;
    RowField field;
    const char* begin = name.data() + prefix.size();
    const char* end = name.data() + name.size();
    const auto [after, error] = std::from_chars(begin, end, field.row);
    if (error != std::errc{} || after == end || *after != '.' || field.row >= kMostRows)
        return std::nullopt;
    field.rest.assign(after + 1, end);
    return field;
}

std::size_t rowCount(const Campo& gruppo, const Posted& fields)
{
    std::size_t count = 0;
    for (const auto& [name, value] : fields) {
        if (const auto field = parse(gruppo, name))
            count = std::max(count, field->row + 1);
    }
    return count;
}

std::string nameOf(const Campo& gruppo, std::size_t row, const std::string& rest)
{
    return gruppo.chiave + "." + std::to_string(row) + "." + rest;
}

}

Posted withRow(const Campo& gruppo, Posted fields)
{
    const std::size_t count = rowCount(gruppo, fields);
    if (count < gruppo.righeMassime)
        fields.emplace_back(nameOf(gruppo, count, gruppo.campi.front().chiave), "");
    return fields;
}

Posted withoutRow(const Campo& gruppo, const Posted& fields, std::size_t index)
{
    Posted kept;
    for (const auto& [name, value] : fields) {
        const auto field = parse(gruppo, name);
        if (!field || field->row < index)
            kept.emplace_back(name, value);
        else if (field->row > index)
            kept.emplace_back(nameOf(gruppo, field->row - 1, field->rest), value);
    }
    return kept;
}

Posted withoutEmptyRows(const Campo& gruppo, Posted fields)
{
    std::set<std::size_t> written;
    for (const auto& [name, value] : fields) {
        const auto field = parse(gruppo, name);
        if (field && !trim(value).empty())
            written.insert(field->row);
    }
    for (std::size_t row = rowCount(gruppo, fields); row-- > 0;) {
        if (!written.contains(row))
            fields = withoutRow(gruppo, fields, row);
    }
    return fields;
}

}
