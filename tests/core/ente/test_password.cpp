#include "core/ente/password.h"

#include <QTest>

using namespace sdc;

namespace {

Operatore anna()
{
    Operatore operatore;
    operatore.username = "anna.ferrari";
    operatore.nome = "Anna";
    operatore.cognome = "Ferrari";
    operatore.email = "a.ferrari.anagrafe@comune.esempio.it";
    return operatore;
}

bool passes(const std::string& password)
{
    return passwordFault(password, anna()).empty();
}

}

class TestPassword : public QObject
{
    Q_OBJECT

private slots:
    // NIST SP 800-63B 5.1.1.2: length, and nothing about kinds of characters.
    void lengthIsAllThatIsAskedOfAnUncommonOne()
    {
        QVERIFY(passes("demo-stanza"));
        QVERIFY(passes("cavallo corretto graffa"));
        QVERIFY(passes("perchénonè"));
        QVERIFY(passes("pioggia di marzo sul lago"));
        QVERIFY(!passes("qx7!Kp2?z"));
        QVERIFY(!passes("èèèèèèèè"));
        QVERIFY(!passes(""));
        QVERIFY(passes(std::string("tre parole e poi ") + std::string(900, 'x')));
        QVERIFY(!passes(std::string("tre parole e poi ") + std::string(1000, 'x')));
        QVERIFY(!passes(std::string("con uno zero\0dentro", 19)));
        QVERIFY(!passes("non \xFF utf otto"));
    }

    void whatEverybodyTriesFirstIsRefusedInAnyCase()
    {
        for (const char* common : {"1234567890", "qwertyuiop", "PASSWORD123", "Juventus1897", "aaaaaaaaaaaa",
                                   "abcabcabcabc", "abcdefghijkl", "9876543210", "Amministratore", "q1w2e3r4t5"})
            QVERIFY2(!passes(common), common);
    }

    void whoKnowsTheOperatorKnowsTheseToo()
    {
        for (const char* theirs :
             {"anna.ferrari", "Anna.Ferrari", "a.ferrari.anagrafe", "a.ferrari.anagrafe@comune.esempio.it",
              "annaferrari", "Ferrari Anna", "annaferrari1985", "anna.ferrari!"})
            QVERIFY2(!passes(theirs), theirs);
        QVERIFY(passes("anna va al mercato"));
    }
};

QTEST_GUILESS_MAIN(TestPassword)
#include "test_password.moc"
