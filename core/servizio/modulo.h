#pragma once

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/pratica/allegato.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sdc {

/// What a citizen answered: an object from field key to value. Values are texts (dates as ISO), arrays of texts for a
/// multiple choice or files (ids of Allegato), arrays of objects for a repeated group.
using Risposte = nlohmann::json;

/// When a field, a step or a paragraph is shown: an answer compared with values, or several conditions together.
struct Condizione
{
    enum class Tipo { Uguale, Diverso, Tutte, Una };

    Tipo tipo = Tipo::Uguale;
    std::string campo;
    std::vector<std::string> valori;
    std::vector<Condizione> parti;

    bool operator==(const Condizione&) const = default;
};

/// A paragraph, or a list where `voci` is not empty.
struct Capoverso
{
    std::string text;
    std::vector<std::string> voci;
    /// In the compiled form: the answers for which it stands there.
    std::optional<Condizione> se = std::nullopt;

    bool operator==(const Capoverso&) const = default;
};
using Capoversi = std::vector<Capoverso>;

enum class TipoCampo {
    Testo,
    TestoLungo,
    Numero,
    Data,
    Ora,
    Periodo,
    Scelta,
    SceltaMultipla,
    Spunta,
    File,
    CodiceFiscale,
    Comune,
    Iban,
    Importo,
    Email,
    Telefono,
    Gruppo,
    Fisso
};

struct Opzione
{
    std::string valore;
    std::string etichetta;
};

struct Campo
{
    std::string chiave;
    TipoCampo tipo = TipoCampo::Testo;
    std::string etichetta;
    std::string aiuto;
    bool obbligatorio = false;
    std::optional<Condizione> se;
    /// Longest text in code points.
    std::size_t lunghezzaMassima = 0;
    /// Bounds of a number, or of a date as ISO; "oggi" is today.
    std::string minimo;
    std::string massimo;
    std::vector<Opzione> opzioni;
    /// The text of a Fisso.
    std::string valore;
    std::string autocomplete;
    /// Kinds and size of a File.
    std::vector<TipoFile> tipiFile;
    std::int64_t dimensioneMassima = 0;
    /// Fields and greatest number of rows of a Gruppo.
    std::vector<Campo> campi;
    std::size_t righeMassime = 0;
};

enum class TipoPasso { Istruzioni, Richiedente, Campi, Riepilogo };

struct Passo
{
    std::string chiave;
    TipoPasso tipo = TipoPasso::Campi;
    /// "Istruzioni": in the stepper.
    std::string etichetta;
    /// "Istruzioni sulla procedura": "Passo 1 di 6 - ...".
    std::string titolo;
    /// "Guida alla compilazione".
    std::string guida;
    Capoversi testo;
    std::optional<Condizione> se;
    std::vector<Campo> campi;
};

/// The form of a servizio, as data.
struct Modulo
{
    std::vector<Passo> passi;

    const Passo* find(const std::string& chiave) const;
    const Campo* findCampo(const std::string& chiave) const;
    /// Position of a step; passi.size() where there is none.
    std::size_t indexOf(const std::string& chiave) const;
};

/// Whether a step or field with this condition is shown, given the answers so far.
bool applies(const std::optional<Condizione>& se, const Risposte& risposte);

using Posted = std::vector<std::pair<std::string, std::string>>;

/// Puts what was posted for a step into `risposte` (texts trimmed, newlines as LF, codes in capitals); the step's
/// fields that were not posted become empty, files excepted. Row 2 of a group posts "gruppo.2.campo".
void readPosted(const Passo& passo, const Posted& posted, Risposte& risposte);

/// The faults of a step's answers, by field; fields that are not shown are not asked for.
std::vector<FieldError> validate(const Passo& passo, const Risposte& risposte, Date today);

/// Answers without those of steps and fields that are not shown: what is sent.
Risposte shownOnly(const Modulo& modulo, const Risposte& risposte);

/// Answers that still fit `modulo`: known keys with values of the right shape.
Risposte fitting(const Modulo& modulo, const Risposte& risposte);

enum class Forma { Schermo, Documento };

/// Label and value, as people read them.
struct Voce
{
    std::string etichetta;
    std::string valore;
};

struct GruppoVoci
{
    std::string titolo;
    std::vector<Voce> voci;
};

/// The shown answers step by step, without files; dates are gg-mm-aaaa on screen and gg/mm/aaaa in documents.
std::vector<GruppoVoci> describe(const Modulo& modulo, const Risposte& risposte, Forma forma);

/// One file named by the answers, with the field that asked for it.
struct FileRichiesto
{
    Id<Allegato> allegato;
    const Campo* campo = nullptr;
};

/// The files of the shown answers, in order.
std::vector<FileRichiesto> filesOf(const Modulo& modulo, const Risposte& risposte);
/// What a file of "I miei allegati" is in this field: the field's label, after the citizen's own words where there are
/// any. A description among `etichette`, the labels of all fields for files, was given by a field and not by hand.
std::string descriptionIn(const Campo& campo, const std::string& own, const std::set<std::string>& etichette);

/// `text` with each {campo} replaced by its answer.
std::string fillIn(const std::string& text, const Modulo& modulo, const Risposte& risposte);

}
