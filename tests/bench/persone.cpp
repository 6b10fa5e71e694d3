#include "tests/bench/persone.h"

#include "core/base/text.h"
#include "core/cittadino/codice_fiscale.h"

#include <array>
#include <set>

namespace sdc::bench {
namespace {

using namespace std::chrono;

struct Comune
{
    const char* nome;
    const char* codice;
    const char* cap;
    const char* provincia;
};

constexpr std::array kComuni = {
    Comune{"Rovereto", "H612", "38068", "TN"}, Comune{"Trento", "L378", "38122", "TN"},
    Comune{"Bolzano", "A952", "39100", "BZ"},  Comune{"Verona", "L781", "37121", "VR"},
    Comune{"Roma", "H501", "00184", "RM"},     Comune{"Milano", "F205", "20121", "MI"},
    Comune{"Torino", "L219", "10121", "TO"},   Comune{"Napoli", "F839", "80133", "NA"},
};

constexpr std::array kUomini = {"Mario",   "Luca",     "Marco",     "Andrea",    "Francesco", "Alessandro", "Matteo",
                                "Lorenzo", "Giovanni", "Nicolò",    "Davide",    "Stefano",   "Paolo",      "Giuseppe",
                                "Antonio", "Roberto",  "Pier Luca", "Tommaso",   "Simone",    "Federico",   "Gabriele",
                                "Michele", "Enrico",   "Alberto",   "Ferdinando"};
constexpr std::array kDonne = {"Giulia",  "Francesca", "Anna",     "Maria",     "Sara",  "Laura",  "Chiara",
                               "Martina", "Elena",     "Valeria",  "Lucia",     "Paola", "Silvia", "Federica",
                               "Alice",   "Giorgia",   "Beatrice", "Caterina",  "Marta", "Ilaria", "Elisa",
                               "Roberta", "Monica",    "Daniela",  "Margherita"};
constexpr std::array kCognomi = {
    "Rossi",      "Ferrari",    "Bianchi",   "Zeni",      "Tomasi",       "Pedrotti",     "Bertolini", "Degasperi",
    "Dalpiaz",    "Moser",      "Fedrizzi",  "Zanotelli", "Giovannini",   "Frisanco",     "Tonolli",   "Manica",
    "Baldessari", "Chiusole",   "Galvagni",  "Marzari",   "Simoncelli",   "Prosser",      "Bettini",   "Candioli",
    "Costa",      "Caldonazzi", "Festi",     "Filippi",   "Gasperini",    "Leonardi",     "Maffei",    "Nicolussi",
    "Oss Emer",   "Pasqualini", "Raffaelli", "Setti",     "Tranquillini", "Untersteiner", "Valduga",   "Zandonai",
    "Zucchelli",  "D'Amico",    "De Luca",   "Lo Presti", "Russo",        "Esposito",     "Romano",    "Colombo",
    "Ricci",      "Marino",     "Greco",     "Bruno",     "Gallo",        "Conti",        "Fontana",   "Santoro",
    "Rinaldi",    "Caruso",     "Ferrara",   "Barbieri",  "Longo",        "Leone",        "Martini",   "Serra",
    "Vitale",     "Parisi",     "Sanna",     "Fabbri",    "Mariani",      "Pellegrini"};
constexpr std::array kVie = {"Via Dante",      "Corso Rosmini", "Via Garibaldi",
                             "Piazza Podestà", "Via Paoli",     "Viale Trento"};

bool isVowel(char c)
{
    return std::string_view{"AEIOU"}.find(c) != std::string_view::npos;
}

/// Consonants, then vowels, then X; of a name with four consonants the second is left out (DM 23 December 1976).
std::string threeLetters(const std::string& name, bool nome)
{
    std::string consonants;
    std::string vowels;
    for (const char c : asciiUpper(fold(name))) {
        if (c >= 'A' && c <= 'Z')
            (isVowel(c) ? vowels : consonants) += c;
    }
    if (nome && consonants.size() > 3)
        consonants.erase(1, 1);
    return (consonants + vowels + "XXX").substr(0, 3);
}

std::string twoDigits(unsigned number)
{
    return std::to_string(number / 10 % 10) + std::to_string(number % 10);
}

std::string codiceFiscaleOf(const Cittadino& c, const Comune& nascita, bool donna)
{
    constexpr std::string_view kMonths = "ABCDEHLMPRST";
    const Date born = c.dataNascita.value();
    const auto day = static_cast<unsigned>(born.day()) + (donna ? 40 : 0);
    const std::string first15 = threeLetters(c.cognome, false) + threeLetters(c.nome, true) +
                                twoDigits(static_cast<unsigned>(static_cast<int>(born.year()) % 100)) +
                                kMonths[static_cast<unsigned>(born.month()) - 1] + twoDigits(day) + nascita.codice;
    return first15 + codiceFiscaleCheck(first15);
}

Cittadino invent(Sorte& sorte)
{
    const bool donna = sorte.oneIn(2);
    const Comune& nascita = sorte.of(kComuni);
    const Comune& residenza = kComuni[sorte.oneIn(5) ? 1 : 0];
    Cittadino c;
    c.nome = donna ? sorte.of(kDonne) : sorte.of(kUomini);
    c.cognome = sorte.of(kCognomi);
    c.luogoNascita = nascita.nome;
    c.dataNascita = Date{sys_days{year{1936} / January / 1} + days{sorte.below(70 * 365)}};
    c.codiceFiscale = codiceFiscaleOf(c, nascita, donna);
    c.email = "cittadino" + std::to_string(sorte.below(1'000'000)) + "@esempio.it";
    c.cellulare = "3" + std::to_string(200'000'000 + sorte.below(199'999'999));
    c.residenza = {sorte.of(kVie) + (" " + std::to_string(1 + sorte.below(120))), residenza.cap, residenza.nome,
                   residenza.provincia, "Italia"};
    c.domicilio = c.residenza;
    return c;
}

}

std::vector<Cittadino> inventPersone(Sorte& sorte, std::size_t count)
{
    std::vector<Cittadino> all;
    std::set<std::string> taken;
    while (all.size() < count) {
        Cittadino c = invent(sorte);
        if (!taken.insert(c.codiceFiscale).second)
            continue;
        c.id = Id<Cittadino>{sorte.id()};
        all.push_back(std::move(c));
    }
    return all;
}

}
