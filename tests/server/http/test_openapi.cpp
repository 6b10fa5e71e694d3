#include "server/http/routes.h"
#include "tests/support/words.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace sdc;
using tests::q;

/// The APIs' descriptions, which others write their programs by, name what the server answers, and nothing else.
class TestOpenapi : public QObject
{
    Q_OBJECT

private slots:
    static void theDescriptionsNameWhatThereIs_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("base");
        QTest::newRow("operatori") << QStringLiteral("operatori.yaml") << QStringLiteral("/{ente}/api/operatori/v1");
        QTest::newRow("partner") << QStringLiteral("partner.yaml") << QStringLiteral("/api/v1.0");
        QTest::newRow("partner, with the ente") << QStringLiteral("partner.yaml") << QStringLiteral("/{ente}/api/v1.0");
    }

    static void theDescriptionsNameWhatThereIs()
    {
        QFETCH(QString, file);
        QFETCH(QString, base);
        QSet<QString> served;
        for (const http::Route& route : http::routes().routes) {
            if (q(route.pattern).startsWith(base + QLatin1Char('/')))
                served << q(route.method) + QLatin1Char(' ') + nameless(q(route.pattern).mid(base.size()));
        }
        QVERIFY(!served.isEmpty());
        const QSet<QString> described = describedIn(QStringLiteral(SDC_SHARE_DIR "/openapi/") + file);
        QCOMPARE(described - served, QSet<QString>{});
        QCOMPARE(served - described, QSet<QString>{});
    }

private:
    /// Parameters may be called otherwise on the two sides.
    static QString nameless(QString path)
    {
        static const QRegularExpression parameter(QStringLiteral("\\{[^}]*\\}"));
        return path.replace(parameter, QStringLiteral("{}"));
    }

    /// "GET /pratiche/{}": the paths of the file and their methods.
    static QSet<QString> describedIn(const QString& name)
    {
        static const QRegularExpression path(QStringLiteral("^  (/\\S*):$"));
        static const QRegularExpression method(QStringLiteral("^    (get|put|post|delete|patch):"));
        QFile file(name);
        QSet<QString> all;
        QString current;
        if (!file.open(QIODevice::ReadOnly))
            return all;
        for (const QString& line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
            if (const auto match = path.match(line); match.hasMatch())
                current = nameless(match.captured(1));
            if (const auto match = method.match(line); match.hasMatch() && !current.isEmpty())
                all << match.captured(1).toUpper() + QLatin1Char(' ') + current;
        }
        return all;
    }
};

QTEST_GUILESS_MAIN(TestOpenapi)
#include "test_openapi.moc"
