#include "server/store/registro.h"

#include "server/store/attivita.h"
#include "server/store/contatori.h"
#include "server/store/sql.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace sdc::store {
namespace {

constexpr std::chrono::minutes kMostBack{5};
// As the activity log says it: "protocollo:2026", "124-150".
const std::string kSaltati = "numeri di protocollo saltati";
const std::string kDelProtocollo = "protocollo:";
constexpr char kFino = '-';

std::optional<NumeroProtocollo> given(Transaction& transaction, const std::string& chiave)
{
    int anno = 0;
    int numero = 0;
    Instant quando;
    Sql sql(transaction, "SELECT anno, numero, quando FROM registro WHERE chiave = :chiave");
    if (!sql.use("chiave", chiave).into(anno).into(numero).into(quando).next())
        return std::nullopt;
    return NumeroProtocollo{formatProtocollo(numero, anno), quando};
}

/// The next value of a counter that may be new; its row keeps others out until the transaction ends.
int nextOf(Transaction& transaction, const std::string& counter)
{
    Sql(transaction, "INSERT INTO contatori (nome, valore) VALUES (:nome, 0) ON CONFLICT (nome) DO NOTHING")
        .use("nome", counter)
        .run();
    return static_cast<int>(nextValue(transaction, counter.c_str()));
}

/// When the last number was given; only one registration at a time gets past here.
Instant lastGiven(Transaction& transaction, Instant otherwise)
{
    nextOf(transaction, "registro");
    Instant quando = otherwise;
    Sql sql(transaction, "SELECT quando FROM registro ORDER BY anno DESC, numero DESC LIMIT 1");
    sql.into(quando).next();
    return quando;
}

Salto saltoOf(const std::string& oggetto, const std::string& dettaglio)
{
    const auto numberFrom = [](std::string_view text) {
        long long number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number;
    };
    return {static_cast<int>(numberFrom(std::string_view{oggetto}.substr(kDelProtocollo.size()))),
            numberFrom(dettaglio), numberFrom(std::string_view{dettaglio}.substr(dettaglio.find(kFino) + 1))};
}

/// The numbers of one year, as its counter and the register have them.
struct Anno
{
    std::string counter;
    long long given = 0;
    long long count = 0;
    long long first = 0;
    long long last = 0;
};

std::vector<Anno> anni(Reader& reader)
{
    std::vector<Anno> all;
    Anno anno;
    // The register is counted in one go, and not again for each counter.
    Sql sql(reader, R"(SELECT c.nome, c.valore, COALESCE(r.numeri, 0), COALESCE(r.primo, 1), COALESCE(r.ultimo, 0)
                       FROM contatori c
                       LEFT JOIN (SELECT anno, COUNT(*) AS numeri, MIN(numero) AS primo, MAX(numero) AS ultimo
                                  FROM registro GROUP BY anno) r ON c.nome = 'registro/' || r.anno
                       WHERE c.nome LIKE 'registro/%' ORDER BY c.nome)");
    sql.into(anno.counter).into(anno.given).into(anno.count).into(anno.first).into(anno.last);
    while (sql.next())
        all.push_back(anno);
    return all;
}

/// How many numbers of the counter's year were passed over; -1 where one of them was given all the same.
long long passedOver(Reader& reader, const std::vector<Salto>& passed, const std::string& counter)
{
    long long over = 0;
    for (const Salto& salto : passed) {
        if (counter != "registro/" + std::to_string(salto.anno))
            continue;
        int found = 0;
        Sql sql(reader, "SELECT 1 FROM registro WHERE anno = :anno AND numero BETWEEN :primo AND :ultimo LIMIT 1");
        if (sql.use("anno", salto.anno).use("primo", salto.primo).use("ultimo", salto.ultimo).into(found).next())
            return -1;
        over += salto.ultimo - salto.primo + 1;
    }
    return over;
}

}

NumeroProtocollo registra(Transaction& transaction, const Registrazione& registrazione, Instant clock)
{
    if (auto known = given(transaction, registrazione.chiave))
        return *known;
    // Dates follow the numbers (DPR 445/2000, art. 53): a clock read too early, or set back, does not.
    const Instant now = std::max(clock, lastGiven(transaction, clock));
    if (now - clock > kMostBack)
        throw OrologioIndietro("l'orologio del server è indietro rispetto all'ultima registrazione del protocollo");
    const int anno = romeYear(now);
    const int numero = nextOf(transaction, "registro/" + std::to_string(anno));
    Sql(transaction,
        R"(INSERT INTO registro (anno, numero, chiave, quando, verso, pratica, corrispondente, oggetto, documenti)
                        VALUES (:anno, :numero, :chiave, :quando, :verso, :pratica, :corrispondente, :oggetto, :documenti))")
        .use("anno", anno)
        .use("numero", numero)
        .use("chiave", registrazione.chiave)
        .use("quando", now)
        .use("verso", registrazione.verso == Verso::Entrata ? "E" : "U")
        .use("pratica", registrazione.pratica)
        .use("corrispondente", registrazione.corrispondente)
        .use("oggetto", registrazione.oggetto)
        .use("documenti", nlohmann::json(registrazione.impronte).dump())
        .run();
    return {formatProtocollo(numero, anno), now};
}

void avanza(Transaction& transaction, int anno, int ultimo, Instant now)
{
    // Nobody registers meanwhile.
    nextOf(transaction, "registro");
    const std::string counter = "registro/" + std::to_string(anno);
    long long given = 0;
    Sql(transaction, "SELECT valore FROM contatori WHERE nome = :nome").use("nome", counter).into(given).next();
    if (given > ultimo)
        throw std::runtime_error("il protocollo del " + std::to_string(anno) + " è già arrivato al numero " +
                                 formatProtocollo(static_cast<int>(given), anno));
    if (given == ultimo)
        return;
    Sql(transaction, R"(INSERT INTO contatori (nome, valore) VALUES (:nome, :ultimo)
                        ON CONFLICT (nome) DO UPDATE SET valore = excluded.valore)")
        .use("nome", counter)
        .use("ultimo", ultimo)
        .run();
    log(transaction,
        {"sistema", "", kSaltati, kDelProtocollo + std::to_string(anno),
         std::to_string(given + 1) + kFino + std::to_string(ultimo)},
        now);
}

std::vector<Salto> salti(Reader& reader)
{
    std::vector<Salto> all;
    std::string oggetto;
    std::string dettaglio;
    Sql sql(reader, "SELECT oggetto, dettaglio FROM attivita WHERE azione = :azione ORDER BY numero");
    sql.use("azione", kSaltati).into(oggetto).into(dettaglio);
    while (sql.next())
        all.push_back(saltoOf(oggetto, dettaglio));
    return all;
}

std::vector<std::string> gaps(Reader& reader)
{
    std::vector<std::string> faults;
    const std::vector<Salto> passed = salti(reader);
    for (const Anno& anno : anni(reader)) {
        const long long over = passedOver(reader, passed, anno.counter);
        // No number stands twice: as many as were given, none of them elsewhere, are all of them.
        if (over < 0 || anno.count + over != anno.given || anno.first < 1 || anno.last > anno.given)
            faults.push_back("il " + anno.counter + " ha " + std::to_string(anno.count) + " numeri, da " +
                             std::to_string(anno.first) + " a " + std::to_string(anno.last) +
                             ", e ne sono stati dati " + std::to_string(anno.given) +
                             (over > 0 ? ", " + std::to_string(over) + " dei quali saltati" : ""));
    }
    return faults;
}

}
