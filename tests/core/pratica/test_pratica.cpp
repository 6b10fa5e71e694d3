#include "core/base/error.h"
#include "core/pratica/pratica.h"
#include "tests/support/makers.h"
#include "tests/support/words.h"

#include <QTest>

#include <functional>
#include <set>

using namespace sdc;
using tests::instant;
using tests::makePratica;
using tests::q;

namespace {

const Instant kNow = instant("2026-11-23T10:00:00Z");
const NumeroProtocollo kNumero{"0000124/2026", kNow};
const Id<Operatore> kAnna{"anna"};
const Id<Operatore> kBruno{"bruno"};

using Verb = std::function<void(Pratica&)>;

Pratica assigned(Stato stato, const Id<Operatore>& operatore = kAnna)
{
    Pratica::Fields fields = makePratica(stato).fields();
    fields.operatore = operatore;
    return Pratica::restore(std::move(fields));
}

bool same(const Pratica::Fields& a, const Pratica::Fields& b)
{
    return a.stato == b.stato && a.versione == b.versione && a.inviata == b.inviata && a.modificata == b.modificata &&
           a.operatore == b.operatore && a.passo == b.passo && a.protocollo == b.protocollo &&
           a.definizione == b.definizione && a.protocolloRisposta == b.protocolloRisposta && a.esito == b.esito;
}

enum class Answer { Done, Refused, ChangedAndRefused };

/// Runs the verb; a refusal must leave everything as it was.
template <class Fault = Refusal>
Answer run(Pratica& pratica, const Verb& verb)
{
    const Pratica::Fields before = pratica.fields();
    try {
        verb(pratica);
        return Answer::Done;
    } catch (const Fault&) {
        return same(before, pratica.fields()) && pratica.news().empty() ? Answer::Refused : Answer::ChangedAndRefused;
    }
}

/// From which states the verb works, and where it leads; from all others it is refused and changes nothing.
void checkEveryState(const Verb& verb, const std::map<int, int>& leads, const std::function<Pratica(Stato)>& make)
{
    for (const Stato stato : allStati()) {
        Pratica pratica = make(stato);
        const auto target = leads.find(code(stato));
        const QByteArray place = QByteArray::number(code(stato));
        const Answer answer = run(pratica, verb);
        QVERIFY2(answer == (target == leads.end() ? Answer::Refused : Answer::Done), place);
        if (target == leads.end())
            continue;
        QVERIFY2(code(pratica.stato()) == target->second, place);
        if (target->second == code(stato))
            continue;
        QCOMPARE(pratica.news().size(), std::size_t{1});
        QCOMPARE(pratica.news().front().stato, pratica.stato());
        QCOMPARE(pratica.news().front().quando, kNow);
        QCOMPARE(pratica.fields().modificata, kNow);
    }
}

Verb decideAs(Decisione decisione, const Id<Operatore>& operatore = kAnna,
              const std::string& motivazione = "Perché sì.")
{
    return [=](Pratica& p) { p.decide(operatore, {decisione, motivazione}, kNow); };
}

}

class TestPratica : public QObject
{
    Q_OBJECT

private slots:
    void beginsAsADraftWithItsFirstPassaggio()
    {
        Pratica::Fields fields = makePratica(Stato::Protocollata).fields();
        const Pratica pratica = Pratica::start(fields);
        QCOMPARE(pratica.stato(), Stato::Bozza);
        QCOMPARE(pratica.news().size(), std::size_t{1});
        const Passaggio expected{Stato::Bozza, fields.creata, Causa::Cittadino, "cittadino-1"};
        QVERIFY(pratica.news().front() == expected);
    }

    void isSentFromADraftAlone()
    {
        checkEveryState([](Pratica& p) { p.submit(kNow); }, {{1000, 2000}}, makePratica);
        Pratica sent = makePratica(Stato::Bozza);
        sent.submit(kNow);
        QCOMPARE(sent.fields().inviata, std::optional{kNow});
        QVERIFY(sent.news().front().causa == Causa::Cittadino);
    }

    void isFilledInAndMovedOnlyAsADraft()
    {
        checkEveryState([](Pratica& p) { p.reachPasso("dati", kNow); }, {{1000, 1000}}, makePratica);
        checkEveryState([](Pratica& p) { p.moveTo(Id<Definizione>{"nuova"}, kNow); }, {{1000, 1000}}, makePratica);
        checkEveryState([](Pratica& p) { p.requireDraft(); }, {{1000, 1000}}, makePratica);
    }

    void takesItsNumberOnceSent()
    {
        checkEveryState([](Pratica& p) { p.assignProtocollo(kNumero, kNow); }, {{2000, 3000}}, makePratica);
        Pratica pratica = makePratica(Stato::Inviata);
        pratica.assignProtocollo(kNumero, kNow);
        QVERIFY(pratica.fields().protocollo == kNumero);
        QVERIFY(pratica.news().front().causa == Causa::Registrazione);
        QVERIFY(pratica.news().front().attore.empty());
    }

    // O5 and O8: what was released goes on in its state; without a number or decided it cannot be taken.
    void isTakenInChargeByWhoComesFirst()
    {
        checkEveryState([](Pratica& p) { p.takeCharge(kAnna, kNow); },
                        {{3000, 4000},
                         {4000, 4000},
                         {4100, 4100},
                         {4200, 4200},
                         {4300, 4300},
                         {4400, 4400},
                         {4500, 4500},
                         {5000, 5000}},
                        makePratica);
        Pratica pratica = makePratica(Stato::Protocollata);
        pratica.takeCharge(kAnna, kNow);
        QVERIFY(pratica.fields().operatore == kAnna);
        QVERIFY(pratica.news().front().causa == Causa::Operatore);
        QCOMPARE(q(pratica.news().front().attore), q("anna"));
    }

    void isNotTakenFromWhoHasIt()
    {
        for (const Stato stato : allStati()) {
            Pratica pratica = assigned(stato, kBruno);
            QVERIFY(!pratica.canBeTaken());
            QVERIFY(run<Conflict>(pratica, [](Pratica& p) { p.takeCharge(kAnna, kNow); }) == Answer::Refused);
            Pratica mine = assigned(stato, kAnna);
            QVERIFY(run<Conflict>(mine, [](Pratica& p) { p.takeCharge(kAnna, kNow); }) == Answer::Refused);
        }
    }

    void isNotTakenWithoutANumber()
    {
        Pratica::Fields fields = makePratica(Stato::Protocollata).fields();
        fields.protocollo.reset();
        Pratica pratica = Pratica::restore(fields);
        QVERIFY(!pratica.canBeTaken());
        QVERIFY(run<Conflict>(pratica, [](Pratica& p) { p.takeCharge(kAnna, kNow); }) == Answer::Refused);
    }

    void isReleasedByItsOperatorAndKeepsItsState()
    {
        const std::map<int, int> worked = {{3000, 3000}, {4000, 4000}, {4100, 4100}, {4200, 4200},
                                           {4300, 4300}, {4400, 4400}, {4500, 4500}, {5000, 5000}};
        for (const auto& [number, same] : worked) {
            Pratica pratica = assigned(statoFromCode(number).value());
            QVERIFY(run(pratica, [](Pratica& p) { p.release(kAnna, kNow); }) == Answer::Done);
            QVERIFY(pratica.fields().operatore.empty());
            QCOMPARE(code(pratica.stato()), same);
            QVERIFY(pratica.canBeTaken());
        }
        for (const Stato stato : {Stato::Elaborata, Stato::Accettata, Stato::RifiutataInAttesa, Stato::Rifiutata,
                                  Stato::Ritirata, Stato::Annullata})
        {
            Pratica pratica = assigned(stato);
            QVERIFY(run<Conflict>(pratica, [](Pratica& p) { p.release(kAnna, kNow); }) == Answer::Refused);
        }
    }

    void isReleasedByNobodyElse()
    {
        for (const Stato stato : {Stato::Protocollata, Stato::PresaInCarico, Stato::InElaborazione}) {
            Pratica others = assigned(stato, kBruno);
            QVERIFY(run<Forbidden>(others, [](Pratica& p) { p.release(kAnna, kNow); }) == Answer::Refused);
            Pratica nobodys = makePratica(stato);
            QVERIFY(run<Forbidden>(nobodys, [](Pratica& p) { p.release(kAnna, kNow); }) == Answer::Refused);
            Pratica byNobody = makePratica(stato);
            QVERIFY(run<Forbidden>(byNobody, [](Pratica& p) { p.release({}, kNow); }) == Answer::Refused);
        }
    }

    void isApprovedOrRejectedFromTheStatesOfTheIter()
    {
        const auto mine = [](Stato stato) { return assigned(stato); };
        checkEveryState(decideAs(Decisione::Approva), {{4000, 6000}, {4500, 6000}, {5000, 6000}}, mine);
        checkEveryState(decideAs(Decisione::Rigetta), {{3000, 8000}, {4000, 8000}, {4500, 8000}, {5000, 8000}}, mine);
    }

    void isDecidedByItsOperatorAlone()
    {
        for (const Decisione decisione : {Decisione::Approva, Decisione::Rigetta}) {
            Pratica others = assigned(Stato::PresaInCarico, kBruno);
            QVERIFY(run<Forbidden>(others, decideAs(decisione)) == Answer::Refused);
            Pratica nobodys = makePratica(Stato::PresaInCarico);
            QVERIFY(run<Forbidden>(nobodys, decideAs(decisione)) == Answer::Refused);
            Pratica decided = assigned(Stato::Accettata);
            QVERIFY(run<Conflict>(decided, decideAs(decisione)) == Answer::Refused);
        }
    }

    // L. 241/1990, art. 3.
    void isNotRejectedWithoutAReason()
    {
        for (const char* empty : {"", "   ", "\r\n\t "}) {
            Pratica pratica = assigned(Stato::PresaInCarico);
            QVERIFY(run<Invalid>(pratica, decideAs(Decisione::Rigetta, kAnna, empty)) == Answer::Refused);
            Pratica approved = assigned(Stato::PresaInCarico);
            QVERIFY(run(approved, decideAs(Decisione::Approva, kAnna, empty)) == Answer::Done);
        }
        Pratica pratica = assigned(Stato::PresaInCarico);
        try {
            pratica.decide(kAnna, {Decisione::Rigetta, ""}, kNow);
            QFAIL("rejected without a reason");
        } catch (const Invalid& fault) {
            QCOMPARE(fault.fields().size(), std::size_t{1});
            QCOMPARE(q(fault.fields().front().field), q("motivazione"));
        }
    }

    void keepsTheReasonAsWrittenUpToItsLimit()
    {
        Pratica pratica = assigned(Stato::PresaInCarico);
        pratica.decide(kAnna, {Decisione::Rigetta, "  Prima riga\r\nseconda riga \n"}, kNow);
        QCOMPARE(q(pratica.fields().esito->motivazione), q("Prima riga\nseconda riga"));
        std::string emoji;
        for (int i = 0; i < 10000; ++i)
            emoji += "😀";
        Pratica full = assigned(Stato::PresaInCarico);
        QVERIFY(run(full, decideAs(Decisione::Rigetta, kAnna, emoji)) == Answer::Done);
        Pratica over = assigned(Stato::PresaInCarico);
        QVERIFY(run<Invalid>(over, decideAs(Decisione::Rigetta, kAnna, emoji + "a")) == Answer::Refused);
    }

    void isConcludedByTheNumberOfTheResponse()
    {
        checkEveryState([](Pratica& p) { p.assignProtocolloRisposta(kNumero, kNow); }, {{6000, 7000}, {8000, 9000}},
                        makePratica);
        Pratica pratica = makePratica(Stato::RifiutataInAttesa);
        pratica.assignProtocolloRisposta(kNumero, kNow);
        QVERIFY(pratica.fields().protocolloRisposta == kNumero);
        QVERIFY(pratica.fields().protocollo != kNumero);
    }
};

QTEST_GUILESS_MAIN(TestPratica)
#include "test_pratica.moc"
