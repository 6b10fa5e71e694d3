#include "app/api/address.h"
#include "app/text.h"

#include <QtTest>

using namespace sdc::app;

class TestAddress : public QObject
{
    Q_OBJECT

private slots:
    void theApiLiesBelowTheEnte()
    {
        QCOMPARE(addressFrom(u"https://servizi.example.it"_s, u"rovereto"_s).base(),
                 QUrl(u"https://servizi.example.it/rovereto/api/operatori/v1/"_s));
        QCOMPARE(addressFrom(u"https://servizi.example.it/stanza/"_s, u"tre-ville"_s).base(),
                 QUrl(u"https://servizi.example.it/stanza/tre-ville/api/operatori/v1/"_s));
    }

    void aMissingSchemeMeansHttpsExceptOnThisComputer()
    {
        QCOMPARE(addressFrom(u"servizi.example.it"_s, u"a"_s).server.scheme(), u"https"_s);
        QCOMPARE(addressFrom(u"127.0.0.1:8080"_s, u"a"_s).server, QUrl(u"http://127.0.0.1:8080"_s));
    }

    void whatCannotBeAnAddressIsExplained_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("ente");
        QTest::addColumn<bool>("good");
        QTest::newRow("https") << u"https://servizi.example.it"_s << u"rovereto"_s << true;
        QTest::newRow("http on this computer") << u"http://127.0.0.1:8080"_s << u"rovereto"_s << true;
        QTest::newRow("http on localhost") << u"http://localhost:8080"_s << u"rovereto"_s << true;
        QTest::newRow("http elsewhere would show the password")
            << u"http://servizi.example.it"_s << u"rovereto"_s << false;
        QTest::newRow("nothing") << QString() << u"rovereto"_s << false;
        QTest::newRow("not the web") << u"ftp://servizi.example.it"_s << u"rovereto"_s << false;
        QTest::newRow("with a user") << u"https://a:b@servizi.example.it"_s << u"rovereto"_s << false;
        QTest::newRow("no ente") << u"https://servizi.example.it"_s << QString() << false;
        QTest::newRow("a path as ente") << u"https://servizi.example.it"_s << u"../x"_s << false;
    }

    void whatCannotBeAnAddressIsExplained()
    {
        QFETCH(QString, server);
        QFETCH(QString, ente);
        QFETCH(bool, good);
        QCOMPARE(!addressFault(server, ente).has_value(), good);
    }

    void theForgottenPasswordIsAPageOfTheEnte()
    {
        QCOMPARE(addressFrom(u"https://servizi.example.it/"_s, u"rovereto"_s).forgottenPassword(),
                 QUrl(u"https://servizi.example.it/rovereto/password-dimenticata"_s));
    }
};

QTEST_GUILESS_MAIN(TestAddress)
#include "test_address.moc"
