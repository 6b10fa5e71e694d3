#include "server/salute.h"

#include "server/copie/conservate.h"
#include "server/rooms.h"
#include "server/store/jobs.h"
#include "server/store/snapshot.h"

#include <optional>

namespace sdc::salute {
namespace {

/// Figures are read by who looks for faults: they come late at most by this for each ente, and after one that had no
/// session no other is asked.
constexpr std::chrono::milliseconds kPatience{500};

using Etichette = std::vector<std::pair<const char*, std::string>>;

/// Prometheus' text form, one family of figures after the other.
class Cifre
{
public:
    void family(const char* name, const char* type, const char* help)
    {
        name_ = name;
        text_ += std::string{"# HELP "} + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
    }
    void add(const Etichette& etichette, const std::string& value)
    {
        text_ += name_;
        char joint = '{';
        for (const auto& [label, text] : etichette)
            text_ += std::exchange(joint, ',') + std::string{label} + "=\"" + text + "\"";
        text_ += (etichette.empty() ? " " : "} ") + value + "\n";
    }
    void add(const Etichette& etichette, long long value) { add(etichette, std::to_string(value)); }

    const std::string& text() const { return text_; }

private:
    const char* name_ = "";
    std::string text_;
};

/// What one ente's database says; nothing where it does not answer.
struct Lettura
{
    std::string ente;
    std::optional<std::vector<store::ConteggioJob>> conteggi;
    std::vector<store::AttesaJob> attese;
};

Lettura read(Room& room)
{
    Lettura lettura{room.ente.slug, std::nullopt, {}};
    store::Snapshot snapshot(*room.database, kPatience);
    lettura.attese = store::atteseJob(snapshot);
    lettura.conteggi = store::conteggiJob(snapshot);
    return lettura;
}

/// All enti of the catalogue; where that cannot be read, those that were open.
std::vector<Lettura> readAll(Rooms& rooms)
{
    std::vector<Lettura> all;
    bool asks = true;
    std::vector<std::string> slugs;
    try {
        slugs = rooms.slugs(kPatience);
    } catch (const std::exception&) {
        // Told by the figures themselves: no ente is open.
        asks = false;
        for (const Room* room : rooms.opened())
            slugs.push_back(room->ente.slug);
    }
    for (const std::string& slug : slugs) {
        try {
            Room* room = asks ? rooms.known(slug) : nullptr;
            all.push_back(room == nullptr ? Lettura{slug, {}, {}} : read(*room));
        } catch (const std::exception&) {
            asks = false;
            all.push_back({slug, {}, {}});
        }
    }
    return all;
}

void addJobs(Cifre& cifre, const std::vector<Lettura>& letture, Instant now)
{
    cifre.family("stanza_ente_aperto", "gauge", "1 se il database dell'ente risponde, 0 altrimenti.");
    for (const Lettura& lettura : letture)
        cifre.add({{"ente", lettura.ente}}, lettura.conteggi ? 1 : 0);
    cifre.family("stanza_lavori", "gauge",
                 "Lavori non ancora fatti, per ente, genere, stato e causa dell'ultimo errore.");
    for (const Lettura& lettura : letture) {
        for (const auto& count : lettura.conteggi.value_or(std::vector<store::ConteggioJob>{}))
            cifre.add(
                {{"ente", lettura.ente}, {"genere", count.genere}, {"stato", count.stato}, {"causa", count.causa}},
                count.numero);
    }
    cifre.family("stanza_lavoro_in_attesa_secondi", "gauge",
                 "Da quanto aspetta il lavoro più vecchio che va ancora fatto, per ente e genere.");
    for (const Lettura& lettura : letture) {
        for (const auto& attesa : lettura.attese)
            cifre.add({{"ente", lettura.ente}, {"genere", attesa.genere}},
                      std::max<long long>(0, (now - attesa.creato).count()));
    }
}

/// What is there again is missing no more, though nobody has asked for it since.
void lookAgain(Rooms& rooms)
{
    for (const auto& [ente, files] : rooms.misure().missingFiles()) {
        const Room* room = rooms.known(ente);
        for (const std::string& file : files) {
            std::error_code ignored;
            if (room != nullptr && std::filesystem::exists(room->files.path(file), ignored))
                rooms.misure().found(ente, file);
        }
    }
}

void addMisure(Cifre& cifre, Misure& misure)
{
    cifre.family("stanza_tentativi_falliti_totale", "counter", "Tentativi di lavori non riusciti dall'avvio.");
    for (const auto& [etichette, times] : misure.failures())
        cifre.add({{"ente", etichette[0]}, {"genere", etichette[1]}, {"causa", etichette[2]}}, times);
    cifre.family("stanza_file_mancanti", "gauge", "File richiesti che non c'erano e non sono stati ritrovati.");
    for (const auto& [ente, files] : misure.missingFiles())
        cifre.add({{"ente", ente}}, static_cast<long long>(files.size()));
    cifre.family("stanza_guasti", "gauge", "Guasti in corso: gli stessi del registro.");
    for (const auto& [what, ente] : misure.guasti.lasting())
        cifre.add({{"guasto", what}, {"ente", ente}}, 1);
    cifre.family("stanza_richieste_totale", "counter", "Risposte dall'avvio, per classe di stato.");
    int group = 0;
    for (const long long answers : misure.answers())
        cifre.add({{"classe", std::to_string(++group) + "xx"}}, answers);
    cifre.family("stanza_ascolti_eventi", "gauge", "Programmi degli operatori in ascolto dei cambiamenti.");
    cifre.add({}, misure.listeners());
    cifre.family("stanza_connessioni", "gauge", "Connessioni aperte, quelle in ascolto dei cambiamenti escluse.");
    cifre.add({}, misure.connections());
    cifre.family("process_start_time_seconds", "gauge", "Quando il programma è stato avviato (secondi Unix).");
    cifre.add({}, std::chrono::duration_cast<std::chrono::seconds>(misure.begun().time_since_epoch()).count());
}

void addMachine(Cifre& cifre, const Context& context)
{
    cifre.family("stanza_versione", "gauge", "La versione del programma.");
    cifre.add({{"versione", SDC_VERSION}}, 1);
    std::error_code error;
    const auto space = std::filesystem::space(context.config.cartella, error);
    cifre.family("stanza_disco_liberi_byte", "gauge", "Spazio libero dove sono i dati.");
    if (!error)
        cifre.add({}, std::to_string(space.available));
    cifre.family("stanza_ultima_copia_secondi", "gauge",
                 "Da quanto è stata fatta l'ultima copia di sicurezza di tutti gli enti.");
    if (const auto when = copie::lastNoted(context.config))
        cifre.add({}, std::max<long long>(0, (context.now() - *when).count()));
    const auto occupazione = context.rooms.occupazione();
    if (!occupazione)
        return;
    cifre.family("stanza_sessioni_database", "gauge", "Sessioni di PostgreSQL, e richieste che ne aspettano una.");
    cifre.add({{"stato", "in_uso"}}, static_cast<long long>(occupazione->inUse));
    cifre.add({{"stato", "libere"}}, static_cast<long long>(occupazione->free));
    cifre.add({{"stato", "in_attesa"}}, static_cast<long long>(occupazione->waiting));
    cifre.add({{"stato", "massimo"}}, static_cast<long long>(occupazione->most));
}

}

std::string figures(const Context& context)
{
    Cifre cifre;
    // First, so that what this reading itself takes does not count.
    addMachine(cifre, context);
    addJobs(cifre, readAll(context.rooms), context.now());
    lookAgain(context.rooms);
    addMisure(cifre, context.rooms.misure());
    return cifre.text();
}

}
