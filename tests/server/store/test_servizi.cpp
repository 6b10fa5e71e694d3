#include "core/base/error.h"
#include "server/store/servizi.h"
#include "server/store/termini.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QTest>

using namespace sdc;
using tests::instant;
using tests::q;
using tests::Scratch;

namespace {

const Instant kNow = instant("2026-11-23T10:00:00Z");

QStringList slugs(const std::vector<store::VoceServizio>& voci)
{
    QStringList all;
    for (const auto& voce : voci)
        all << q(voce.slug);
    return all;
}

void set(store::Database& database, const char* slug, Attivazione attivazione)
{
    store::Transaction transaction(database);
    store::setAttivazione(transaction, slug, attivazione);
    transaction.commit();
}

}

class TestServizi : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    void aDefinitionIsANewVersionOnlyWhereItsWordsChanged()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        tests::addServizio(scratch.ente(), tests::servizioJson());
        tests::addServizio(scratch.ente(), tests::servizioJson());
        const auto first = store::findServizio(scratch.ente(), "permesso-prova").value();
        QCOMPARE(first.definizione->numero, 1);
        tests::addServizio(scratch.ente(), tests::servizioJson("permesso-prova", "Permesso nuovo"));
        const auto second = store::findServizio(scratch.ente(), "permesso-prova").value();
        QCOMPARE(second.definizione->numero, 2);
        QCOMPARE(q(second.voce.nome), q("Permesso nuovo"));
        // What was sent with the first keeps it for ever.
        QCOMPARE(q(store::definizione(scratch.ente(), first.definizione->id)->servizio.nome), q("Permesso di prova"));
        QCOMPARE(q(store::definizioneJson(scratch.ente(), "permesso-prova")),
                 q(tests::servizioJson("permesso-prova", "Permesso nuovo")));
        QVERIFY_EXCEPTION_THROWN(store::definizione(scratch.ente(), Id<Definizione>{"assente"}), NotFound);
    }

    void aWrongDefinitionIsRefusedAndChangesNothing()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        QVERIFY_EXCEPTION_THROWN(tests::addServizio(scratch.ente(), "{}"), Invalid);
        QCOMPARE(tests::numberOf(scratch.ente(), "SELECT COUNT(*) FROM servizi"), 0LL);
    }

    // E3: on, off or suspended.
    void aServiceThatIsOffDoesNotExistAndASuspendedOneStays()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        tests::addServizio(scratch.ente(), tests::servizioJson("uno", "Uno", "Prima"));
        tests::addServizio(scratch.ente(), tests::servizioJson("due", "Due però", "Seconda"));
        set(scratch.ente(), "uno", Attivazione::Sospeso);
        QCOMPARE(slugs(store::servizi(scratch.ente())), QStringList({"uno", "due"}));
        QVERIFY(store::findServizio(scratch.ente(), "uno")->voce.attivazione == Attivazione::Sospeso);
        set(scratch.ente(), "uno", Attivazione::Disattivo);
        QCOMPARE(slugs(store::servizi(scratch.ente())), QStringList({"due"}));
        QVERIFY(!store::findServizio(scratch.ente(), "uno"));
        QVERIFY(!store::findServizio(scratch.ente(), "assente"));
        tests::addServizio(scratch.ente(), tests::servizioJson("uno", "Uno bis", "Prima"));
        QVERIFY2(!store::findServizio(scratch.ente(), "uno"), "a new definition turns nothing on");
    }

    void servicesAreFoundByWordsAndArea()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        tests::addServizio(scratch.ente(), tests::servizioJson("uno", "Uno al 100%", "Prima"));
        tests::addServizio(scratch.ente(), tests::servizioJson("due", "Due però", "Seconda"));
        QCOMPARE(slugs(store::servizi(scratch.ente(), {"PERO", "", "", ""})), QStringList({"due"}));
        QCOMPARE(slugs(store::servizi(scratch.ente(), {"%", "", "", ""})), QStringList({"uno"}));
        QCOMPARE(slugs(store::servizi(scratch.ente(), {"", "Seconda", "", ""})), QStringList({"due"}));
        QCOMPARE(slugs(store::servizi(scratch.ente(), {"", "", "Nascere", ""})), QStringList());
        QCOMPARE(slugs(store::serviziOf(scratch.ente(), "Prima")), QStringList({"uno"}));
    }

    // L2: shown again only when a text's version changes; date and time are kept, with the version.
    void termsAreAskedOncePerVersion()
    {
        QFETCH_GLOBAL(QString, database);
        Scratch scratch(database);
        const Cittadino mario = tests::addCittadino(scratch.ente(), tests::makeCittadino());
        const auto publish = [&](const char* text) {
            store::Transaction transaction(scratch.ente());
            store::importTermine(transaction, {"", "dati", 1, "Consenso", text, true}, kNow);
            transaction.commit();
        };
        publish("Testo");
        publish("Testo");
        const auto asked = store::termineDaAccettare(scratch.ente(), mario.id);
        QCOMPARE(asked.size(), std::size_t{1});
        {
            store::Transaction transaction(scratch.ente());
            store::accept(transaction, mario.id, asked[0].id, kNow);
            store::accept(transaction, mario.id, asked[0].id, kNow + std::chrono::hours{1});
            transaction.commit();
        }
        QVERIFY(store::termineDaAccettare(scratch.ente(), mario.id).empty());
        QCOMPARE(store::terminiAccettati(scratch.ente(), mario.id).at(0).quando, kNow);
        publish("Testo nuovo");
        QCOMPARE(store::termineDaAccettare(scratch.ente(), mario.id).at(0).versione, 2);
        QCOMPARE(store::currentTermini(scratch.ente()).size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestServizi)
#include "test_servizi.moc"
