#include "server/verifica.h"

#include "core/protocollo/numero_protocollo.h"
#include "server/copie/controllo.h"
#include "server/copie/origine.h"
#include "server/rooms.h"
#include "server/sigilli.h"
#include "server/store/allegati.h"
#include "server/store/controlli.h"
#include "server/store/copia.h"
#include "server/store/registro.h"
#include "server/store/snapshot.h"

#include <array>

namespace sdc::verifica {
namespace {

/// What is written at most of one ente: who has more than these to read has one cause to find.
constexpr long long kMost = 100;

/// Writes the faults of one ente, and counts them.
class Rapporto
{
public:
    Rapporto(std::string slug, std::ostream& out) : slug_(std::move(slug)), out_(out) {}
    ~Rapporto()
    {
        if (count_ > kMost)
            out_ << slug_ << ": e altre " << count_ - kMost << " anomalie\n";
    }
    Rapporto(const Rapporto&) = delete;
    Rapporto& operator=(const Rapporto&) = delete;

    void tell(const std::string& what)
    {
        if (++count_ <= kMost)
            out_ << slug_ << ": " << what << "\n";
    }
    long long count() const { return count_; }
    const std::string& slug() const { return slug_; }

private:
    std::string slug_;
    std::ostream& out_;
    long long count_ = 0;
};

using Check = void (*)(store::Reader&, const store::Tell&);

struct Controllo
{
    const char* what;
    Check check;
};

constexpr std::array kControlli = {
    Controllo{"struttura", store::checkStructure}, Controllo{"protocollo", store::checkRegistro},
    Controllo{"conteggi", store::checkConteggi},   Controllo{"riferimenti", store::checkRiferimenti},
    Controllo{"pratiche", store::checkPratiche},   Controllo{"lavori", store::checkLavori},
};

void checkTables(store::Reader& reader, const store::IsSigned& isSigned, copie::Avanzamento& avanzamento,
                 Rapporto& rapporto)
{
    const std::string& slug = rapporto.slug();
    const auto tell = [&](const std::string& what) { rapporto.tell(what); };
    avanzamento.step(slug + ": registri");
    store::checkCatene(reader, isSigned, tell);
    for (const Controllo& controllo : kControlli) {
        avanzamento.step(slug + ": " + controllo.what);
        controllo.check(reader, tell);
    }
}

/// No faults, but what who reads the register must know.
void tellSalti(store::Reader& reader, const std::string& slug, std::ostream& out)
{
    for (const store::Salto& salto : store::salti(reader))
        out << slug << ": protocollo: numeri saltati dopo un ripristino, da "
            << formatProtocollo(static_cast<int>(salto.primo), salto.anno) << " a "
            << formatProtocollo(static_cast<int>(salto.ultimo), salto.anno) << "\n";
}

/// One that cannot be read is a fault of its own: the others are looked at all the same.
void checkFile(const std::filesystem::path& path, const std::string& sha256, Rapporto& rapporto)
{
    if (!std::filesystem::exists(path))
        return rapporto.tell("manca il file " + sha256);
    try {
        if (store::sha256OfFile(path) != sha256)
            rapporto.tell("il file " + sha256 + " è alterato");
    } catch (const std::system_error& error) {
        rapporto.tell("il file " + sha256 + " non si legge: " + error.code().message());
    }
}

void checkFiles(const copie::Origine& origine, copie::Avanzamento& avanzamento, Rapporto& rapporto)
{
    // What is named now is not swept away before it was looked at; and no folder is made where there is none.
    std::optional<store::Hold> hold;
    if (std::filesystem::exists(origine.allegati))
        hold.emplace(store::Files(origine.allegati).hold());
    const long long all = store::countNamedFiles(*origine.database);
    avanzamento.step(origine.ente.slug + ": file");
    for (int folder = 0; folder < store::kFolders; ++folder) {
        for (const std::string& sha256 : store::namedFiles(*origine.database, store::folderName(folder))) {
            checkFile(copie::fileOf(origine, sha256), sha256, rapporto);
            avanzamento.tick(all);
        }
    }
}

/// Whether this program can check them: it changes no data, so it does not bring older ones to its own version.
bool isNewest(int versione, store::Tables tables, const store::Tell& tell)
{
    const int newest = store::newestVersion(tables);
    if (versione < newest)
        tell("le tabelle sono di una versione precedente (" + std::to_string(versione) + ", la più recente è la " +
             std::to_string(newest) + "): si verificano dopo \"migra\"");
    return versione == newest;
}

long long checkEnte(const Config& config, const store::Storage& storage, const Ente& ente,
                    copie::Avanzamento& avanzamento, std::ostream& out)
{
    Rapporto rapporto(ente.slug, out);
    const auto tell = [&](const std::string& what) { rapporto.tell(what); };
    try {
        const copie::Origine origine = copie::openOrigine(config, storage, ente);
        if (!isNewest(origine.versione, store::Tables::Ente, tell))
            return rapporto.count();
        {
            store::Snapshot snapshot(*origine.database);
            checkTables(snapshot, sigilli::isSigned(config, ente.slug), avanzamento, rapporto);
            tellSalti(snapshot, ente.slug, out);
            store::checkRicerca(snapshot, tell);
        }
        checkFiles(origine, avanzamento, rapporto);
    } catch (const std::exception& error) {
        // One ente that cannot be read is a fault like others: the rest is checked all the same.
        rapporto.tell(std::string{"la verifica si è interrotta: "} + error.what());
    }
    return rapporto.count();
}

/// A backup under examination.
struct Esame
{
    const Config& config;
    const std::filesystem::path& copia;
    copie::Avanzamento& avanzamento;
    std::ostream& out;
};

/// What a backup holds of one ente; of tables that are not as the manifest says nothing more can be told.
long long checkContents(const Esame& esame, const copie::CopiaEnte& ente, bool sound)
{
    Rapporto rapporto(ente.slug, esame.out);
    if (ente.mancanti > 0)
        rapporto.tell(std::to_string(ente.mancanti) + " file mancavano già quando la copia fu fatta");
    const bool newest = ente.migrazione == store::newestVersion(store::Tables::Ente);
    if (sound && !newest)
        esame.out << ente.slug << ": tabelle di una versione precedente: il contenuto si verifica dopo il ripristino\n";
    if (!sound || !newest)
        return rapporto.count();
    try {
        const auto tables = store::openReadOnly(copie::folderOf(esame.copia, ente.slug) / copie::kTabelle);
        checkTables(*tables, sigilli::isSigned(esame.config, ente.slug), esame.avanzamento, rapporto);
        tellSalti(*tables, ente.slug, esame.out);
    } catch (const std::exception& error) {
        rapporto.tell(std::string{"la verifica si è interrotta: "} + error.what());
    }
    return rapporto.count();
}

int conclude(long long count, copie::Avanzamento& avanzamento, std::ostream& out)
{
    avanzamento.step("");
    out << (count == 0 ? "verifica: nessuna anomalia\n" : "verifica: anomalie trovate\n");
    return count == 0 ? 0 : 1;
}

}

int run(const Config& config, const std::optional<std::string>& ente, std::ostream& out)
{
    copie::Avanzamento avanzamento;
    const store::Storage storage = openStorage(config);
    const auto catalogo = copie::openCatalogo(config, storage);
    Rapporto rapporto("catalogo", out);
    if (!isNewest(store::appliedVersion(*catalogo), store::Tables::Catalogo,
                  [&](const std::string& what) { rapporto.tell(what); }))
        return conclude(rapporto.count(), avanzamento, out);
    long long count = 0;
    for (const Ente& one : copie::entiOf(*catalogo, ente))
        count += checkEnte(config, storage, one, avanzamento, out);
    return conclude(count, avanzamento, out);
}

int runOnCopia(const Config& config, const std::filesystem::path& copia, const std::optional<std::string>& ente,
               std::ostream& out)
{
    copie::Avanzamento avanzamento;
    const copie::Manifesto manifesto = copie::readManifesto(copia);
    const auto enti = copie::chosen(manifesto, ente);
    Rapporto intact("copia", out);
    const auto sound =
        copie::checkCopia(copia, manifesto, enti, avanzamento, [&](const std::string& what) { intact.tell(what); });
    long long count = intact.count();
    for (const copie::CopiaEnte& one : enti)
        count += checkContents({config, copia, avanzamento, out}, one, sound.contains(one.slug));
    if (!ente) {
        Rapporto rapporto("copia", out);
        for (const copie::Escluso& escluso : manifesto.esclusi)
            rapporto.tell("manca l'ente " + escluso.slug + ", che non si poté copiare: " + escluso.causa);
        count += rapporto.count();
    }
    return conclude(count, avanzamento, out);
}

}
