#include "core/base/error.h"
#include "server/actions/compila.h"
#include "server/actions/submit.h"
#include "server/eventi.h"
#include "server/store/allegati.h"
#include "server/store/sessions.h"
#include "tests/support/rows.h"
#include "tests/support/workshop.h"

#include <QTest>

#include <set>

using namespace sdc;
using namespace std::chrono_literals;
using tests::numberOf;
using tests::Workshop;

namespace {

/// A second server beside the one of the workshop: the same PostgreSQL, the same folder of files, its own sessions.
struct Altro
{
    Workshop& first;
    Config config;
    Rooms rooms{config, [this] { return first.now(); }};
    documents::Stampa stampa{SDC_BIN_DIR "/stanza-stampa"};
    jobs::Tools tools{context(), stampa, first.posta};

    explicit Altro(Workshop& shop, int sessions = 24) : first(shop), config(withSessions(shop.config(), sessions)) {}

    static Config withSessions(Config config, int sessions)
    {
        config.sessioniPostgresql = sessions;
        return config;
    }

    Room& room() { return *rooms.find("prova"); }
    Context context()
    {
        const Context own = first.context();
        return {config, own.templates, own.identita, rooms, own.now, &room(), {}, {}, {}};
    }
    Context as(const Cittadino& cittadino)
    {
        Context asking = context();
        asking.accesso = AccessoCittadino{cittadino, "parola-di-prova", "sessione-di-prova"};
        return asking;
    }
};

/// So many people: each has one draft of a service at a time.
std::vector<Cittadino> addPeople(Workshop& shop, int count)
{
    std::vector<Cittadino> people;
    for (int i = 0; i < count; ++i)
        people.push_back(shop.addCittadino(tests::makeCittadino("RSSMRA72H25H" + std::to_string(100 + i) + "H")));
    return people;
}

void runAll(const jobs::Tools& tools, Room& room, const std::string& name)
{
    for (int idle = 0; idle < 40;) {
        if (jobs::runOne(tools, room, name))
            continue;
        ++idle;
        std::this_thread::sleep_for(20ms);
    }
}

/// Sends a draft that is ready; somebody else may do so at the same moment.
void sendIt(Context asking, const Id<Pratica>& id, int versione)
{
    try {
        actions::submit(asking, id, versione);
    } catch (const Conflict&) {
        return;
    }
}

}

class TestDueServer : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (qEnvironmentVariableIsEmpty("SDC_TEST_POSTGRESQL") &&
            qEnvironmentVariable("SDC_REQUIRE_POSTGRESQL") != QStringLiteral("1"))
            QSKIP("several servers share a PostgreSQL");
    }

    void bothMayStartOnAnEmptyDatabaseAtOnce()
    {
        const tests::PostgresqlDatabase postgresql;
        const tests::Folder folder;
        Config config;
        config.cartella = folder.path();
        config.database = TipoDatabase::Postgresql;
        config.postgresql = postgresql.connection();
        tests::inThreads(4, [&](int) {
            Rooms rooms(config, [] { return tests::instant("2026-11-23T10:00:00Z"); });
            Ente ente;
            ente.slug = "prova";
            ente.nome = "Comune di Prova";
            rooms.add(ente);
        });
        Rooms rooms(config, [] { return tests::instant("2026-11-23T10:00:00Z"); });
        QCOMPARE(rooms.all().size(), std::size_t{1});
    }

    void theyShareTheWorkAndNothingIsDoubled()
    {
        Workshop shop("postgresql");
        Altro other(shop);
        constexpr int kPratiche = 12;
        const auto people = addPeople(shop, kPratiche);
        std::vector<Id<Pratica>> drafts;
        for (const Cittadino& cittadino : people)
            drafts.push_back(shop.makeBozza(cittadino));
        // Each is sent on both at once, as by an impatient citizen behind a proxy.
        tests::inThreads(2 * kPratiche, [&](int i) {
            const auto who = static_cast<std::size_t>(i / 2);
            const Id<Pratica>& id = drafts.at(who);
            const auto versione = store::pratica(shop.database(), id).versione();
            sendIt(i % 2 == 0 ? shop.as(people.at(who)) : other.as(people.at(who)), id, versione);
        });
        tests::inThreads(4, [&](int i) {
            if (i % 2 == 0)
                runAll(shop.tools, shop.room(), "primo-" + std::to_string(i));
            else
                runAll(other.tools, other.room(), "secondo-" + std::to_string(i));
        });
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM pratiche WHERE stato = 3000"), 12LL);
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM registro"), 12LL);
        QCOMPARE(numberOf(shop.database(), "SELECT MAX(numero) FROM registro"), 12LL);
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM documenti"), 12LL);
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM jobs WHERE stato <> 'fatto'"), 0LL);
        std::set<std::string> mails;
        for (const auto& mail : shop.posta.mails)
            mails.insert(mail.messageId);
        QCOMPARE(shop.posta.mails.size(), std::size_t{24});
        QCOMPARE(mails.size(), std::size_t{24});
    }

    void whatHappensOnOneIsSeenOnTheOther()
    {
        Workshop shop("postgresql");
        Altro other(shop);
        const auto before = store::lastCambiamento(*other.room().database);
        const auto id = shop.makeInviata(shop.mario);
        QCOMPARE(store::pratica(*other.room().database, id).stato(), Stato::Inviata);
        const auto news = eventi::read(other.rooms, "prova", before);
        QVERIFY(!news.empty());
        QVERIFY(news.back().data.find(id.text()) != std::string::npos);
        {
            store::Transaction transaction(shop.database());
            store::insert(
                transaction,
                {"sessione", store::TipoSessione::Cittadino, shop.mario.id.text(), shop.now(), shop.now() + 1h},
                shop.now());
            transaction.commit();
        }
        const auto session =
            store::findSessione(*other.room().database, "sessione", store::TipoSessione::Cittadino, shop.now());
        QVERIFY(session.has_value());
    }

    // What a dead server had in hand is free when its lease is over, or when it starts again; the other's never.
    void theDeadOnesWorkIsTakenOver()
    {
        Workshop shop("postgresql");
        Altro other(shop);
        const auto id = shop.makeInviata(shop.mario);
        const auto take = [&](Room& room, const char* name) {
            store::Transaction transaction(*room.database);
            const auto job =
                store::takeJob(transaction, {name, store::Coda::Iter, shop.now() + jobs::kLease}, shop.now());
            transaction.commit();
            return job.has_value();
        };
        QVERIFY(take(shop.room(), "primo"));
        QVERIFY(!take(other.room(), "secondo"));
        const auto starts = [&](Room& room, const char* name) {
            store::Transaction transaction(*room.database);
            store::releaseLeases(transaction, name);
            transaction.commit();
        };
        starts(other.room(), "secondo");
        QVERIFY(!take(other.room(), "secondo"));
        starts(shop.room(), "primo");
        QVERIFY(take(other.room(), "secondo"));
        shop.advance(jobs::kLease + 1s);
        runAll(shop.tools, shop.room(), "primo");
        QCOMPARE(shop.statoOf(id), Stato::Protocollata);
        QCOMPARE(numberOf(shop.database(), "SELECT MAX(numero) FROM registro"), 1LL);
    }

    // Who holds a session and needs another would wait for who does the same: all are served by a few.
    void moreRequestsThanSessionsAreAllServed()
    {
        Workshop shop("postgresql");
        Altro other(shop, 4);
        const auto people = addPeople(shop, 24);
        tests::inThreads(24, [&](int i) {
            Context asking = other.as(people.at(static_cast<std::size_t>(i)));
            const Id<Pratica> id = actions::start(asking, "permesso-prova");
            actions::savePasso(asking, id, {"istruzioni", actions::Mossa::Avanti, {}, true, ""});
            actions::savePasso(asking, id, {"richiedente", actions::Mossa::Avanti, {}, false, ""});
            actions::savePasso(asking, id,
                               {"dati", actions::Mossa::Avanti, {{"oggetto", "x"}, {"delega", "no"}}, false, ""});
            actions::savePasso(asking, id, {"allegati", actions::Mossa::Avanti, {}, false, ""});
            actions::submit(asking, id, store::pratica(*other.room().database, id).versione());
        });
        tests::inThreads(8, [&](int i) { runAll(other.tools, other.room(), std::to_string(i)); });
        QCOMPARE(numberOf(shop.database(), "SELECT COUNT(*) FROM pratiche WHERE stato = 3000"), 24LL);
        QCOMPARE(other.rooms.occupazione()->inUse, std::size_t{0});
        QVERIFY(other.rooms.occupazione()->free <= 4);
    }
};

QTEST_GUILESS_MAIN(TestDueServer)
#include "test_due_server.moc"
