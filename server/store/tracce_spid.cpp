#include "server/store/tracce_spid.h"

#include "server/store/files.h"
#include "server/store/sql.h"

#include <Poco/DeflatingStream.h>
#include <Poco/InflatingStream.h>

#include <sstream>

namespace sdc::store {
namespace {

/// A name or an identifier; a message or certificate that is believed (gateways/saml takes no larger ones); one that
/// is not.
constexpr std::size_t kLongestText = 1000;
constexpr std::size_t kLargestXml = 256UL * 1024;
constexpr std::size_t kLargestRefused = 64UL * 1024;

const char* const kRifiutata = "rifiutata";

/// What is cut off can still be recognised.
std::string capped(const std::string& text, std::size_t most)
{
    if (text.size() <= most)
        return text;
    return text.substr(0, most) + "\n[" + std::to_string(text.size()) + " byte, SHA-256 " + sha256OfText(text) + "]";
}

/// Messages are texts of many repeated words: half of the room, for two years.
std::string deflated(const std::string& text)
{
    std::ostringstream packed;
    Poco::DeflatingOutputStream deflater(packed, Poco::DeflatingStreamBuf::STREAM_ZLIB);
    deflater << text;
    deflater.close();
    return packed.str();
}

std::string inflated(const std::string& packed)
{
    std::istringstream stream(packed);
    Poco::InflatingInputStream inflater(stream, Poco::InflatingStreamBuf::STREAM_ZLIB);
    std::ostringstream text;
    text << inflater.rdbuf();
    return text.str();
}

std::string timeText(const std::optional<Instant>& instant)
{
    return instant ? toIso(*instant) : "";
}

/// Where a sealed value belongs: moved to another request or column, it does not open.
std::string placeOf(const std::string& richiestaId, const char* column)
{
    return "traccia:" + richiestaId + ":" + column;
}

bool isExpected(Transaction& transaction, const std::string& richiestaId)
{
    int requests = 0;
    int answers = 0;
    Sql(transaction, R"(SELECT COALESCE(SUM(CASE WHEN genere = 'richiesta' THEN 1 ELSE 0 END), 0),
                               COALESCE(SUM(CASE WHEN genere <> 'richiesta' THEN 1 ELSE 0 END), 0)
                        FROM tracce_spid WHERE richiesta_id = :id)")
        .use("id", richiestaId)
        .into(requests)
        .into(answers)
        .next();
    return requests > 0 && answers == 0;
}

std::string sealedText(const Sealer& seal, const std::string& text, const std::string& place)
{
    return text.empty() ? "" : seal(text, place);
}

}

void keep(Transaction& transaction, const TracciaSpid& t, const Sealer& seal, Instant now)
{
    const auto text = [](const std::string& value) { return capped(value, kLongestText); };
    const std::string id = text(t.richiestaId);
    const bool refused = t.genere == kRifiutata;
    if (refused && !isExpected(transaction, id))
        return;
    const std::string xml = capped(t.xml, refused ? kLargestRefused : kLargestXml);
    append(transaction, kCatenaTracce,
           std::array{toIso(now), t.genere, id, timeText(t.richiestaOra), text(t.rispostaId), timeText(t.rispostaOra),
                      text(t.emittente), text(t.asserzioneId),
                      sealedText(seal, text(t.soggetto), placeOf(id, "soggetto")), text(t.soggettoQualificatore),
                      seal(deflated(xml), placeOf(id, "xml")), capped(t.certificato, kLargestRefused),
                      sealedText(seal, text(t.motivo), placeOf(id, "motivo"))});
}

std::vector<TracciaTenuta> tracceOf(Reader& reader, const std::string& richiestaId, const Sealer& unseal)
{
    std::vector<TracciaTenuta> all;
    TracciaTenuta row;
    TracciaSpid& t = row.traccia;
    std::string richiestaOra;
    std::string rispostaOra;
    Sql sql(reader, R"(SELECT numero, quando, genere, richiesta_id, richiesta_ora, risposta_id, risposta_ora, emittente,
                              asserzione_id, soggetto, soggetto_qualificatore, xml, certificato, motivo
                       FROM tracce_spid WHERE richiesta_id = :id ORDER BY numero)");
    sql.use("id", richiestaId).into(row.numero).into(row.quando).into(t.genere).into(t.richiestaId);
    sql.into(richiestaOra).into(t.rispostaId).into(rispostaOra).into(t.emittente).into(t.asserzioneId);
    sql.into(t.soggetto).into(t.soggettoQualificatore).into(t.xml).into(t.certificato).into(t.motivo);
    while (sql.next()) {
        t.richiestaOra = instantFromIso(richiestaOra);
        t.rispostaOra = instantFromIso(rispostaOra);
        for (const auto& [value, column] : {std::pair{&t.soggetto, "soggetto"}, {&t.motivo, "motivo"}, {&t.xml, "xml"}})
            *value = value->empty() ? "" : unseal(*value, placeOf(t.richiestaId, column));
        t.xml = inflated(t.xml);
        all.push_back(row);
    }
    return all;
}

}
