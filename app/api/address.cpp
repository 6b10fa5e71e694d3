#include "app/api/address.h"

#include "app/text.h"
#include "core/api/paths.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

namespace sdc::app {
namespace {

struct AddressWords
{
    Q_DECLARE_TR_FUNCTIONS(Address)
};

bool isThisComputer(const QString& host)
{
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

QUrl serverFrom(const QString& typed)
{
    const QString text = typed.trimmed();
    if (text.contains("://"_L1))
        return QUrl(text, QUrl::StrictMode);
    const QUrl secure(u"https://"_s + text, QUrl::StrictMode);
    return isThisComputer(secure.host()) ? QUrl(u"http://"_s + text, QUrl::StrictMode) : secure;
}

}

QUrl Address::base() const
{
    QUrl url = server;
    QString path = server.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + toQt(api::basePath(fromQt(ente))));
    return url;
}

QUrl Address::forgottenPassword() const
{
    QUrl url = server;
    QString path = server.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + u'/' + ente + "/password-dimenticata"_L1);
    return url;
}

std::optional<QString> addressFault(const QString& server, const QString& ente)
{
    if (server.trimmed().isEmpty())
        return AddressWords::tr(
            "Scrivere l'indirizzo del server: lo comunica l'assistenza, ad esempio https://servizi.comune.it");
    const QUrl url = serverFrom(server);
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || url.host().isEmpty() || !isWeb || !url.userInfo().isEmpty() || url.hasQuery())
        return AddressWords::tr(
            "L'indirizzo del server non è scritto bene: deve somigliare a https://servizi.comune.it");
    // The password must not travel in clear beyond this computer.
    if (url.scheme() == "http"_L1 && !isThisComputer(url.host()))
        return AddressWords::tr("Per proteggere la password l'indirizzo del server deve cominciare con https://");
    static const QRegularExpression slug(u"^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$"_s);
    if (!slug.match(ente.trimmed()).hasMatch())
        return AddressWords::tr(
            "Scrivere il nome breve dell'ente: lettere minuscole, cifre e trattini, ad esempio rovereto");
    return std::nullopt;
}

Address addressFrom(const QString& server, const QString& ente)
{
    return {serverFrom(server), ente.trimmed()};
}

}
