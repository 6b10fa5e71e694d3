#include "tests/bench/campioni.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace sdc::bench {
namespace {

constexpr std::array kFrasi = {
    "Richiesta per uso personale",
    "Per la dichiarazione di successione presso lo studio del notaio",
    "Associazione sportiva dilettantistica: promuove lo sport tra i giovani della Vallagarina",
    "Organizzazione di volontariato, con quota annuale e assemblea dei soci",
    "È urgente: serve entro la fine del mese per l'iscrizione all'università",
};

std::string place(std::size_t i)
{
    return "@file" + std::to_string(i) + "@";
}

/// A whole number within the field's bounds.
std::string number(const Campo& campo, Sorte& sorte)
{
    long long least = 1;
    long long most = 100;
    std::from_chars(campo.minimo.data(), campo.minimo.data() + campo.minimo.size(), least);
    std::from_chars(campo.massimo.data(), campo.massimo.data() + campo.massimo.size(), most);
    most = std::max(least, most);
    return std::to_string(least + static_cast<long long>(sorte.below(static_cast<std::size_t>(most - least) + 1)));
}

/// A day within the field's bounds.
std::string day(const Campo& campo, Date today)
{
    const auto bound = [&](const std::string& text) { return text == "oggi" ? today : dateFromIso(text); };
    if (const auto most = bound(campo.massimo))
        return toIso(*most);
    return toIso(bound(campo.minimo).value_or(today));
}

std::string phrase(const Campo& campo, Sorte& sorte)
{
    const std::string text = sorte.of(kFrasi);
    return campo.lunghezzaMassima == 0 || text.size() <= campo.lunghezzaMassima
               ? text
               : std::string{"Prova di compilazione"}.substr(0, campo.lunghezzaMassima);
}

std::string text(const Campo& campo, Sorte& sorte, Date today)
{
    switch (campo.tipo) {
    case TipoCampo::Numero:
        return number(campo, sorte);
    case TipoCampo::Data:
        return day(campo, today);
    case TipoCampo::Ora:
        return "09:30";
    case TipoCampo::Periodo:
        return day(campo, today) + "/" + day(campo, today);
    case TipoCampo::Scelta:
        return sorte.of(campo.opzioni).valore;
    case TipoCampo::Spunta:
        return campo.obbligatorio || sorte.oneIn(2) ? "si" : "";
    case TipoCampo::CodiceFiscale:
        return "RSSMRA72H25H612H";
    case TipoCampo::Comune:
        return "Rovereto";
    case TipoCampo::Iban:
        return "IT60X0542811101000000123456";
    case TipoCampo::Importo:
        return "120,50";
    case TipoCampo::Email:
        return "mario.rossi@esempio.it";
    case TipoCampo::Telefono:
        return "3331234567";
    default:
        return phrase(campo, sorte);
    }
}

/// Fills a form in from the first field to the last, since later ones show by earlier answers.
class Compilatore
{
public:
    Compilatore(Sorte& sorte, Date today) : sorte_(sorte), today_(today) {}

    void fill(const std::vector<Campo>& campi)
    {
        for (const Campo& campo : campi) {
            if (campo.tipo != TipoCampo::Fisso && applies(campo.se, risposte))
                risposte[campo.chiave] = answer(campo);
        }
    }

    Risposte risposte = Risposte::object();
    std::vector<const Campo*> file;

private:
    Risposte answer(const Campo& campo)
    {
        if (campo.tipo == TipoCampo::SceltaMultipla)
            return Risposte::array({sorte_.of(campo.opzioni).valore});
        if (campo.tipo == TipoCampo::Gruppo) {
            Risposte row = Risposte::object();
            for (const Campo& inner : campo.campi)
                row[inner.chiave] = text(inner, sorte_, today_);
            return Risposte::array({row});
        }
        if (campo.tipo != TipoCampo::File)
            return text(campo, sorte_, today_);
        if (!campo.obbligatorio && !sorte_.oneIn(4))
            return Risposte::array();
        file.push_back(&campo);
        return Risposte::array({place(file.size() - 1)});
    }

    Sorte& sorte_;
    Date today_;
};

}

std::string Campione::with(const std::vector<std::string>& ids) const
{
    std::string text = json;
    for (std::size_t i = 0; i < ids.size(); ++i)
        text.replace(text.find(place(i)), place(i).size(), ids[i]);
    return text;
}

Campione makeCampione(const Modulo& modulo, Sorte& sorte, Date today)
{
    Compilatore compilatore(sorte, today);
    for (const Passo& passo : modulo.passi) {
        if (applies(passo.se, compilatore.risposte))
            compilatore.fill(passo.campi);
    }
    for (const Passo& passo : modulo.passi) {
        if (!applies(passo.se, compilatore.risposte))
            continue;
        if (const auto faults = validate(passo, compilatore.risposte, today); !faults.empty())
            throw std::runtime_error("il campo \"" + faults.front().field +
                                     "\" non accetta la risposta inventata: " + faults.front().message);
    }
    return {shownOnly(modulo, compilatore.risposte).dump(), compilatore.file};
}

}
