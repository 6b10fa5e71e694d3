#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace sdc::app {

/// Where the program works: a server and one of its enti.
struct Address
{
    QUrl server;
    QString ente;

    /// `{server}/{ente}/api/operatori/v1/`
    QUrl base() const;
    QUrl forgottenPassword() const;
    bool operator==(const Address&) const = default;
};

/// Why what was typed cannot be an address, as a sentence; nothing when it can.
std::optional<QString> addressFault(const QString& server, const QString& ente);
/// Reads what a person types; a missing scheme means https, except for this same computer.
Address addressFrom(const QString& server, const QString& ente);

}
