#include "server/actions/accesso_cittadino.h"
#include "server/doors/doors.h"
#include "server/store/cittadini.h"
#include "server/store/termini.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono_literals;
using tests::makeCittadino;
using tests::q;
using tests::World;

namespace {

Identita identita()
{
    return {"RSSMRA72H25H612H", "Mario", "Rossi", "Rovereto", dateFromIso("1972-06-25"), "", "", {}};
}

http::Request asking(World& world, const std::string& path, const std::string& token)
{
    http::Request request;
    request.method = "GET";
    request.path = path;
    if (!token.empty())
        request.cookies[doors::cookieName(world.context())] = token;
    return request;
}

QString locationOf(const std::optional<http::Response>& response)
{
    if (!response)
        return QStringLiteral("open");
    for (const auto& [name, value] : response->headers) {
        if (name == "Location")
            return q(value);
    }
    return QString::number(response->status);
}

std::string login(World& world)
{
    Context context = world.context();
    return actions::login(context, identita()).token;
}

}

class TestDoors : public QObject
{
    Q_OBJECT

private slots:
    // S1, L2, L3: login, then the terms, then the profile, then the page first asked for, query included.
    void leadsToWhatIsMissingAndBack()
    {
        World world("sqlite");
        {
            store::Transaction transaction(world.database());
            store::importTermine(transaction, {"", "dati", 1, "Consenso", "Testo", true}, world.now());
            transaction.commit();
        }
        http::Request request = asking(world, "/prova/pratiche/", "");
        request.queryText = "elenco=inviate&x=1";
        const QString back = "?ritorno=%2Fprova%2Fpratiche%2F%3Felenco%3Dinviate%26x%3D1";
        Context context = world.context();
        QCOMPARE(locationOf(doors::cittadino(request, context)), "/prova/accesso" + back);
        request.cookies[doors::cookieName(context)] = login(world);
        QCOMPARE(locationOf(doors::sessione(request, context)), QStringLiteral("open"));
        QCOMPARE(locationOf(doors::cittadino(request, context)), "/prova/termini" + back);
        actions::acceptTermini(context, {store::currentTermini(world.database()).at(0).id});
        QCOMPARE(locationOf(doors::cittadino(request, context)), "/prova/profilo" + back);
        const Cittadino whole = makeCittadino();
        actions::saveProfilo(context, {whole.email, whole.cellulare, whole.residenza, whole.domicilio});
        Context later = world.context();
        QCOMPARE(locationOf(doors::cittadino(request, later)), QStringLiteral("open"));
        QCOMPARE(q(later.cittadino().email), q(whole.email));
    }

    void aSessionEndsByTimeAndIsKeptByUse()
    {
        World world("sqlite");
        const std::string token = login(world);
        const auto request = asking(world, "/prova/stanza", token);
        const auto half = std::chrono::seconds{world.config().durataSessione} / 2;
        for (int i = 0; i < 4; ++i) {
            world.advance(half);
            Context context = world.context();
            QCOMPARE(locationOf(doors::sessione(request, context)), QStringLiteral("open"));
        }
        world.advance(2 * half);
        Context context = world.context();
        QVERIFY(locationOf(doors::sessione(request, context)).startsWith("/prova/accesso"));
    }

    void aSessionEndsAtItsLongestHoweverItIsUsed()
    {
        World world("sqlite");
        world.config().durataMassimaSessione = 2 * world.config().durataSessione;
        const auto request = asking(world, "/prova/stanza", login(world));
        const auto half = std::chrono::seconds{world.config().durataSessione} / 2;
        for (int i = 0; i < 3; ++i) {
            world.advance(half);
            Context context = world.context();
            QCOMPARE(locationOf(doors::sessione(request, context)), QStringLiteral("open"));
        }
        world.advance(half);
        Context context = world.context();
        QVERIFY(locationOf(doors::sessione(request, context)).startsWith("/prova/accesso"));
    }

    // An administrator who shortens the limit means the sessions that are open, too.
    void aShorterLimitCountsAtOnce()
    {
        World world("sqlite");
        const auto request = asking(world, "/prova/stanza", login(world));
        world.advance(10min);
        world.config().durataMassimaSessione = 300;
        Context context = world.context();
        QVERIFY(doors::sessione(request, context).has_value());
    }

    void aSessionOfOneEnteOpensNoOther()
    {
        World world("sqlite");
        Room& other = world.addEnte("altro");
        const std::string token = login(world);
        Context context = world.context();
        context.room = &other;
        http::Request request = asking(world, "/altro/stanza", token);
        request.cookies[doors::cookieName(context)] = token;
        QVERIFY(doors::sessione(request, context).has_value());
        QVERIFY(!context.accesso);
    }

    void logoutEndsTheSessionOnTheServer()
    {
        World world("sqlite");
        const auto request = asking(world, "/prova/stanza", login(world));
        Context context = world.context();
        QVERIFY(!doors::sessione(request, context));
        actions::logout(context);
        Context after = world.context();
        QVERIFY(doors::sessione(request, after).has_value());
    }

    void aTokenThatIsNoneOpensNothing()
    {
        World world("sqlite");
        login(world);
        for (const std::string& token : {std::string{"x"}, std::string(5000, 'a'), std::string{"' OR 1=1 --"}}) {
            Context context = world.context();
            QVERIFY(doors::sessione(asking(world, "/prova/stanza", token), context).has_value());
        }
    }

    void comesBackToThisEnteAlone()
    {
        World world("sqlite");
        const Context context = world.context();
        QCOMPARE(q(doors::safeReturn(context, "/prova/pratiche/?x=1")), q("/prova/pratiche/?x=1"));
        QCOMPARE(q(doors::safeReturn(context, "/prova/?avviso=uscita")), q("/prova/"));
        // What is asked of a page may hold anything.
        QCOMPARE(q(doors::safeReturn(context, "/prova/?cerca=a//b..c")), q("/prova/?cerca=a//b..c"));
        QCOMPARE(q(doors::safeReturn(context, "/prova/?x=" + std::string(3000, 'a'))), q("/prova/stanza"));
        QCOMPARE(q(doors::safeReturn(context, "/prova/?a=1&avviso=uscita&b=2")), q("/prova/?a=1&b=2"));
        for (const char* wish :
             {"", "/", "/altro/stanza", "https://altrove.example/", "//altrove.example", "/prova//altrove.example",
              "/prova/../altro/", "/prova\\altrove", "/provaaltro/", "javascript:alert(1)", "/prova/\\\\altrove",
              "/prova/%2e%2e/altro/", "/prova/%2E./altro/", "/prova/a\tb", "/prova/a\r\nX: y", "/prova/a b"})
            QVERIFY2(q(doors::safeReturn(context, wish)) == q("/prova/stanza"), wish);
    }

    void thePageForProgramsIsForThisMachineAlone()
    {
        World world("sqlite");
        Context context = world.context();
        http::Request request = asking(world, "/metriche", "");
        QVERIFY(doors::interno(request, context).has_value());
        request.loopback = true;
        QVERIFY(!doors::interno(request, context));
        for (const char* header : {"forwarded", "x-forwarded-for"}) {
            http::Request passedOn = asking(world, "/metriche", "");
            passedOn.loopback = true;
            passedOn.headers[header] = "10.0.0.1";
            QVERIFY2(doors::interno(passedOn, context).has_value(), header);
        }
    }

    void onlyTheFirstTriesOfAMinuteCount()
    {
        World world("sqlite");
        world.config().accessiPerMinuto = 2;
        http::Request request = asking(world, "/prova/accesso", "");
        request.address = "10.0.0.1";
        Context context = world.context();
        QVERIFY(doors::mayTry(request, context));
        QVERIFY(doors::mayTry(request, context));
        QVERIFY(!doors::mayTry(request, context));
        http::Request other = asking(world, "/prova/accesso", "");
        other.address = "10.0.0.2";
        QVERIFY(doors::mayTry(other, context));
        world.advance(61s);
        QVERIFY(doors::mayTry(request, context));
    }
};

QTEST_GUILESS_MAIN(TestDoors)
#include "test_doors.moc"
