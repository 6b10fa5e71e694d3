#include "server/registri.h"

#include "server/actions/esporta.h"
#include "server/esportazione.h"
#include "server/options.h"
#include "server/sigilli.h"
#include "server/store/attivita.h"
#include "server/store/tracce_spid.h"

#include <algorithm>
#include <fstream>

namespace sdc::registri {
namespace {

std::string orNothing(const std::optional<Instant>& instant)
{
    return instant ? toIso(*instant) : "";
}

/// A line for each value that there is, then the texts of several lines.
void print(const store::TracciaTenuta& tenuta, std::ostream& out)
{
    const store::TracciaSpid& t = tenuta.traccia;
    out << "riga: " << tenuta.numero << "\n";
    const std::pair<const char*, std::string> values[] = {
        {"registrata", toIso(tenuta.quando)},
        {"genere", t.genere},
        {"AuthnReq_ID", t.richiestaId},
        {"AuthnReq_IssueInstant", orNothing(t.richiestaOra)},
        {"Resp_ID", t.rispostaId},
        {"Resp_IssueInstant", orNothing(t.rispostaOra)},
        {"Resp_Issuer", t.emittente},
        {"Assertion_ID", t.asserzioneId},
        {"Assertion_subject", t.soggetto},
        {"Assertion_subject_NameQualifier", t.soggettoQualificatore},
        {"motivo", t.motivo},
    };
    for (const auto& [name, value] : values) {
        if (!value.empty())
            out << name << ": " << value << "\n";
    }
    out << "messaggio:\n" << t.xml << "\n";
    if (!t.certificato.empty())
        out << "certificato:\n" << t.certificato << "\n";
    out << "\n";
}

}

int showTracce(Rooms& rooms, const std::vector<std::string>& words, std::ostream& out)
{
    const auto o = commands::options(words, 2);
    Room& room = rooms.need(commands::need(o, "ente"));
    const std::string& id = commands::need(o, "richiesta");
    store::Transaction transaction(*room.database);
    const auto all = store::tracceOf(transaction, id, sigilli::unsealer(rooms.cassaforte(), room.ente));
    if (all.empty())
        throw std::runtime_error("di questa richiesta non è conservato nulla");
    // Who reads it is known before it is read.
    store::log(transaction,
               {"sistema", "", "traccia di accesso letta", "riga:" + std::to_string(all.front().numero), ""},
               rooms.now());
    transaction.commit();
    for (const store::TracciaTenuta& one : all)
        print(one, out);
    return 0;
}

int exportAttivita(Rooms& rooms, const std::vector<std::string>& words, std::ostream& out)
{
    const auto o = commands::options(words, 2);
    Room& room = rooms.need(commands::need(o, "ente"));
    const auto get = [&](const char* name) { return commands::optional(o, name).value_or(""); };
    const esportazione::Richiesta richiesta{esportazione::periodoFrom(get("da"), get("a")),
                                            esportazione::formatoFrom(o.contains("formato") ? get("formato") : "csv"),
                                            rooms.now()};
    actions::exportAttivita(room, rooms.cassaforte(), {"sistema", ""}, richiesta, out);
    return 0;
}

namespace {

esportazione::Sigillo checkedFile(const commands::Options& o)
{
    std::ifstream file(commands::need(o, "file"), std::ios::binary);
    if (!file)
        throw std::runtime_error("il file \"" + o.at("file") + "\" non si può leggere");
    return esportazione::check(file);
}

std::vector<std::string> trustedKeys(const Config& config, const commands::Options& o)
{
    std::vector<std::string> keys = config.chiaviPrecedenti;
    if (const auto key = commands::optional(o, "chiave"))
        keys.push_back(*key);
    if (exists(config.chiave()))
        keys.push_back(secrets::Cassaforte(config.chiave()).publicKey());
    return keys;
}

int tell(const esportazione::Sigillo& s, const std::vector<std::string>& keys, std::ostream& out)
{
    out << "ente " << s.ente << ", righe da " << s.primo << " a " << s.ultimo << ", esportate " << toIso(s.quando)
        << ": integre, e firmate con la chiave " << s.chiave << "\n";
    if (std::find(keys.begin(), keys.end(), s.chiave) != keys.end())
        return 0;
    out << "ATTENZIONE: questa chiave non è tra quelle che il server conosce (--chiave ne indica una di cui ci si "
           "fida)\n";
    return 1;
}

}

int checkAttivita(const Config& config, const std::vector<std::string>& words, std::ostream& out)
{
    const auto o = commands::options(words, 2);
    return tell(checkedFile(o), trustedKeys(config, o), out);
}

int compareAttivita(const Config& config, Rooms& rooms, const std::vector<std::string>& words, std::ostream& out)
{
    const auto o = commands::options(words, 2);
    Room& room = rooms.need(commands::need(o, "ente"));
    const esportazione::Sigillo s = checkedFile(o);
    if (s.ente != room.ente.slug)
        throw std::runtime_error("l'esportazione è dell'ente \"" + s.ente + "\"");
    std::string hash;
    store::eachAfter(*room.database, store::kCatenaAttivita, s.ultimo - 1, 1, [&](const store::RigaCatena& riga) {
        hash = riga.numero == s.ultimo ? riga.hash : "";
        return false;
    });
    const auto punto = store::puntoFermo(*room.database, store::kCatenaAttivita);
    const bool gone = punto && punto->numero >= s.ultimo;
    if (s.ultimo > 0 && !gone && hash != s.hash) {
        out << "la riga " << s.ultimo
            << " della base dati non è più quella dell'esportazione: il registro è stato "
               "riscritto o riportato indietro\n";
        return 1;
    }
    if (gone)
        out << "le righe dell'esportazione sono state cancellate nel frattempo, come dice il punto fermo\n";
    return tell(s, trustedKeys(config, o), out);
}

}
