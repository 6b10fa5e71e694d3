#include "app/pratica/scarico.h"
#include "app/text.h"

#include <QtTest>

using namespace sdc::app;

class TestScarico : public QObject
{
    Q_OBJECT

private slots:
    void onlyDocumentsAndPicturesAreOpened_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("opened");
        QTest::newRow("pdf") << u"modulo.pdf"_s << true;
        QTest::newRow("signed") << u"certificato.pdf.P7M"_s << true;
        QTest::newRow("picture") << u"carta.JPG"_s << true;
        QTest::newRow("program") << u"modulo.exe"_s << false;
        QTest::newRow("script") << u"modulo.sh"_s << false;
        QTest::newRow("starter") << u"modulo.desktop"_s << false;
        QTest::newRow("web page") << u"modulo.html"_s << false;
        QTest::newRow("vector picture with scripts") << u"logo.svg"_s << false;
        QTest::newRow("without kind") << u"pdf"_s << false;
        QTest::newRow("turned reading direction") << u"modulo\u202efdp.exe"_s << false;
        QTest::newRow("nothing") << QString() << false;
    }

    void onlyDocumentsAndPicturesAreOpened()
    {
        QFETCH(QString, name);
        QFETCH(bool, opened);
        QCOMPARE(mayBeOpened(name), opened);
    }
};

QTEST_GUILESS_MAIN(TestScarico)
#include "test_scarico.moc"
