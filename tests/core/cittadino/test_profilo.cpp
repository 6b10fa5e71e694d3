#include "core/cittadino/profilo.h"
#include "tests/support/makers.h"
#include "tests/support/words.h"

#include <QTest>

using namespace sdc;
using tests::makeCittadino;
using tests::q;

namespace {

Profilo profiloOf(const Cittadino& c)
{
    return {c.email, c.cellulare, c.residenza, c.domicilio};
}

QString fieldsOf(const std::vector<FieldError>& errors)
{
    std::string all;
    for (const FieldError& error : errors)
        all += (all.empty() ? "" : " ") + error.field;
    return q(all);
}

}

class TestProfilo : public QObject
{
    Q_OBJECT

private slots:
    // L3: name, surname, codice fiscale, residence address + CAP + city, mobile, valid email.
    void aProfileIsCompleteOnlyWithAllThatIsMandatory()
    {
        QVERIFY(isComplete(makeCittadino()));
        for (auto take : std::initializer_list<void (*)(Cittadino&)>{
                 [](Cittadino& c) { c.nome.clear(); }, [](Cittadino& c) { c.cognome.clear(); },
                 [](Cittadino& c) { c.codiceFiscale.clear(); }, [](Cittadino& c) { c.residenza.via.clear(); },
                 [](Cittadino& c) { c.residenza.cap.clear(); }, [](Cittadino& c) { c.residenza.citta.clear(); },
                 [](Cittadino& c) { c.cellulare.clear(); }, [](Cittadino& c) { c.email.clear(); },
                 [](Cittadino& c) { c.email = "nome@esempio"; }, [](Cittadino& c) { c.confermato.reset(); }})
        {
            Cittadino incomplete = makeCittadino();
            take(incomplete);
            QVERIFY(!isComplete(incomplete));
        }
    }

    void aProfileWithoutDomicileProvinceAndStateIsComplete()
    {
        Cittadino cittadino = makeCittadino();
        cittadino.domicilio = {};
        cittadino.residenza.provincia.clear();
        cittadino.residenza.stato.clear();
        QVERIFY(isComplete(cittadino));
    }

    // A domicile is given as a whole or not at all.
    void aDomicileLacksNothingOrEverything()
    {
        Profilo profilo = profiloOf(makeCittadino());
        profilo.domicilio = {};
        QCOMPARE(fieldsOf(validate(profilo)), q(""));
        profilo.domicilio.citta = "Isera";
        QCOMPARE(fieldsOf(validate(profilo)), q("domicilio_via domicilio_cap"));
        profilo.domicilio = {"", "", "", "TN", ""};
        QCOMPARE(fieldsOf(validate(profilo)), q("domicilio_via domicilio_cap domicilio_citta"));
    }

    void namesEachFieldAtFault()
    {
        Profilo profilo = profiloOf(makeCittadino());
        QCOMPARE(fieldsOf(validate(profilo)), q(""));
        profilo.residenza.cap = "3806";
        profilo.domicilio = {"Via Roma 1", "ABCDE", "Isera", "", ""};
        QCOMPARE(fieldsOf(validate(profilo)), q("residenza_cap domicilio_cap"));
        QCOMPARE(fieldsOf(validate(Profilo{})), q("email cellulare residenza_via residenza_cap residenza_citta"));
    }

    void aPostcodeAbroadHasItsOwnForm()
    {
        Profilo profilo = profiloOf(makeCittadino());
        profilo.residenza.cap = "SW1A 1AA";
        profilo.residenza.stato = "Regno Unito";
        QCOMPARE(fieldsOf(validate(profilo)), q(""));
        profilo.residenza.stato = "ITALIA";
        QCOMPARE(fieldsOf(validate(profilo)), q("residenza_cap"));
    }

    // E.164 for other countries; Italy's mobiles begin with 3 (Piano nazionale di numerazione).
    void aMobileNumberHasOneForm()
    {
        const auto form = [](const char* text) { return q(mobileNumber(text).value_or("no")); };
        for (const char* text : {"3331234567", "333 1234567", "+39 333.123.4567", "0039 333-123/4567", "+393331234567"})
            QCOMPARE(form(text), q("333 1234567"));
        QCOMPARE(form("339 123456"), q("339 123456"));
        QCOMPARE(form("+43 660 1234567"), q("+436601234567"));
        QCOMPARE(form("0041 79 123 45 67"), q("+41791234567"));
        for (const char* text :
             {"", "0464 123456", "333 12345", "333 123456789", "+39 0464 123456", "+0 123456789", "+43 123",
              "43 660 1234567", "+431234567890123456", "333 1234567\nBcc: x", "++433601234567"})
            QVERIFY2(!mobileNumber(text), text);
        QVERIFY(mobileNumber(*mobileNumber("+43 660 1234567")) == mobileNumber("+43 660 1234567"));
    }

    void aLandlineTakenBeforeKeepsNobodyOut()
    {
        Cittadino cittadino = makeCittadino();
        cittadino.cellulare = "0464 123456";
        QVERIFY(isComplete(cittadino));
        QCOMPARE(fieldsOf(validate(profiloOf(cittadino))), q("cellulare"));
    }

    void aYearIsCompletedOnTheBirthday()
    {
        using namespace std::chrono;
        const Date born = year{2008} / November / 27;
        QCOMPARE(ageOn(born, year{2026} / November / 26), 17);
        QCOMPARE(ageOn(born, year{2026} / November / 27), 18);
        QCOMPARE(ageOn(born, year{2026} / December / 1), 18);
        QCOMPARE(ageOn(born, born), 0);
        // Art. 2963 c.c.: a month that lacks the day ends it.
        const Date leap = year{2008} / February / 29;
        QCOMPARE(ageOn(leap, year{2026} / February / 27), 17);
        QCOMPARE(ageOn(leap, year{2026} / February / 28), 18);
        QCOMPARE(ageOn(leap, year{2028} / February / 28), 19);
        QCOMPARE(ageOn(leap, year{2028} / February / 29), 20);
    }

    void aDayOfBirthThatIsSaidMustBeOneOfTheCodiceFiscale()
    {
        using namespace std::chrono;
        const Date today = year{2026} / November / 27;
        const char* boy = "VRDLCU10A01H612V";
        QVERIFY(declaredBirth("01/01/2010", boy, today) == year{2010} / January / 1);
        // As browsers fill it in (HTML, autocomplete "bday").
        QVERIFY(declaredBirth("2010-01-01", boy, today) == year{2010} / January / 1);
        QVERIFY(declaredBirth("1-1-1910", boy, today) == year{1910} / January / 1);
        for (const char* wrong : {"", "ieri", "02/01/2010", "01/02/2010", "01/01/2011", "01/01/1810", "01/01/2110",
                                  "2010-01-02", "01/01/10", "41/01/2010"})
        {
            try {
                declaredBirth(wrong, boy, today);
                QFAIL(wrong);
            } catch (const Invalid& fault) {
                QCOMPARE(fieldsOf(fault.fields()), q("data_nascita"));
            }
        }
        // 1926 and 2026 have the same two digits: the day tells them apart.
        QVERIFY(declaredBirth("28/11/1926", "RSSMRA26S28H612A", today) == year{1926} / November / 28);
        QVERIFY_EXCEPTION_THROWN(declaredBirth("28/11/2026", "RSSMRA26S28H612A", today), Invalid);
    }

    void whatOneDeclaresMakesNobodyOlder()
    {
        using namespace std::chrono;
        const Date today = year{2026} / November / 27;
        Cittadino citizen;
        citizen.codiceFiscale = "VRDLCU10A01H612V";
        QVERIFY(latestBirth(citizen, today) == year{2010} / January / 1);
        citizen.dataNascita = year{1910} / January / 1;
        citizen.nascitaDichiarata = true;
        QVERIFY(latestBirth(citizen, today) == year{2010} / January / 1);
        citizen.nascitaDichiarata = false;
        QVERIFY(latestBirth(citizen, today) == year{1910} / January / 1);
        QVERIFY(!latestBirth(Cittadino{}, today));
    }

    void writesAnAddressInOneLineWithoutWhatIsMissing()
    {
        QCOMPARE(q(oneLine({"Via Roma 1", "38068", "Rovereto", "TN", "Italia"})), q("Via Roma 1 38068 Rovereto (TN)"));
        QCOMPARE(q(oneLine({"", "38068", "Rovereto", "", ""})), q("38068 Rovereto"));
        QCOMPARE(q(oneLine({})), q(""));
    }
};

QTEST_GUILESS_MAIN(TestProfilo)
#include "test_profilo.moc"
