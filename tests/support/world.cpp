#include "tests/support/world.h"

#include "server/actions/accesso_operatore.h"
#include "server/actions/compila.h"
#include "server/actions/protocolla.h"
#include "server/actions/submit.h"
#include "server/secrets/password.h"
#include "server/store/files.h"
#include "server/store/ids.h"
#include "server/store/operatori.h"
#include "server/store/pratiche.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"

namespace sdc::tests {
namespace {

constexpr std::size_t kFirstBytes = 4096;

Ente makeEnte(const std::string& slug)
{
    Ente ente;
    ente.slug = slug;
    ente.nome = "Comune di " + slug;
    ente.appartenenza = "Provincia autonoma di Trento";
    ente.email = "comune@" + slug + ".esempio.it";
    ente.stemma = "prova.svg";
    return ente;
}

}

World::World(const QString& database)
    : clock_(instant("2026-11-23T10:00:00Z").time_since_epoch().count()),
      templates_(SDC_SHARE_DIR)
{
    config_.cartella = folder_.path();
    config_.risorse = SDC_SHARE_DIR;
    config_.mittente = "stanza@esempio.it";
    config_.porta = 0;
    if (database == "postgresql") {
        postgresql_ = std::make_unique<PostgresqlDatabase>();
        config_.database = TipoDatabase::Postgresql;
        config_.postgresql = postgresql_->connection();
    }
    rooms_ = std::make_unique<Rooms>(
        config_, [this] { return now(); },
        [this] { return std::chrono::steady_clock::time_point{std::chrono::seconds{passed_.load()}}; });
    room_ = &addEnte("prova");
    addServizio(servizioJson());
}

Room& World::addEnte(const std::string& slug)
{
    return rooms_->add(makeEnte(slug));
}

Context World::context()
{
    return {config_, templates_, identita_, *rooms_, [this] { return now(); }, room_, {}, {}, {}};
}

Context World::as(const Cittadino& cittadino)
{
    Context asking = context();
    asking.accesso = AccessoCittadino{cittadino, "parola-di-prova", "sessione-di-prova"};
    return asking;
}

Context World::as(const Operatore& operatore)
{
    Context asking = context();
    asking.operatore = operatore;
    return asking;
}

void World::addServizio(const std::string& json)
{
    tests::addServizio(database(), json);
}

Cittadino World::addCittadino(const Cittadino& cittadino)
{
    return tests::addCittadino(database(), cittadino);
}

Operatore World::addOperatore(const Operatore& operatore, const std::string& password)
{
    const std::string hash = secrets::hashPassword(password);
    store::Transaction transaction(database());
    store::insert(transaction, operatore, hash);
    transaction.commit();
    return operatore;
}

actions::FileInviato World::file(const std::string& name, const std::string& content)
{
    actions::FileInviato file;
    file.path = room_->files.temporary();
    std::filesystem::rename(folder_.write(store::newId(), content), file.path);
    file.nome = name;
    file.dimensione = static_cast<std::int64_t>(content.size());
    file.sha256 = store::sha256OfText(content);
    file.firstBytes = content.substr(0, kFirstBytes);
    return file;
}

Id<Pratica> World::makeBozza(const Cittadino& cittadino, const std::string& servizio)
{
    Context asking = as(cittadino);
    const Id<Pratica> id = actions::start(asking, servizio);
    actions::savePasso(asking, id, {"istruzioni", actions::Mossa::Avanti, {}, true, ""});
    actions::savePasso(asking, id, {"richiedente", actions::Mossa::Avanti, {}, false, ""});
    actions::savePasso(asking, id,
                       {"dati", actions::Mossa::Avanti, {{"oggetto", "una festa"}, {"delega", "no"}}, false, ""});
    actions::savePasso(asking, id, {"allegati", actions::Mossa::Avanti, {}, false, ""});
    return id;
}

Id<Pratica> World::makeInviata(const Cittadino& cittadino, const std::string& servizio)
{
    Context asking = as(cittadino);
    const Id<Pratica> id = makeBozza(cittadino, servizio);
    actions::submit(asking, id, store::pratica(database(), id).versione());
    return id;
}

Id<Pratica> World::makeProtocollata(const Cittadino& cittadino, const std::string& servizio)
{
    const Id<Pratica> id = makeInviata(cittadino, servizio);
    actions::assignProtocollo(context(), id);
    return id;
}

}
