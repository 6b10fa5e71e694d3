#include "server/esportazione.h"

#include "core/base/error.h"
#include "server/sigilli.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <stdexcept>
#include <vector>

namespace sdc::esportazione {
namespace {

using nlohmann::json;
using Values = std::vector<std::string>;

/// "numero", the chain's own, "precedente", "hash".
Values columnNames()
{
    Values names{"numero"};
    names.insert(names.end(), store::kColonneAttivita.begin(), store::kColonneAttivita.end());
    names.insert(names.end(), {"precedente", "hash"});
    return names;
}

/// RFC 4180: quoted where it must be.
std::string csvLine(const Values& values)
{
    std::string line;
    for (const std::string& value : values) {
        line += line.empty() ? "" : ",";
        if (value.find_first_of(",\"\r\n#") == std::string::npos) {
            line += value;
            continue;
        }
        line += '"';
        for (const char c : value)
            line += c == '"' ? std::string{"\"\""} : std::string{c};
        line += '"';
    }
    return line + "\r\n";
}

std::string jsonLine(const Values& values)
{
    static const Values kNames = columnNames();
    json row = json::object();
    for (std::size_t i = 0; i < values.size(); ++i)
        row[kNames[i]] = values[i];
    row["numero"] = std::stoll(values.front());
    return row.dump() + "\n";
}

json toJson(const Sigillo& s)
{
    return {{"ente", s.ente}, {"primo", s.primo},          {"ultimo", s.ultimo}, {"precedente", s.precedente},
            {"hash", s.hash}, {"quando", toIso(s.quando)}, {"chiave", s.chiave}, {"firma", s.firma}};
}

Sigillo sigilloFrom(const json& j)
{
    const auto quando = instantFromIso(j.at("quando").get<std::string>());
    if (!quando)
        throw std::runtime_error("il sigillo non ha una data leggibile");
    return {j.at("ente"), j.at("primo"), j.at("ultimo"), j.at("precedente"),
            j.at("hash"), *quando,       j.at("chiave"), j.at("firma")};
}

[[noreturn]] void broken(const std::string& what)
{
    throw std::runtime_error("l'esportazione non torna: " + what);
}

/// The next value of a CSV line that may go on over several; `at` moves behind its comma.
std::string nextValue(std::string& line, std::size_t& at, std::istream& in)
{
    std::string value;
    if (at >= line.size() || line[at] != '"') {
        const auto end = std::min(line.find(',', at), line.size());
        value = line.substr(at, end - at);
        at = end + 1;
        return value;
    }
    for (++at;; ++at) {
        std::string more;
        while (at >= line.size()) {
            if (!std::getline(in, more))
                broken("una riga non finisce");
            line += "\n" + more;
        }
        if (line[at] == '"' && (at + 1 >= line.size() || line[at + 1] != '"'))
            break;
        at += line[at] == '"' ? 1U : 0U;
        value += line[at];
    }
    at += 2;
    return value;
}

Values csvValues(std::string line, std::istream& in)
{
    Values values;
    for (std::size_t at = 0; at <= line.size();) {
        if (line.ends_with('\r'))
            line.pop_back();
        values.push_back(nextValue(line, at, in));
    }
    return values;
}

/// The values of a row, in the order of the columns.
Values jsonValues(const json& row)
{
    Values values;
    for (const std::string& name : columnNames())
        values.push_back(name == "numero" ? std::to_string(row.at(name).get<long long>())
                                          : row.at(name).get<std::string>());
    return values;
}

/// Follows the rows of an export from the first on.
class Lettura
{
public:
    void take(const Values& values)
    {
        if (values.size() != columnNames().size())
            broken("dopo la riga " + std::to_string(ultimo_) + " ne segue una con altre colonne");
        const long long numero = std::stoll(values.front());
        const std::string& precedente = values[values.size() - 2];
        if (primo_ == 0) {
            primo_ = numero;
            precedente_ = precedente;
        } else if (numero != ultimo_ + 1 || precedente != hash_)
            broken("la riga " + values.front() + " non segue la " + std::to_string(ultimo_));
        const Values inner(values.begin() + 1, values.end() - 2);
        if (values.back() != store::hashOf(numero, inner, precedente))
            broken("la riga " + values.front() + " è stata cambiata");
        ultimo_ = numero;
        hash_ = values.back();
    }

    void fit(const Sigillo& s) const
    {
        if (s.primo != primo_ || s.ultimo != ultimo_ || s.hash != hash_ || s.precedente != precedente_)
            broken("il sigillo è di altre righe");
        if (!secrets::Cassaforte::verify(sigilli::placeIn(s.ente, s.text()), s.firma, s.chiave))
            broken("la firma del sigillo non è valida");
    }

private:
    long long primo_ = 0;
    long long ultimo_ = 0;
    std::string precedente_;
    std::string hash_;
};

std::optional<Instant> dayFrom(const std::string& text, int more)
{
    if (text.empty())
        return std::nullopt;
    auto day = dateFromIso(text);
    if (!day)
        day = dateFromItalian(text);
    if (!day)
        throw Invalid("\"" + text + "\" non è una data: servono giorno, mese e anno, come 31-01-2026.");
    const Instant midnight = std::chrono::sys_days{*day} + std::chrono::days{more};
    // Midnight in Italy comes one hour before that of UTC, or two.
    const auto ahead = romeTime(midnight).time_since_epoch() - midnight.time_since_epoch();
    return midnight - ahead;
}

}

Formato formatoFrom(const std::string& text)
{
    if (text != "csv" && text != "jsonl")
        throw Invalid("Il formato è \"csv\" o \"jsonl\".");
    return text == "csv" ? Formato::Csv : Formato::JsonLines;
}

store::Periodo periodoFrom(const std::string& da, const std::string& a)
{
    const store::Periodo periodo{dayFrom(da, 0), dayFrom(a, 1)};
    if (periodo.da && periodo.prima && *periodo.da >= *periodo.prima)
        throw Invalid("Il primo giorno viene dopo l'ultimo.");
    return periodo;
}

std::string Sigillo::text() const
{
    return json::array({"esportazione", primo, ultimo, precedente, hash, toIso(quando)}).dump();
}

void write(store::Database& database, const Ente& ente, const secrets::Cassaforte& cassaforte,
           const Richiesta& richiesta, std::ostream& out)
{
    const bool csv = richiesta.formato == Formato::Csv;
    if (csv)
        out << csvLine(columnNames());
    Sigillo s{ente.slug, 0, 0, "", "", richiesta.now, cassaforte.publicKey(), ""};
    store::eachAttivita(database, richiesta.periodo, [&](const store::RigaCatena& riga) {
        Values values{std::to_string(riga.numero)};
        values.insert(values.end(), riga.values.begin(), riga.values.end());
        values.insert(values.end(), {riga.precedente, riga.hash});
        out << (csv ? csvLine(values) : jsonLine(values));
        if (s.primo == 0) {
            s.primo = riga.numero;
            s.precedente = riga.precedente;
        }
        s.ultimo = riga.numero;
        s.hash = riga.hash;
    });
    s.firma = sigilli::firmatario(cassaforte, ente).sign(s.text());
    out << (csv ? "#" + toJson(s).dump() + "\r\n" : json{{"sigillo", toJson(s)}}.dump() + "\n");
    if (!out.flush())
        throw std::runtime_error("l'esportazione non si è potuta scrivere: disco pieno?");
}

Sigillo check(std::istream& in)
{
    Lettura lettura;
    std::string line;
    bool first = true;
    try {
        while (std::getline(in, line)) {
            const bool isJson = line.starts_with('{');
            const json row = isJson ? json::parse(line) : line.starts_with('#') ? json::parse(line.substr(1)) : json{};
            if (line.starts_with('#') || row.contains("sigillo")) {
                const Sigillo s = sigilloFrom(isJson ? row.at("sigillo") : row);
                lettura.fit(s);
                if (std::getline(in, line))
                    broken("dopo il sigillo c'è dell'altro");
                return s;
            }
            const Values values = isJson ? jsonValues(row) : csvValues(line, in);
            if (!first || isJson || values != columnNames())
                lettura.take(values);
            first = false;
        }
    } catch (const json::exception&) {
        broken("una riga non è leggibile");
    } catch (const std::logic_error&) {
        broken("un numero di riga non è leggibile");
    }
    broken("manca il sigillo alla fine");
}

}
