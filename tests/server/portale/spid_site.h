#pragma once

#include "server/spid.h"
#include "server/store/identita.h"
#include "tests/server/portale/visitor.h"
#include "tests/support/mondo_saml.h"
#include "tests/support/rows.h"
#include "tests/support/words.h"

#include <QDir>
#include <QProcess>
#include <QUrl>
#include <QUrlQuery>

#include <fstream>

namespace sdc::tests {

inline const std::string kLogin = "/rovereto/spid/login?idp=https%3A%2F%2Fidp.esempio.it";
inline const std::string kBase = "http://127.0.0.1:8080/rovereto";

/// The ente is known to one identity provider, and has its metadata.
struct SpidSite : Site
{
    SpidSite()
    {
        const QString idp = folder.filePath(QStringLiteral("idp"));
        QDir().mkpath(idp);
        std::ofstream(idp.toStdString() + "/gestore.xml")
            << idpMetadata(kIdpEntityId, "Gestore di prova", kIdpSso, kIdpSlo, chiaveIdp().certificato);
        if (!identita.idp.reload(moment).empty())
            throw std::runtime_error("the provider's metadata are not read");
        identita.luoghi = gateways::Luoghi{std::string{SDC_SHARE_DIR} + "/luoghi.tsv"};
        spid::prepara(config, *rooms, room(), {"TN", "", false}, moment);
    }

    long long count(const std::string& table)
    {
        return numberOf(*room().database, ("SELECT COUNT(*) FROM " + table).c_str());
    }
};

/// What the browser was sent with, read from the address.
struct Mandata
{
    std::string id;
    std::string relayState;
};

inline std::string inflate(const QByteArray& raw)
{
    // An independent reader of raw DEFLATE (RFC 1951).
    QProcess perl;
    perl.start(QStringLiteral("perl"),
               {QStringLiteral("-MCompress::Raw::Zlib"), QStringLiteral("-e"),
                QStringLiteral("local $/; my $i = Compress::Raw::Zlib::Inflate->new(-WindowBits "
                               "=> -15); $i->inflate(my $x = <STDIN>, my $o); print $o")});
    perl.write(raw);
    perl.closeWriteChannel();
    perl.waitForFinished();
    return perl.readAllStandardOutput().toStdString();
}

inline Mandata mandata(const http::Response& response)
{
    const QUrlQuery query(QUrl(q(Visitor::locationOf(response))));
    const QByteArray packed =
        QByteArray::fromBase64(query.queryItemValue(QStringLiteral("SAMLRequest"), QUrl::FullyDecoded).toLatin1());
    const std::string xml = inflate(packed);
    return {Visitor::between(xml, " ID=\"", "\""),
            query.queryItemValue(QStringLiteral("RelayState"), QUrl::FullyDecoded).toStdString()};
}

inline RispostaIdp answerTo(const Mandata& mandata, const SpidSite& site)
{
    RispostaIdp r;
    r.issuer = kIdpEntityId;
    r.acs = kBase + "/spid/acs";
    r.audience = kBase + "/spid/metadata";
    r.inResponseTo = mandata.id;
    r.ora = site.moment;
    r.attributi = {{"fiscalNumber", "TINIT-RSSMRA72H25H612H"},
                   {"name", "Mario"},
                   {"familyName", "Rossi"},
                   {"dateOfBirth", "1972-06-25"},
                   {"placeOfBirth", "H612"},
                   {"email", "mario.rossi@esempio.it"}};
    return r;
}

inline std::string packed(const RispostaIdp& risposta)
{
    return QByteArray::fromStdString(signXml(unsignedXml(risposta), chiaveIdp())).toBase64().toStdString();
}

/// Posts as the provider's page does: without the session's cookie word, with the relay state.
inline http::Response bring(Visitor& visitor, const RispostaIdp& risposta, const std::string& relayState)
{
    return visitor.send("POST", "/rovereto/spid/acs", {{"SAMLResponse", packed(risposta)}, {"RelayState", relayState}});
}

}
