#include "server/esportazione.h"

#include "core/base/error.h"
#include "server/http/routes.h"
#include "server/store/sql.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/world.h"

#include <nlohmann/json.hpp>

#include <QCryptographicHash>
#include <QTest>

#include <fstream>
#include <sstream>

using namespace sdc;
using namespace std::chrono_literals;
using esportazione::Formato;
using tests::instant;
using tests::World;

namespace {

void logAt(World& world, const char* iso, const std::string& azione = "pratica aperta")
{
    store::Transaction transaction(world.database());
    store::log(transaction, {"operatore", "op-1", azione, "pratica:1", ""}, instant(iso));
    transaction.commit();
}

std::string exported(World& world, Formato formato = Formato::Csv, const store::Periodo& periodo = {})
{
    std::ostringstream out;
    esportazione::write(world.database(), world.room().ente, world.rooms().cassaforte(),
                        {periodo, formato, world.now()}, out);
    return out.str();
}

esportazione::Sigillo check(const std::string& text)
{
    std::istringstream in(text);
    return esportazione::check(in);
}

bool isRefused(const std::string& text)
{
    try {
        check(text);
        return false;
    } catch (const std::runtime_error&) {
        return true;
    }
}

void replace(std::string& text, const std::string& from, const std::string& to)
{
    text.replace(text.find(from), from.size(), to);
}

/// What the operator API answers an operator of this name.
http::Response ask(World& world, const std::string& username, const http::Fields& query)
{
    http::NoBody body;
    http::Request login;
    login.method = "POST";
    login.path = "/prova/api/operatori/v1/accesso";
    login.body = nlohmann::json{{"username", username}, {"password", "demo-stanza"}}.dump();
    Context context = world.context();
    context.room = nullptr;
    const auto opened = http::respond(http::routes(), login, context, body);
    const std::string token = nlohmann::json::parse(std::get<std::string>(opened.body)).at("token");
    http::Request request;
    request.method = "GET";
    request.path = "/prova/api/operatori/v1/attivita";
    request.query = query;
    request.headers["authorization"] = "Bearer " + token;
    Context asking = world.context();
    asking.room = nullptr;
    return http::respond(http::routes(), request, asking, body);
}

}

class TestEsportazione : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { tests::addDatabases(); }

    // The hash as DECISIONS.md describes it, made here by Qt: an export can be checked without our program.
    void anybodyCanReckonTheHashes()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        logAt(world, "2026-11-23T10:00:00Z", "accesso, con \"virgolette\"\ne a capo");
        std::istringstream lines(exported(world, Formato::JsonLines));
        std::string line;
        std::getline(lines, line);
        const auto row = nlohmann::json::parse(line);
        QByteArray all;
        const auto add = [&](const std::string& value) {
            all +=
                QByteArray::number(static_cast<qlonglong>(value.size())) + ":" + QByteArray::fromStdString(value) + ";";
        };
        add(std::to_string(row.at("numero").get<long long>()));
        for (const char* name : {"quando", "tipo_attore", "attore", "azione", "oggetto", "dettaglio", "precedente"})
            add(row.at(name));
        QCOMPARE(QString::fromStdString(row.at("hash")),
                 QString(QCryptographicHash::hash(all, QCryptographicHash::Sha256).toHex()));
    }

    void bothFormsAreReadAgain()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        logAt(world, "2026-11-23T10:00:00Z", "accesso, con \"virgolette\"\ne a capo");
        logAt(world, "2026-11-23T10:00:01Z", "#uscita");
        logAt(world, "2026-11-23T10:00:02Z");
        for (const Formato formato : {Formato::Csv, Formato::JsonLines}) {
            const auto sigillo = check(exported(world, formato));
            QCOMPARE(sigillo.ente, std::string{"prova"});
            QCOMPARE(sigillo.primo, 1LL);
            QCOMPARE(sigillo.ultimo, 3LL);
            QCOMPARE(sigillo.chiave, world.rooms().cassaforte().publicKey());
        }
        QVERIFY(exported(world).starts_with(
            "numero,quando,tipo_attore,attore,azione,oggetto,dettaglio,precedente,hash\r\n"
            "1,2026-11-23T10:00:00Z,operatore,op-1,\"accesso, con \"\"virgolette\"\"\ne a capo\",pratica:1,,,"));
    }

    void anEmptyLogIsSealedToo()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        QCOMPARE(check(exported(world)).ultimo, 0LL);
    }

    void whatWasChangedInAnExportIsFound()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        for (int i = 0; i < 4; ++i)
            logAt(world, "2026-11-23T10:00:00Z", "azione-" + std::to_string(i));
        const std::string right = exported(world);
        QVERIFY(!isRefused(right));
        std::string word = right;
        replace(word, "azione-2", "azione-9");
        QVERIFY(isRefused(word));
        std::string less = right;
        const auto begin = less.find("\r\n3,") + 2;
        less.erase(begin, less.find("\r\n", begin) + 2 - begin);
        QVERIFY(isRefused(less));
        std::string shorter = right;
        const auto last = shorter.find("\r\n4,") + 2;
        shorter.erase(last, shorter.find("\r\n", last) + 2 - last);
        QVERIFY(isRefused(shorter));
        std::string ente = right;
        replace(ente, "\"prova\"", "\"altro\"");
        QVERIFY(isRefused(ente));
        QVERIFY(isRefused(right.substr(0, right.find('#'))));
        QVERIFY(isRefused(right + "5,altro\r\n"));
        QVERIFY(isRefused(""));
        QVERIFY(isRefused("#{}"));
        QVERIFY(isRefused("{\"numero\":\"x\"}"));
    }

    // The rows between the first and the last of a period are all there, or the chain could not be followed.
    void aPeriodIsOfDaysInItaly()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        logAt(world, "2026-01-31T22:59:59Z");
        logAt(world, "2026-01-31T23:00:00Z"); // the first of February in Rome
        logAt(world, "2026-03-01T00:00:00Z");
        const auto sigillo =
            check(exported(world, Formato::Csv, esportazione::periodoFrom("01-02-2026", "2026-02-28")));
        QCOMPARE(sigillo.primo, 2LL);
        QCOMPARE(sigillo.ultimo, 2LL);
        QVERIFY_THROWS_EXCEPTION(Invalid, esportazione::periodoFrom("ieri", ""));
        QVERIFY_THROWS_EXCEPTION(Invalid, esportazione::periodoFrom("02-02-2026", "31-01-2026"));
        QVERIFY_THROWS_EXCEPTION(Invalid, esportazione::formatoFrom("xlsx"));
    }

    void administratorsAloneExportAndItIsLogged()
    {
        QFETCH_GLOBAL(QString, database);
        World world(database);
        Operatore capo = tests::makeOperatore("capo");
        capo.ruolo = Ruolo::Amministratore;
        world.addOperatore(capo);
        world.addOperatore(tests::makeOperatore("anna"));
        QCOMPARE(ask(world, "anna", {}).status, 403);
        QCOMPARE(ask(world, "capo", {{"formato", "pdf"}}).status, 422);
        const auto count = "SELECT COUNT(*) FROM attivita WHERE azione = 'attività esportate'";
        QCOMPARE(tests::numberOf(world.database(), count), 0LL);
        const auto answer = ask(world, "capo", {});
        QCOMPARE(answer.status, 200);
        QCOMPARE(tests::numberOf(world.database(), count), 1LL);
        const auto& file = std::get<http::FileBody>(answer.body);
        QVERIFY(file.passing);
        std::ifstream in(file.path);
        QCOMPARE(esportazione::check(in).ultimo, tests::numberOf(world.database(), "SELECT MAX(numero) FROM attivita"));
    }
};

QTEST_GUILESS_MAIN(TestEsportazione)
#include "test_esportazione.moc"
