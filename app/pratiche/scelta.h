#pragma once

#include "core/api/pratica_json.h"
#include "core/base/id.h"
#include "core/pratica/pratica.h"

#include <QModelIndex>

#include <optional>

namespace sdc::app {

class PraticheModel;
class PraticheTable;

/// Which row is selected and which pratica is open, also while rows come, go and change their places.
class Scelta
{
public:
    Scelta(PraticheModel& model, PraticheTable& table) : model_(model), table_(table) {}

    /// The selected row, once it is in memory.
    const api::Riga* riga() const;
    /// This row is current now.
    void note(const QModelIndex& current);
    /// The rows are all new.
    void noteReset();
    /// The rows have arrived: selects what was selected, or who stands in its place.
    void settle();
    /// Another list.
    void leaveList();
    /// Another session.
    void clear();

    /// This one is open now: it is selected, and its place is remembered.
    void open(const Id<Pratica>& id);
    /// Where the open one stands now.
    void noteOpenRow();
    /// The pratica before (-1) or after (+1) this one in the list, also once this one has left it. One that is not in
    /// memory yet is asked for.
    std::optional<Id<Pratica>> neighbour(const Id<Pratica>& id, int step);

private:
    void choose(int row, bool scroll);

    PraticheModel& model_;
    PraticheTable& table_;
    std::optional<Id<Pratica>> selectedId_;
    int selectedRow_ = 0;
    /// The pratica whose detail is open, and its last row.
    Id<Pratica> openId_;
    int openRow_ = -1;
    bool askedAnew_ = true;
};

}
