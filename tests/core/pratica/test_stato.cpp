#include "core/pratica/stato.h"
#include "tests/support/words.h"

#include <QTest>

#include <map>
#include <set>
#include <tuple>

using namespace sdc;
using tests::q;

namespace {

constexpr Causa kCause[] = {Causa::Cittadino, Causa::Operatore,     Causa::Amministratore,
                            Causa::Partner,   Causa::Registrazione, Causa::Sistema};

/// "States of a pratica" of the requirements, word for word, by number.
const std::map<int, const char*> kNames = {
    {1000, "Bozza"},
    {1500, "In attesa di pagamento"},
    {2000, "Inviata"},
    {3000, "Protocollata"},
    {4000, "Presa in carico"},
    {4100, "Richiesta integrazioni (in attesa di protocollazione)"},
    {4200, "In attesa di integrazioni"},
    {4300, "Integrazioni in attesa di protocollazione"},
    {4400, "Integrazioni protocollate"},
    {4500, "Presa in carico in seguito a integrazioni"},
    {5000, "In elaborazione"},
    {6000, "Elaborata (in attesa di protocollazione del documento di esito)"},
    {7000, "Iter completato"},
    {8000, "Rifiutata (in attesa di protocollazione del documento di esito)"},
    {9000, "Rifiutata"},
    {20000, "Ritirata"},
    {50000, "Annullata"},
};

using Change = std::tuple<int, int, Causa>;

/// "Allowed changes" of the requirements, with who may cause each.
std::set<Change> allowedChanges()
{
    std::set<Change> all;
    const auto add = [&](int from, std::initializer_list<int> to, std::initializer_list<Causa> causes) {
        for (const int one : to) {
            for (const Causa causa : causes)
                all.emplace(from, one, causa);
        }
    };
    // The citizen fills in, pays and sends; a payment ends by itself too.
    add(1000, {1500, 2000}, {Causa::Cittadino});
    add(1500, {1000}, {Causa::Cittadino, Causa::Sistema});
    // "made by the registration alone, with the number in hand"
    add(2000, {3000}, {Causa::Registrazione});
    add(4100, {4200}, {Causa::Registrazione});
    add(4300, {4400}, {Causa::Registrazione});
    add(6000, {7000}, {Causa::Registrazione});
    add(8000, {9000}, {Causa::Registrazione});
    // The office: its operators, or a partner's events.
    add(3000, {4000, 5000, 8000}, {Causa::Operatore, Causa::Partner});
    add(4000, {4100, 5000, 6000, 8000}, {Causa::Operatore, Causa::Partner});
    add(4400, {4500}, {Causa::Operatore, Causa::Partner});
    add(4500, {4000, 4100, 5000, 6000, 8000}, {Causa::Operatore, Causa::Partner});
    add(5000, {4100, 6000, 8000}, {Causa::Operatore, Causa::Partner});
    // "4000 to 4000 (partner's events only)"
    add(4000, {4000}, {Causa::Partner});
    // The citizen answers a request for integrations.
    add(4200, {4300}, {Causa::Cittadino});
    // Withdrawn by the citizen, annulled by an administrator.
    for (const int from : {3000, 4000, 4200, 4400, 4500, 5000}) {
        add(from, {20000}, {Causa::Cittadino});
        add(from, {50000}, {Causa::Amministratore});
    }
    return all;
}

Stato stato(int code)
{
    return statoFromCode(code).value();
}

}

class TestStato : public QObject
{
    Q_OBJECT

private slots:
    void everyPairOfStatesIsJudgedForEveryCauseAsTheRequirementsSay()
    {
        const auto expected = allowedChanges();
        int compared = 0;
        for (const auto& [from, fromName] : kNames) {
            for (const auto& [to, toName] : kNames) {
                for (const Causa causa : kCause) {
                    const bool right = allowed(stato(from), stato(to), causa) == expected.contains({from, to, causa});
                    QVERIFY2(right, qPrintable(q(name(causa)) + QStringLiteral(" %1 -> %2").arg(from).arg(to)));
                    ++compared;
                }
            }
        }
        QCOMPARE(compared, 17 * 17 * 6);
    }

    void theNamesAreThoseOfTheRequirementsLetterForLetter()
    {
        QCOMPARE(allStati().size(), kNames.size());
        for (const auto& [number, text] : kNames) {
            QCOMPARE(code(stato(number)), number);
            QCOMPARE(q(name(stato(number))), q(text));
        }
    }

    void aNumberThatIsNoStateIsNone()
    {
        for (const int number : {0, -1000, 1, 999, 1001, 1510, 1900, 7001, 10000, 30000, 50001})
            QVERIFY(!statoFromCode(number));
    }

    void eachStateIsExplainedInOneSentence()
    {
        for (const Stato one : allStati()) {
            const QString sentence = q(explanation(one));
            QVERIFY2(sentence.size() > 20 && sentence.endsWith('.') && sentence.count(". ") == 0, qPrintable(sentence));
            // N2: nothing for the citizen names the operator; the word may stand, a name cannot.
            QVERIFY(sentence.at(0).isUpper());
            // It stands under past states, too: it may say nothing that was true only then.
            for (const char* word : {"ancora", "attende", "ora ", " sta ", "adesso"})
                QVERIFY2(!sentence.contains(word), qPrintable(sentence));
        }
    }

    // P1: "Lists of the citizen".
    void theListsOfTheCitizenHoldTheStatesOfTheRequirements()
    {
        const std::map<const char*, std::set<int>> lists = {
            {"In bozza", {1000, 1500}},   {"Inviate", {2000, 3000, 4000, 4100, 4400, 4500, 6000, 8000}},
            {"In elaborazione", {5000}},  {"Accettate", {7000}},
            {"Rifiutate", {9000}},        {"Da integrare", {4200, 4300}},
            {"Ritirate", {20000, 50000}},
        };
        std::size_t placed = 0;
        for (const auto& [list, states] : lists) {
            for (const int number : states)
                QCOMPARE(q(name(elencoCittadino(stato(number)))), q(list));
            placed += states.size();
        }
        QCOMPARE(placed, kNames.size());
    }

    // N1: "States that send one".
    void aMailGoesOutForTheStatesOfTheRequirements()
    {
        const std::set<int> telling = {2000, 3000, 4000, 4200, 4300, 4400, 4500, 6000, 7000, 9000, 20000, 50000};
        for (const auto& [number, text] : kNames)
            QVERIFY2(notifiesCitizen(stato(number)) == telling.contains(number), text);
    }

    void decidedIsWhatTheOfficeHasDecided()
    {
        const std::set<int> decided = {6000, 7000, 8000, 9000};
        const std::set<int> ended = {7000, 9000, 20000, 50000};
        for (const auto& [number, text] : kNames) {
            QVERIFY2(isDecided(stato(number)) == decided.contains(number), text);
            QVERIFY2(isFinal(stato(number)) == ended.contains(number), text);
        }
    }
};

QTEST_GUILESS_MAIN(TestStato)
#include "test_stato.moc"
