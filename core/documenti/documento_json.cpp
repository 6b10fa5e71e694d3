#include "core/documenti/documento_json.h"

#include <nlohmann/json.hpp>

#include <array>
#include <stdexcept>
#include <string_view>

namespace sdc {

namespace {

using nlohmann::json;

constexpr std::array<std::pair<Allineamento, std::string_view>, 3> kAllineamenti{{
    {Allineamento::Sinistra, "sinistra"},
    {Allineamento::Centro, "centro"},
    {Allineamento::Destra, "destra"},
}};

std::string_view nameOf(Allineamento wanted)
{
    for (const auto& [allineamento, name] : kAllineamenti) {
        if (allineamento == wanted)
            return name;
    }
    throw std::invalid_argument("allineamento sconosciuto");
}

Allineamento allineamentoFrom(std::string_view wanted)
{
    for (const auto& [allineamento, name] : kAllineamenti) {
        if (name == wanted)
            return allineamento;
    }
    throw std::invalid_argument("allineamento sconosciuto: " + std::string(wanted));
}

json jsonOf(const Paragrafo& paragrafo)
{
    json tratti = json::array();
    for (const Tratto& tratto : paragrafo.tratti)
        tratti.push_back({{"testo", tratto.text}, {"grassetto", tratto.bold}});
    return {{"tipo", "paragrafo"}, {"allineamento", nameOf(paragrafo.allineamento)}, {"tratti", tratti}};
}

json jsonOf(const Intestazione& intestazione)
{
    return {{"tipo", "intestazione"}, {"livello", intestazione.level}, {"testo", intestazione.text}};
}

json jsonOf(const Elenco& elenco)
{
    return {{"tipo", "elenco"}, {"voci", elenco.voci}};
}

json jsonOf(const Tabella& tabella)
{
    json righe = json::array();
    for (const auto& [label, value] : tabella.righe)
        righe.push_back(json::array({label, value}));
    return {{"tipo", "tabella"}, {"righe", righe}};
}

Paragrafo paragrafoFrom(const json& source)
{
    Paragrafo paragrafo;
    paragrafo.allineamento = allineamentoFrom(source.at("allineamento").get<std::string>());
    for (const json& tratto : source.at("tratti"))
        paragrafo.tratti.push_back({tratto.at("testo").get<std::string>(), tratto.at("grassetto").get<bool>()});
    return paragrafo;
}

Tabella tabellaFrom(const json& source)
{
    Tabella tabella;
    for (const json& riga : source.at("righe"))
        tabella.righe.emplace_back(riga.at(0).get<std::string>(), riga.at(1).get<std::string>());
    return tabella;
}

Blocco bloccoFrom(const json& source)
{
    const auto tipo = source.at("tipo").get<std::string>();
    if (tipo == "paragrafo")
        return paragrafoFrom(source);
    if (tipo == "intestazione")
        return Intestazione{source.at("testo").get<std::string>(), source.at("livello").get<int>()};
    if (tipo == "elenco")
        return Elenco{source.at("voci").get<std::vector<std::string>>()};
    if (tipo == "tabella")
        return tabellaFrom(source);
    throw std::invalid_argument("tipo di blocco sconosciuto: " + tipo);
}

}

void to_json(json& target, const Documento& documento)
{
    json blocchi = json::array();
    for (const Blocco& blocco : documento.blocchi)
        blocchi.push_back(std::visit([](const auto& it) { return jsonOf(it); }, blocco));
    target = {{"titolo", documento.titolo}, {"autore", documento.autore}, {"blocchi", blocchi}};
}

void from_json(const json& source, Documento& documento)
{
    documento.titolo = source.at("titolo").get<std::string>();
    documento.autore = source.at("autore").get<std::string>();
    documento.blocchi.clear();
    for (const json& blocco : source.at("blocchi"))
        documento.blocchi.push_back(bloccoFrom(blocco));
}

}
