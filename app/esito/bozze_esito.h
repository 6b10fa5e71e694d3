#pragma once

#include "app/api/client.h"
#include "app/esito/bozza_esito.h"

#include <QTimer>

#include <map>

namespace sdc::app {

class Vault;

/// The unfinished outcomes of this operator, by pratica: each keystroke goes into the vault of this computer, and soon
/// after to the server, so that neither a crash nor a lost line, an ended session or a logout loses any.
class BozzeEsito : public QObject
{
    Q_OBJECT

public:
    BozzeEsito(Client& client, Vault& vault, QObject* parent = nullptr);

    BozzaEsito& of(const Id<Pratica>& id) { return bozze_[id]; }
    /// The newest of what is in memory, on this computer and on the server.
    BozzaEsito& find(const api::Dettaglio& dettaglio);
    /// What is written there has changed.
    void keep(const Id<Pratica>& id);
    /// Something about it has changed that concerns this computer alone.
    void keepHere(const Id<Pratica>& id);
    /// Nothing is left to be finished.
    void remove(const Id<Pratica>& id);
    /// Forgets all, for another operator; it stays where it is kept.
    void clear();
    /// Finds again what this computer kept and the server has not got, once the vault is open.
    void recallAll();
    /// Sends at once what the server has not got yet. settled() tells when nothing is on its way any more.
    void flush();
    bool isSaving() const { return !calls_.empty(); }
    /// How many hold something that the server has not got.
    int unsaved() const;

signals:
    void settled();
    /// What an earlier run of the program left is here again.
    void recalled();

private:
    void send(const Id<Pratica>& id);
    void receive(const Id<Pratica>& id, const std::optional<QDateTime>& known, const std::optional<Error>& error);
    void recall(const Id<Pratica>& id);
    void keepIndex();

    Client& client_;
    Vault& vault_;
    QTimer pause_;
    std::map<Id<Pratica>, BozzaEsito> bozze_;
    /// What is on its way, with the revision that it carries.
    std::map<Id<Pratica>, int> calls_;
    int generation_ = 0;
    /// Whether the index in the vault is known; before that it must not be written anew.
    bool indexed_ = false;
};

}
