#pragma once

#include <QProcess>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

namespace sdc::tests {

/// What curl got.
struct Detto
{
    int exit = 0;
    int status = 0;
    QString testa;
    QString body;

    QString header(const char* name) const
    {
        const QRegularExpression line(QStringLiteral("^%1: (.*?)\\r?$").arg(QLatin1String(name)),
                                      QRegularExpression::MultilineOption | QRegularExpression::CaseInsensitiveOption);
        return line.match(testa).captured(1);
    }
    /// The cookie that it sets, as a browser sends it back.
    QString cookie(const QString& name) const
    {
        const QRegularExpression line(QStringLiteral("Set-Cookie: (%1=[^;]+)").arg(QRegularExpression::escape(name)));
        return line.match(testa).captured(1);
    }
};

/// A program that is none of ours: curl.
inline Detto curl(QStringList arguments)
{
    arguments =
        QStringList{QStringLiteral("-sS"), QStringLiteral("-i"), QStringLiteral("--max-time"), QStringLiteral("20")} +
        arguments;
    QProcess process;
    process.start(QStringLiteral("curl"), arguments);
    process.waitForFinished(25000);
    const QString all = QString::fromUtf8(process.readAllStandardOutput());
    const auto end = all.indexOf(QLatin1String("\r\n\r\n"));
    Detto detto{process.exitCode(), 0, all.left(end), end < 0 ? QString{} : all.mid(end + 4)};
    detto.status = detto.testa.section(QLatin1Char(' '), 1, 1).toInt();
    return detto;
}

}
