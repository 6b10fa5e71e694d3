#pragma once

#include "app/api/reply.h"
#include "core/base/id.h"

#include <QString>

#include <map>
#include <optional>

namespace sdc {

class Pratica;

}

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

    bool isEmpty() const { return !approva && motivazione.isEmpty() && file.isEmpty(); }
    /// The key for what is written now: a new one only when something changed since the last sending.
    QString keyForSending();
    /// Whether this very decision, with this very file, was sent before.
    bool isAsSent() const;

private:
    QString decision() const;
};

/// The unfinished outcomes of this session, by pratica: leaving the page loses none of them.
class BozzeEsito
{
public:
    BozzaEsito& of(const Id<Pratica>& id) { return bozze_[id]; }
    void remove(const Id<Pratica>& id) { bozze_.erase(id); }
    void clear() { bozze_.clear(); }
    /// How many hold something that would be missed.
    int unfinished() const;

private:
    std::map<Id<Pratica>, BozzaEsito> bozze_;
};

}
