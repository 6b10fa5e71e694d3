#include "core/base/error.h"
#include "core/ente/ente.h"
#include "core/servizio/json_place.h"
#include "core/servizio/servizio.h"

#include <algorithm>
#include <array>
#include <set>

namespace sdc {
namespace {

template <class Value>
struct Nome
{
    std::string_view text;
    Value value;
};

constexpr std::array kTipiCampo = {
    Nome<TipoCampo>{"testo", TipoCampo::Testo},
    Nome<TipoCampo>{"testo_lungo", TipoCampo::TestoLungo},
    Nome<TipoCampo>{"numero", TipoCampo::Numero},
    Nome<TipoCampo>{"data", TipoCampo::Data},
    Nome<TipoCampo>{"ora", TipoCampo::Ora},
    Nome<TipoCampo>{"periodo", TipoCampo::Periodo},
    Nome<TipoCampo>{"scelta", TipoCampo::Scelta},
    Nome<TipoCampo>{"scelta_multipla", TipoCampo::SceltaMultipla},
    Nome<TipoCampo>{"spunta", TipoCampo::Spunta},
    Nome<TipoCampo>{"file", TipoCampo::File},
    Nome<TipoCampo>{"codice_fiscale", TipoCampo::CodiceFiscale},
    Nome<TipoCampo>{"comune", TipoCampo::Comune},
    Nome<TipoCampo>{"iban", TipoCampo::Iban},
    Nome<TipoCampo>{"importo", TipoCampo::Importo},
    Nome<TipoCampo>{"email", TipoCampo::Email},
    Nome<TipoCampo>{"telefono", TipoCampo::Telefono},
    Nome<TipoCampo>{"gruppo", TipoCampo::Gruppo},
    Nome<TipoCampo>{"fisso", TipoCampo::Fisso},
};

constexpr std::array kTipiPasso = {
    Nome<TipoPasso>{"istruzioni", TipoPasso::Istruzioni},
    Nome<TipoPasso>{"richiedente", TipoPasso::Richiedente},
    Nome<TipoPasso>{"campi", TipoPasso::Campi},
    Nome<TipoPasso>{"riepilogo", TipoPasso::Riepilogo},
};

constexpr std::int64_t kMegabyte = 1024 * 1024;
constexpr std::int64_t kLargestFileMb = 60;
constexpr std::int64_t kMostEta = 120;

template <class Value, std::size_t N>
Value fromName(const JsonPlace& place, const std::array<Nome<Value>, N>& names)
{
    const std::string text = place.text();
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.text == text; });
    if (found != names.end())
        return found->value;
    std::string known;
    for (const auto& n : names)
        known += (known.empty() ? "" : ", ") + std::string{n.text};
    place.refuse("\"" + text + "\" non è tra i valori ammessi: " + known);
}

bool isKey(const std::string& text)
{
    return !text.empty() && text.size() <= 60 && text[0] >= 'a' && text[0] <= 'z' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::string readKey(const JsonPlace& place)
{
    std::string key = place.text();
    if (!isKey(key))
        place.refuse("la chiave è fatta di lettere minuscole, cifre e _, comincia con una lettera, al massimo 60");
    // Names of the forms' own fields: an answer under one of them would be taken for something else.
    constexpr std::array kReserved = {"csrf", "azione", "nota", "chiaro", "versione", "conferma", "ritorno"};
    if (std::find(kReserved.begin(), kReserved.end(), key) != kReserved.end())
        place.refuse("la chiave \"" + key + "\" è riservata");
    return key;
}

std::vector<std::string> readTexts(const JsonPlace& place)
{
    std::vector<std::string> texts;
    for (const JsonPlace& one : place.items())
        texts.push_back(one.text());
    return texts;
}

Capoversi readTesto(const JsonPlace& place)
{
    Capoversi testo;
    for (const JsonPlace& one : place.items()) {
        if (one.isText()) {
            testo.push_back({one.text(), {}});
            continue;
        }
        one.allowOnly({"elenco"});
        testo.push_back({{}, readTexts(one.at("elenco"))});
    }
    return testo;
}

Capoversi readTestoIf(const JsonPlace& place, const char* key)
{
    return place.has(key) ? readTesto(place.at(key)) : Capoversi{};
}

Condizione readCondizione(const JsonPlace& place)
{
    place.allowOnly({"campo", "uguale", "diverso", "tutte", "una"});
    Condizione condizione;
    if (place.has("tutte") || place.has("una")) {
        condizione.tipo = place.has("tutte") ? Condizione::Tipo::Tutte : Condizione::Tipo::Una;
        for (const JsonPlace& part : place.at(place.has("tutte") ? "tutte" : "una").items())
            condizione.parti.push_back(readCondizione(part));
        return condizione;
    }
    condizione.campo = readKey(place.at("campo"));
    if (place.has("uguale") == place.has("diverso"))
        place.refuse("serve \"uguale\" oppure \"diverso\"");
    condizione.tipo = place.has("uguale") ? Condizione::Tipo::Uguale : Condizione::Tipo::Diverso;
    const JsonPlace values = place.at(place.has("uguale") ? "uguale" : "diverso");
    condizione.valori = values.isText() ? std::vector{values.text()} : readTexts(values);
    return condizione;
}

std::optional<Condizione> readCondizioneIf(const JsonPlace& place)
{
    return place.has("se") ? std::optional{readCondizione(place.at("se"))} : std::nullopt;
}

void readOpzioni(const JsonPlace& place, Campo& campo)
{
    std::set<std::string> seen;
    for (const JsonPlace& one : place.at("opzioni").items()) {
        one.allowOnly({"valore", "etichetta"});
        campo.opzioni.push_back({one.at("valore").text(), one.at("etichetta").text()});
        if (!seen.insert(campo.opzioni.back().valore).second)
            one.refuse("il valore \"" + campo.opzioni.back().valore + "\" compare due volte");
    }
    if (campo.opzioni.empty())
        place.refuse("una scelta ha almeno un'opzione");
}

void readFile(const JsonPlace& place, Campo& campo)
{
    for (const JsonPlace& one : place.at("tipi_file").items()) {
        const auto tipo = tipoFileFromName(one.text());
        if (!tipo)
            one.refuse("\"" + one.text() + "\" non è tra i tipi di file ammessi: pdf, p7m, jpeg, png");
        campo.tipiFile.push_back(*tipo);
    }
    if (campo.tipiFile.empty())
        place.refuse("un campo file ha almeno un tipo di file");
    campo.dimensioneMassima = place.number("dimensione_massima_mb", 20, 1, kLargestFileMb) * kMegabyte;
}

Campo readCampo(const JsonPlace& place, bool inGroup);

void readGruppo(const JsonPlace& place, Campo& campo)
{
    std::set<std::string> seen;
    for (const JsonPlace& one : place.at("campi").items()) {
        campo.campi.push_back(readCampo(one, true));
        if (!seen.insert(campo.campi.back().chiave).second)
            one.refuse("la chiave \"" + campo.campi.back().chiave + "\" compare due volte");
    }
    if (campo.campi.empty())
        place.refuse("un gruppo ha almeno un campo");
    campo.righeMassime = static_cast<std::size_t>(place.number("righe_massime", 20, 1, 50));
}

void readKind(const JsonPlace& place, Campo& campo)
{
    switch (campo.tipo) {
    case TipoCampo::Scelta:
    case TipoCampo::SceltaMultipla:
        return readOpzioni(place, campo);
    case TipoCampo::File:
        return readFile(place, campo);
    case TipoCampo::Gruppo:
        return readGruppo(place, campo);
    case TipoCampo::Fisso:
        campo.valore = place.at("valore").text();
        return;
    default:
        return;
    }
}

Campo readCampo(const JsonPlace& place, bool inGroup)
{
    place.allowOnly({"chiave", "tipo", "etichetta", "aiuto", "obbligatorio", "se", "lunghezza_massima", "minimo",
                     "massimo", "opzioni", "valore", "autocomplete", "tipi_file", "dimensione_massima_mb", "campi",
                     "righe_massime"});
    Campo campo;
    campo.chiave = readKey(place.at("chiave"));
    campo.tipo = fromName(place.at("tipo"), kTipiCampo);
    if (inGroup && (campo.tipo == TipoCampo::Gruppo || campo.tipo == TipoCampo::File))
        place.refuse("un gruppo non può contenere gruppi né file");
    campo.etichetta = place.at("etichetta").text();
    campo.aiuto = place.textOr("aiuto", "");
    campo.obbligatorio = place.flag("obbligatorio");
    campo.se = readCondizioneIf(place);
    const bool isLong = campo.tipo == TipoCampo::TestoLungo;
    campo.lunghezzaMassima = static_cast<std::size_t>(place.number("lunghezza_massima", isLong ? 2000 : 255, 1, 20000));
    campo.minimo = place.textOr("minimo", "");
    campo.massimo = place.textOr("massimo", "");
    campo.autocomplete = place.textOr("autocomplete", "");
    readKind(place, campo);
    return campo;
}

Passo readPasso(const JsonPlace& place)
{
    place.allowOnly({"chiave", "tipo", "etichetta", "titolo", "guida", "testo", "se", "campi"});
    Passo passo;
    passo.chiave = readKey(place.at("chiave"));
    passo.tipo = fromName(place.at("tipo"), kTipiPasso);
    passo.etichetta = place.at("etichetta").text();
    passo.titolo = place.at("titolo").text();
    passo.guida = place.textOr("guida", "");
    passo.testo = readTestoIf(place, "testo");
    passo.se = readCondizioneIf(place);
    if (passo.tipo != TipoPasso::Campi && place.has("campi"))
        place.at("campi").refuse("solo un passo di tipo \"campi\" ha campi");
    if (passo.tipo == TipoPasso::Campi) {
        for (const JsonPlace& one : place.at("campi").items())
            passo.campi.push_back(readCampo(one, false));
    }
    return passo;
}

/// Every condition names a field of an earlier step, or an earlier field of its own.
void checkCondizione(const JsonPlace& place, const Condizione& condizione, const std::set<std::string>& known)
{
    for (const Condizione& part : condizione.parti)
        checkCondizione(place, part, known);
    if (!condizione.campo.empty() && !known.contains(condizione.campo))
        place.refuse("la condizione nomina il campo \"" + condizione.campo + "\", che non viene prima");
}

/// Within a row, a condition sees the row's earlier fields alone.
void checkGruppo(const JsonPlace& place, const Campo& gruppo)
{
    std::set<std::string> known;
    for (std::size_t i = 0; i < gruppo.campi.size(); ++i) {
        if (gruppo.campi[i].se)
            checkCondizione(place.at("campi").at(i), *gruppo.campi[i].se, known);
        known.insert(gruppo.campi[i].chiave);
    }
}

void checkPasso(const JsonPlace& place, const Passo& passo, std::set<std::string>& known)
{
    if (passo.se)
        checkCondizione(place, *passo.se, known);
    for (std::size_t i = 0; i < passo.campi.size(); ++i) {
        const Campo& campo = passo.campi[i];
        const JsonPlace at = place.at("campi").at(i);
        if (campo.se)
            checkCondizione(at, *campo.se, known);
        if (campo.tipo == TipoCampo::Gruppo)
            checkGruppo(at, campo);
        if (!known.insert(campo.chiave).second)
            at.refuse("la chiave \"" + campo.chiave + "\" compare due volte");
    }
}

Modulo readModulo(const JsonPlace& place)
{
    Modulo modulo;
    std::set<std::string> campi;
    std::set<std::string> passi;
    for (const JsonPlace& one : place.items()) {
        modulo.passi.push_back(readPasso(one));
        checkPasso(one, modulo.passi.back(), campi);
        if (!passi.insert(modulo.passi.back().chiave).second)
            one.refuse("la chiave \"" + modulo.passi.back().chiave + "\" compare due volte");
    }
    const auto& steps = modulo.passi;
    if (steps.size() < 3 || steps[0].tipo != TipoPasso::Istruzioni || steps[1].tipo != TipoPasso::Richiedente ||
        steps.back().tipo != TipoPasso::Riepilogo)
        place.refuse("i passi cominciano con \"istruzioni\" e \"richiedente\" e finiscono con \"riepilogo\"");
    const auto campiOnly = [](const Passo& p) { return p.tipo == TipoPasso::Campi; };
    if (!std::all_of(steps.begin() + 2, steps.end() - 1, campiOnly))
        place.refuse("tra \"richiedente\" e \"riepilogo\" i passi sono di tipo \"campi\"");
    return modulo;
}

/// What is sent is a legal act, for which SPID's level 1 does not suffice (CAD, art. 65, c. 1, lett. b; eIDAS, art. 8).
int readLivello(const JsonPlace& root)
{
    const auto livello = root.number("livello_accesso", kLivelloSolito, 1, 3);
    if (livello == 1)
        root.at("livello_accesso")
            .refuse("il livello di accesso è 2 o 3: con il livello 1 non si presentano richieste");
    return static_cast<int>(livello);
}

SchedaInformativa readScheda(const JsonPlace& place)
{
    place.allowOnly({"descrizione", "destinatari", "cosa_serve", "cosa_si_ottiene", "costi", "tempi", "ufficio"});
    SchedaInformativa scheda;
    scheda.descrizione = readTesto(place.at("descrizione"));
    scheda.destinatari = readTestoIf(place, "destinatari");
    scheda.cosaServe = readTestoIf(place, "cosa_serve");
    scheda.cosaSiOttiene = readTestoIf(place, "cosa_si_ottiene");
    scheda.costi = readTestoIf(place, "costi");
    scheda.tempi = readTestoIf(place, "tempi");
    scheda.ufficio = readTestoIf(place, "ufficio");
    return scheda;
}

/// What the compiled form asks: a paragraph may depend on answers, {"testo": ..., "se": ...}.
Capoversi readChiede(const JsonPlace& place)
{
    Capoversi testo;
    for (const JsonPlace& one : place.items()) {
        if (one.isText()) {
            testo.push_back({one.text(), {}});
            continue;
        }
        one.allowOnly({"elenco", "testo", "se"});
        if (one.has("testo") == one.has("elenco"))
            one.refuse("serve \"testo\" oppure \"elenco\"");
        Capoverso capoverso;
        if (one.has("testo"))
            capoverso.text = one.at("testo").text();
        else
            capoverso.voci = readTexts(one.at("elenco"));
        capoverso.se = readCondizioneIf(one);
        testo.push_back(std::move(capoverso));
    }
    return testo;
}

std::set<std::string> keysOf(const Modulo& modulo)
{
    std::set<std::string> keys;
    for (const Passo& passo : modulo.passi) {
        for (const Campo& campo : passo.campi)
            keys.insert(campo.chiave);
    }
    return keys;
}

void checkPlaceholders(const JsonPlace& place, const std::string& text, const Modulo& modulo)
{
    for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
        const auto close = text.find('}', open);
        if (close == std::string::npos)
            place.refuse("manca la } che chiude un campo");
        const std::string chiave = text.substr(open + 1, close - open - 1);
        if (modulo.findCampo(chiave) == nullptr)
            place.refuse("il campo {" + chiave + "} non esiste");
    }
}

TestoModulo readTestoModulo(const JsonPlace& place, const Modulo& modulo)
{
    place.allowOnly({"in_qualita_di", "chiede"});
    TestoModulo testo;
    testo.inQualitaDi = place.textOr("in_qualita_di", "");
    if (!testo.inQualitaDi.empty() && modulo.findCampo(testo.inQualitaDi) == nullptr)
        place.at("in_qualita_di").refuse("il campo \"" + testo.inQualitaDi + "\" non esiste");
    testo.chiede = readChiede(place.at("chiede"));
    for (const Capoverso& capoverso : testo.chiede) {
        if (capoverso.se)
            checkCondizione(place.at("chiede"), *capoverso.se, keysOf(modulo));
        checkPlaceholders(place.at("chiede"), capoverso.text, modulo);
        for (const std::string& voce : capoverso.voci)
            checkPlaceholders(place.at("chiede"), voce, modulo);
    }
    return testo;
}

std::map<std::string, std::string> readProtocollo(const JsonPlace& place)
{
    place.allowOnly(
        {"recipientIDArray", "recipientTypeIDArray", "codeNodeClassification", "codeAdm", "trasmissionIDArray"});
    std::map<std::string, std::string> values;
    for (const std::string& key : place.keys())
        values[key] = place.at(key.c_str()).text();
    return values;
}

}

Servizio parseServizio(const std::string& json)
{
    const JsonDocument document{json};
    const JsonPlace root = document.root();
    root.allowOnly({"$schema", "slug", "nome", "categoria", "descrizione_breve", "scheda", "eventi_della_vita",
                    "pubblico", "pagamento", "certificato", "bozze_illimitate", "livello_accesso", "eta_minima",
                    "passi", "testo_modulo", "protocollo"});
    Servizio servizio;
    servizio.slug = root.at("slug").text();
    if (!isSlug(servizio.slug))
        root.at("slug").refuse("lo slug è fatto di lettere minuscole, cifre e trattini, da 2 a 40");
    servizio.nome = root.at("nome").text();
    servizio.categoria = root.at("categoria").text();
    servizio.descrizioneBreve = root.at("descrizione_breve").text();
    servizio.scheda = readScheda(root.at("scheda"));
    servizio.eventiDellaVita =
        root.has("eventi_della_vita") ? readTexts(root.at("eventi_della_vita")) : std::vector<std::string>{};
    servizio.pubblico = root.has("pubblico") ? readTexts(root.at("pubblico")) : std::vector<std::string>{};
    servizio.pagamento = root.flag("pagamento");
    servizio.certificato = root.flag("certificato");
    servizio.bozzeIllimitate = root.flag("bozze_illimitate");
    servizio.livelloAccesso = readLivello(root);
    servizio.etaMinima = static_cast<int>(root.number("eta_minima", 0, 0, kMostEta));
    servizio.modulo = readModulo(root.at("passi"));
    servizio.testoModulo = readTestoModulo(root.at("testo_modulo"), servizio.modulo);
    if (root.has("protocollo"))
        servizio.protocollo = readProtocollo(root.at("protocollo"));
    return servizio;
}

}
