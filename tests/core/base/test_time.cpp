#include "core/base/time.h"
#include "tests/support/words.h"

#include <QTest>

using namespace sdc;
using namespace std::chrono;
using tests::q;

namespace {

Instant at(const char* iso)
{
    return instantFromIso(iso).value();
}

}

class TestTime : public QObject
{
    Q_OBJECT

private slots:
    // Directive 2000/84/EC: last Sundays of March and October, at 01:00 UTC.
    void followsTheClocksOfItalyOnBothChanges_data()
    {
        QTest::addColumn<QString>("utc");
        QTest::addColumn<QString>("rome");
        QTest::newRow("2024, before spring") << "2024-03-31T00:59:59Z"
                                             << "31-03-2024 01:59";
        QTest::newRow("2024, spring") << "2024-03-31T01:00:00Z"
                                      << "31-03-2024 03:00";
        QTest::newRow("2024, before autumn") << "2024-10-27T00:59:59Z"
                                             << "27-10-2024 02:59";
        QTest::newRow("2024, autumn") << "2024-10-27T01:00:00Z"
                                      << "27-10-2024 02:00";
        QTest::newRow("2026, before spring") << "2026-03-29T00:59:59Z"
                                             << "29-03-2026 01:59";
        QTest::newRow("2026, spring") << "2026-03-29T01:00:00Z"
                                      << "29-03-2026 03:00";
        QTest::newRow("2026, before autumn") << "2026-10-25T00:59:59Z"
                                             << "25-10-2026 02:59";
        QTest::newRow("2026, autumn") << "2026-10-25T01:00:00Z"
                                      << "25-10-2026 02:00";
        QTest::newRow("winter") << "2026-01-15T10:00:00Z"
                                << "15-01-2026 11:00";
        QTest::newRow("summer") << "2026-07-15T10:00:00Z"
                                << "15-07-2026 12:00";
        QTest::newRow("leap day over midnight") << "2024-02-29T23:30:00Z"
                                                << "01-03-2024 00:30";
    }
    void followsTheClocksOfItalyOnBothChanges()
    {
        QFETCH(QString, utc);
        QFETCH(QString, rome);
        QCOMPARE(q(onScreen(at(utc.toUtf8().constData()))), rome);
    }

    void theYearOfTheRegisterEndsAtMidnightInItaly()
    {
        QCOMPARE(romeYear(at("2025-12-31T22:59:59Z")), 2025);
        QCOMPARE(romeYear(at("2025-12-31T23:00:00Z")), 2026);
        QCOMPARE(q(toIso(romeDate(at("2026-06-30T22:00:00Z")))), q("2026-07-01"));
        QCOMPARE(q(toIso(romeDate(at("2026-06-30T21:59:59Z")))), q("2026-06-30"));
    }

    void showsTheFormsOfScreenAndDocument()
    {
        const Instant instant = at("2024-01-31T10:05:09Z");
        QCOMPARE(q(onScreen(instant)), q("31-01-2024 11:05"));
        QCOMPARE(q(onScreenAt(instant)), q("31-01-2024 alle 11:05"));
        QCOMPARE(q(inDocument(instant)), q("31/01/2024 11:05"));
        const Date birth = year{1972} / June / 5;
        QCOMPARE(q(onScreen(birth)), q("05-06-1972"));
        QCOMPARE(q(inDocument(birth)), q("05/06/1972"));
    }

    void readsTheIsoFormItWrites_data()
    {
        QTest::addColumn<QString>("iso");
        for (const char* iso : {"1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2000-02-29T12:34:56Z",
                                "2026-12-31T23:59:59Z", "1900-03-01T00:00:00Z", "9999-12-31T23:59:59Z"})
            QTest::newRow(iso) << iso;
    }
    void readsTheIsoFormItWrites()
    {
        QFETCH(QString, iso);
        QCOMPARE(q(toIso(at(iso.toUtf8().constData()))), iso);
    }

    void refusesEveryOtherFormOfAnInstant_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"",
                                 "2024-01-31",
                                 "2024-01-31 10:00:00Z",
                                 "2024-01-31T10:00:00",
                                 "2024-01-31T10:00:00z",
                                 "2024-01-31t10:00:00Z",
                                 "2024-01-31T10:00Z",
                                 "2024-01-31T10:00:00.0Z",
                                 "2024-01-31T10:00:00+01:00",
                                 "2024-02-30T10:00:00Z",
                                 "2023-02-29T10:00:00Z",
                                 "2024-13-01T10:00:00Z",
                                 "2024-00-01T10:00:00Z",
                                 "2024-01-00T10:00:00Z",
                                 "2024-01-31T24:00:00Z",
                                 "2024-01-31T10:60:00Z",
                                 "2024-01-31T10:00:60Z",
                                 "2024-01-31T-1:00:00Z",
                                 " 2024-01-31T10:00:00Z",
                                 "2024-01-31T10:00:00Z ",
                                 "2O24-01-31T10:00:00Z",
                                 "+024-01-31T10:00:00Z"})
            QTest::newRow(text[0] == '\0' ? "nothing" : text) << text;
    }
    void refusesEveryOtherFormOfAnInstant()
    {
        QFETCH(QString, text);
        QVERIFY(!instantFromIso(text.toStdString()));
    }

    void readsADateAsItalianPeopleTypeIt_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("iso");
        QTest::newRow("slashes") << "31/01/1980"
                                 << "1980-01-31";
        QTest::newRow("dashes") << "31-01-1980"
                                << "1980-01-31";
        QTest::newRow("one digit") << "1/2/1980"
                                   << "1980-02-01";
        QTest::newRow("leap day") << "29/02/2000"
                                  << "2000-02-29";
    }
    void readsADateAsItalianPeopleTypeIt()
    {
        QFETCH(QString, typed);
        QFETCH(QString, iso);
        const auto date = dateFromItalian(typed.toStdString());
        QVERIFY(date.has_value());
        QCOMPARE(q(toIso(*date)), iso);
    }

    void refusesADateTypedBadly_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char* typed :
             {"",           "/",           "//",         "31",          "31/01",       "31/01/",      "31/01/80",
              "31/01/198",  "31/01/19800", "01/31/1980", "30/02/1980",  "29/02/1900",  "29/02/2023",  "31/04/2020",
              "0/1/1980",   "1/0/1980",    "32/01/1980", "031/01/1980", "31/001/1980", "-1/01/1980",  "1/-1/1980",
              "1/1/-980",   "+1/1/1980",   "31.01.1980", "31 01 1980",  " 31/01/1980", "31/01/1980 ", "31/gen/1980",
              "1980-01-31", "31/01/198O",  "31/01/1980x"})
            QTest::newRow(typed[0] == '\0' ? "nothing" : typed) << typed;
    }
    void refusesADateTypedBadly()
    {
        QFETCH(QString, typed);
        QVERIFY(!dateFromItalian(typed.toStdString()));
    }

    void refusesAnIsoDateThatIsNotOne()
    {
        QVERIFY(dateFromIso("2024-02-29").has_value());
        for (const char* text : {"", "2023-02-29", "2024-2-9", "24-02-09", "2024/02/09", "2024-02-09Z", "2024-04-31"})
            QVERIFY2(!dateFromIso(text), text);
    }
};

QTEST_GUILESS_MAIN(TestTime)
#include "test_time.moc"
