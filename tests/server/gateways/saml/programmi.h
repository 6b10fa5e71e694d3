#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <string>

namespace sdc::tests {

inline std::string writeIn(const QTemporaryDir& folder, const char* name, const std::string& content)
{
    const std::string path = folder.filePath(QString::fromUtf8(name)).toStdString();
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

/// Runs a program that is none of ours; empty where it succeeds, else what it says.
inline QByteArray complaintOf(const QString& program, const QStringList& arguments,
                              const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment())
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished())
        return "il programma non c'è, o non finisce";
    return process.exitCode() == 0 ? QByteArray{} : process.readAll() + " ";
}

/// What a program makes of bytes.
inline std::string piped(const QString& program, const QStringList& arguments, const std::string& bytes)
{
    QProcess process;
    process.start(program, arguments);
    process.write(bytes.data(), static_cast<qint64>(bytes.size()));
    process.closeWriteChannel();
    process.waitForFinished();
    return process.readAllStandardOutput().toStdString();
}

/// Raw DEFLATE, made and read by Perl.
inline std::string deflatedByPerl(const std::string& bytes)
{
    return piped(QStringLiteral("perl"),
                 {QStringLiteral("-MIO::Compress::RawDeflate=rawdeflate"), QStringLiteral("-e"),
                  QStringLiteral("binmode STDIN; binmode STDOUT; rawdeflate '-' => '-'")},
                 bytes);
}

inline std::string inflatedByPerl(const std::string& bytes)
{
    return piped(QStringLiteral("perl"),
                 {QStringLiteral("-MIO::Uncompress::RawInflate=rawinflate"), QStringLiteral("-e"),
                  QStringLiteral("binmode STDIN; binmode STDOUT; rawinflate '-' => '-'")},
                 bytes);
}

/// xmlsec1's opinion of the signature of the root, which is an element of this name.
inline QByteArray complaintOfXmlsec(const QTemporaryDir& folder, const std::string& xml, const std::string& certificato,
                                    const QString& element)
{
    const auto certificate = QString::fromStdString(writeIn(folder, "certificato.pem", certificato));
    return complaintOf(QStringLiteral("xmlsec1"),
                       {QStringLiteral("--verify"), QStringLiteral("--pubkey-cert-pem"), certificate,
                        QStringLiteral("--id-attr:ID"), element, QString::fromStdString(writeIn(folder, "xml", xml))});
}

/// xmllint's opinion by one of OASIS's schemas, without the net.
inline QByteArray complaintOfXmllint(const QTemporaryDir& folder, const std::string& xml, const QString& schema)
{
    const std::string catalog = R"(<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
<system systemId="http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd" uri="/usr/share/xml/xmltooling/xmldsig-core-schema.xsd"/>
<system systemId="http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xenc-schema.xsd" uri="/usr/share/xml/xmltooling/xenc-schema.xsd"/>
<system systemId="http://www.w3.org/2001/xml.xsd" uri="/usr/share/xml/xmltooling/xml.xsd"/></catalog>)";
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XML_CATALOG_FILES"),
                       QString::fromStdString(writeIn(folder, "catalogo.xml", catalog)));
    return complaintOf(QStringLiteral("xmllint"),
                       {QStringLiteral("--nonet"), QStringLiteral("--noout"), QStringLiteral("--schema"),
                        QStringLiteral("/usr/share/xml/opensaml/") + schema,
                        QString::fromStdString(writeIn(folder, "xml", xml))},
                       environment);
}

}
