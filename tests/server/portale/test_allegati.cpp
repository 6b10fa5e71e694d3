#include "tests/server/portale/visitor.h"

#include <QTest>

using namespace sdc;
using namespace sdc::tests;

namespace {

std::string beginAtAllegati(Visitor& visitor)
{
    visitor.follow(visitor.get("/rovereto/servizi/permesso-prova/pratica"));
    const std::string steps = visitor.at().substr(0, visitor.at().rfind('/') + 1);
    visitor.post(steps + "istruzioni", {{"chiaro", "si"}, {"azione", "avanti"}});
    visitor.post(steps + "richiedente", {{"azione", "avanti"}});
    visitor.follow(visitor.post(steps + "dati", {{"oggetto", "Festa"}, {"delega", "no"}, {"azione", "avanti"}}));
    return steps;
}

http::Response upload(Site& site, Visitor& visitor, const std::string& steps, const std::string& name,
                      const std::string& content, const std::string& azione = "carica:documento")
{
    std::vector<http::Upload> files;
    files.push_back(makeUpload(site, "file.documento", name, content));
    return visitor.post(steps + "allegati", {{"descrizione.documento", "La pianta"}, {"azione", azione}},
                        std::move(files));
}

std::string fileId(const http::Response& page)
{
    return Visitor::between(Visitor::text(page), "/rovereto/allegati/", "\"");
}

}

class TestAllegati : public QObject
{
    Q_OBJECT

private slots:
    void anUploadedFileIsShownAtItsField()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtAllegati(mario);
        const auto page = mario.follow(upload(site, mario, steps, "pianta.pdf", kPdf));
        QVERIFY(contains(page, "pianta.pdf"));
        QVERIFY(contains(page, "La pianta"));
        QVERIFY(contains(page, "Rimuovi"));
    }

    void aFileChosenWithoutCaricaIsTakenByAvanti()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtAllegati(mario);
        const auto page = mario.follow(upload(site, mario, steps, "pianta.pdf", kPdf, "avanti"));
        QCOMPARE(mario.at(), steps + "riepilogo");
        QVERIFY(contains(page, "pianta.pdf"));
    }

    void theContentDecidesNotTheName()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtAllegati(mario);
        const auto page = upload(site, mario, steps, "finto.pdf", "<html><script>alert(1)</script></html>");
        QCOMPARE(page.status, 422);
        QVERIFY(contains(page, "href=\"#campo-documento\""));
        QVERIFY(contains(page, "PDF, P7M, JPEG"));
        QVERIFY(contains(mario.get("/rovereto/allegati"), "Non hai ancora caricato file"));
    }

    void aFileOverTheLimitIsRefused()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtAllegati(mario);
        QCOMPARE(upload(site, mario, steps, "grande.pdf", kPdf + std::string(1024 * 1024, ' ')).status, 422);
    }

    void aFileCanBeTakenOffAndChosenAgain()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtAllegati(mario);
        const std::string id = fileId(mario.follow(upload(site, mario, steps, "pianta.pdf", kPdf)));
        const auto without = mario.follow(mario.post(steps + "allegati", {{"azione", "togli:documento:" + id}}));
        QVERIFY(!contains(without, "value=\"togli:documento:"));
        QVERIFY(contains(without, "Scegli tra i miei allegati"));
        const auto again =
            mario.follow(mario.post(steps + "allegati", {{"scegli.documento", id}, {"azione", "usa:documento"}}));
        QVERIFY(contains(again, "value=\"togli:documento:" + id + "\""));
    }

    void aFileOfSomebodyElseDoesNotExist()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string id = fileId(mario.follow(upload(site, mario, beginAtAllegati(mario), "pianta.pdf", kPdf)));
        Visitor giulia(site);
        giulia.enter(kGiulia);
        const std::string steps = beginAtAllegati(giulia);
        QCOMPARE(giulia.get("/rovereto/allegati/" + id).status, 404);
        QCOMPARE(giulia.post("/rovereto/allegati/" + id + "/elimina", {}).status, 404);
        QCOMPARE(giulia.post(steps + "allegati", {{"scegli.documento", id}, {"azione", "usa:documento"}}).status, 404);
    }

    void aFileOfADraftCanBeDeleted()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string id = fileId(mario.follow(upload(site, mario, beginAtAllegati(mario), "pianta.pdf", kPdf)));
        QVERIFY(contains(mario.get("/rovereto/allegati/" + id + "/elimina"), "pianta.pdf"));
        QCOMPARE(mario.post("/rovereto/allegati/" + id + "/elimina", {}).status, 303);
        QVERIFY(contains(mario.get("/rovereto/allegati"), "Non hai ancora caricato file"));
    }

    void aFileOfASentPraticaStays()
    {
        Site site;
        Visitor mario(site);
        mario.enter(kMario);
        const std::string steps = beginAtAllegati(mario);
        mario.follow(upload(site, mario, steps, "pianta.pdf", kPdf, "avanti"));
        const std::string pratica = steps.substr(0, steps.find("/passi/"));
        const std::string versione =
            Visitor::between(Visitor::text(mario.get(pratica + "/invio")), "name=\"versione\" value=\"", "\"");
        mario.post(pratica + "/invio", {{"versione", versione}, {"conferma", "si"}});
        const auto list = mario.get("/rovereto/allegati");
        QVERIFY(contains(list, "Allegato alle pratiche:"));
        QVERIFY(contains(list, "Permesso di prova (Inviata 23-11-2026)"));
        QVERIFY(!contains(list, "/elimina"));
        QCOMPARE(mario.post("/rovereto/allegati/" + fileId(list) + "/elimina", {}).status, 409);
    }
};

QTEST_APPLESS_MAIN(TestAllegati)
#include "test_allegati.moc"
