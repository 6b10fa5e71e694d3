#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sdc {

/// A piece of a paragraph; all text is plain, never markup.
struct Tratto
{
    std::string text;
    bool bold = false;

    bool operator==(const Tratto&) const = default;
};

enum class Allineamento { Sinistra, Centro, Destra };

struct Paragrafo
{
    std::vector<Tratto> tratti;
    Allineamento allineamento = Allineamento::Sinistra;

    bool operator==(const Paragrafo&) const = default;
};

/// A heading; level 1 is the largest.
struct Intestazione
{
    std::string text;
    int level = 1;

    bool operator==(const Intestazione&) const = default;
};

struct Elenco
{
    std::vector<std::string> voci;

    bool operator==(const Elenco&) const = default;
};

/// Rows of label and value.
struct Tabella
{
    std::vector<std::pair<std::string, std::string>> righe;

    bool operator==(const Tabella&) const = default;
};

using Blocco = std::variant<Paragrafo, Intestazione, Elenco, Tabella>;

/// What a document says, in order, before any typesetting.
struct Documento
{
    std::string titolo;
    std::string autore;
    std::vector<Blocco> blocchi;

    bool operator==(const Documento&) const = default;
};

}
