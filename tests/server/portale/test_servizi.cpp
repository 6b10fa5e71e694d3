#include "tests/server/portale/visitor.h"

#include <QTest>

#include <set>

using namespace sdc;
using namespace sdc::tests;

class TestServizi : public QObject
{
    Q_OBJECT

private slots:
    void theFirstPageListsTheComuni()
    {
        Site site;
        const auto page = Visitor{site}.get("/");
        QCOMPARE(page.status, 200);
        QVERIFY(contains(page, ">Comune di Rovereto</a>"));
        QVERIFY(contains(page, "Entra nella stanza del cittadino del Comune di Rovereto"));
    }

    // E1: comuni join one by one, with a crest of their own or without: none may stop the others.
    void anEnteWithoutACrestShowsANeutralOne()
    {
        Site site;
        site.rooms->add({"nuovo", "Comune di Nuovo", "", "", "", "", "", "", "", "", "", ""});
        site.rooms->add({"altro", "Comune di Altro", "", "", "", "", "", "", "", "", "", "assente.svg"});
        for (const char* path : {"/", "/nuovo/servizi/", "/altro/servizi/"}) {
            const auto page = Visitor{site}.get(path);
            QCOMPARE(page.status, 200);
            QVERIFY2(contains(page, "/static/stemmi/generico.svg"), path);
        }
        QVERIFY(contains(Visitor{site}.get("/rovereto/"), "/static/stemmi/rovereto.svg"));
    }

    void everybodyMayReadTheListOfServices()
    {
        Site site;
        const auto page = Visitor{site}.get("/rovereto/servizi/");
        QCOMPARE(page.status, 200);
        QVERIFY(
            contains(page, "potrai accedere con pochi click a tutti i servizi messi a disposizione dei cittadini."));
        QVERIFY(contains(page, "Permesso di prova"));
        QVERIFY(contains(page, "Un servizio per le prove"));
        QVERIFY(contains(page, "Accedi all'area personale"));
        QVERIFY(contains(page, "Visualizza colonne"));
    }

    void theColumnsShowTheSameServicesByArea()
    {
        Site site;
        const auto page = Visitor{site}.get("/rovereto/servizi/?vista=colonne");
        QVERIFY(contains(page, "<table"));
        QVERIFY(contains(page, "Permesso di prova"));
        QVERIFY(contains(page, "Visualizza griglia"));
    }

    void eachViewHasATitleOfItsOwn()
    {
        Site site;
        std::set<std::string> titles;
        for (const char* query :
             {"", "?vista=colonne", "?cerca=prova", "?cerca=prova&vista=colonne", "?categoria=Prove"})
            titles.insert(Visitor::between(Visitor::text(Visitor{site}.get("/rovereto/servizi/" + std::string{query})),
                                           "<title>", "</title>"));
        QCOMPARE(titles.size(), std::size_t{5});
    }

    void aSearchTellsWhenItFindsNothing()
    {
        Site site;
        const auto page = Visitor{site}.get("/rovereto/servizi/?cerca=acquedotto");
        QVERIFY(contains(page, "Nessun servizio corrisponde alla ricerca."));
        QVERIFY(contains(page, "value=\"acquedotto\""));
    }

    void aServicesPageLeadsToTheFillingIn()
    {
        Site site;
        const auto page = Visitor{site}.get("/rovereto/servizi/permesso-prova");
        QVERIFY(contains(page, "Accedi al servizio Permesso di prova"));
        QVERIFY(contains(page, "/rovereto/servizi/permesso-prova/pratica"));
    }

    void aSuspendedServiceKeepsItsPageWithANotice()
    {
        Site site;
        store::Transaction transaction(*site.room().database);
        store::setAttivazione(transaction, "permesso-prova", Attivazione::Sospeso);
        transaction.commit();
        const auto page = Visitor{site}.get("/rovereto/servizi/permesso-prova");
        QCOMPARE(page.status, 200);
        QVERIFY(contains(page, "sospeso"));
        QVERIFY(!contains(page, "Accedi al servizio Permesso di prova"));
    }

    void aServiceThatIsOffDoesNotExist()
    {
        Site site;
        store::Transaction transaction(*site.room().database);
        store::setAttivazione(transaction, "permesso-prova", Attivazione::Disattivo);
        transaction.commit();
        QCOMPARE(Visitor{site}.get("/rovereto/servizi/permesso-prova").status, 404);
    }

    void anUnknownPageOffersAWayOn()
    {
        Site site;
        const auto page = Visitor{site}.get("/rovereto/nulla");
        QCOMPARE(page.status, 404);
        QVERIFY(contains(page, "Pagina non trovata"));
        QVERIFY(contains(page, "/rovereto/servizi/"));
    }

    void whatIsSearchedIsEscaped()
    {
        Site site;
        const auto page = Visitor{site}.get("/rovereto/servizi/?cerca=<script>alert(1)</script>");
        QVERIFY(!contains(page, "<script>alert"));
    }
};

QTEST_APPLESS_MAIN(TestServizi)
#include "test_servizi.moc"
