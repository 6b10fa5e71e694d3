#include "server/registri.h"

#include "core/base/error.h"
#include "server/options.h"
#include "server/sigilli.h"
#include "server/store/attivita.h"
#include "server/store/tracce_spid.h"

namespace sdc::registri {
namespace {

Room& roomNamed(Rooms& rooms, const std::string& slug)
{
    Room* room = rooms.find(slug);
    if (room == nullptr)
        throw std::runtime_error("l'ente \"" + slug + "\" non esiste");
    return *room;
}

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
    Room& room = roomNamed(rooms, commands::need(o, "ente"));
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

}
