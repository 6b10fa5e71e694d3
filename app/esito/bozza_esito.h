#pragma once

#include "app/api/reply.h"
#include "core/api/pratica_json.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

namespace sdc::app {

/// An outcome being written: what was chosen and typed so far, and the key of its sending.
struct BozzaEsito
{
    std::optional<bool> approva;
    QString motivazione;
    QString file;
    int passo = 0;
    /// The key and what was sent with it: the same decision sent again must keep it.
    QString chiave;
    QString sent;
    /// Why the last sending did not succeed, until something else is tried.
    std::optional<Error> fault;
    /// Whether the server has not yet got what is written here, and since when by this computer's clock.
    bool dirty = false;
    /// Whether the server refused it: it is not asked again by itself, and is still here alone.
    bool refused = false;
    QDateTime edited;
    /// Counts the edits of this session.
    int revision = 0;
    /// The time of the server's own copy, as far as it is known here.
    QDateTime known;

    bool isHereAlone() const { return (dirty || refused) && !isEmpty(); }
    bool isEmpty() const { return !approva && motivazione.isEmpty() && file.isEmpty(); }
    /// The key for what is written now: a new one only when something changed since the last sending.
    QString keyForSending();
    /// Whether this very decision, with this very file, was sent before.
    bool isAsSent() const;

    /// As the server keeps it: without the file, which is of this computer.
    api::BozzaEsito toApi() const;
    /// Takes the server's copy over where it is newer.
    void adopt(const api::BozzaEsito& bozza);
    /// As it is kept on this computer.
    QByteArray toJson() const;
    static std::optional<BozzaEsito> fromJson(const QByteArray& text);

private:
    QString decision() const;
};

}
