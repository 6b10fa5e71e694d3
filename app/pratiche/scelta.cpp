#include "app/pratiche/scelta.h"

#include "app/pratiche/pratiche_model.h"
#include "app/pratiche/pratiche_table.h"

#include <algorithm>
#include <utility>

namespace sdc::app {

const api::Riga* Scelta::riga() const
{
    const QModelIndex current = table_.currentIndex();
    return current.isValid() ? model_.riga(current.row()) : nullptr;
}

void Scelta::note(const QModelIndex& current)
{
    if (!current.isValid())
        return;
    selectedRow_ = current.row();
    if (const api::Riga* const riga = model_.riga(current.row()))
        selectedId_ = riga->id;
    else
        selectedId_.reset();
}

void Scelta::noteReset()
{
    selectedRow_ = 0;
    askedAnew_ = true;
}

void Scelta::settle()
{
    const QModelIndex current = table_.currentIndex();
    const bool anew = std::exchange(askedAnew_, false);
    if (current.isValid() || model_.rowCount() == 0) {
        if (const api::Riga* const selected = riga())
            selectedId_ = selected->id;
        return;
    }
    int row = selectedId_ ? model_.rowOf(*selectedId_) : 0;
    // It has left the list: whoever stands in its place now, once that is known.
    if (row < 0 && (anew || model_.isFreshAround(selectedRow_)))
        row = std::min(selectedRow_, model_.rowCount() - 1);
    if (row >= 0)
        choose(row, anew);
}

void Scelta::leaveList()
{
    selectedId_.reset();
    openRow_ = -1;
}

void Scelta::clear()
{
    leaveList();
    openId_ = {};
}

void Scelta::open(const Id<Pratica>& id)
{
    const int row = model_.rowOf(id);
    if (id != openId_ || row >= 0)
        openRow_ = row;
    openId_ = id;
    if (row >= 0)
        choose(row, true);
}

void Scelta::noteOpenRow()
{
    if (const int row = model_.rowOf(openId_); row >= 0)
        openRow_ = row;
}

std::optional<Id<Pratica>> Scelta::neighbour(const Id<Pratica>& id, int step)
{
    const int row = model_.rowOf(id);
    if (row < 0 && (id != openId_ || openRow_ < 0))
        return std::nullopt;
    // Once it has left the list, the next one stands in its place.
    const int gap = row < 0 && step > 0 ? step - 1 : step;
    const int target = (row < 0 ? openRow_ : row) + gap;
    model_.fetchRow(target);
    const api::Riga* const riga = model_.riga(target);
    return riga ? std::optional(riga->id) : std::nullopt;
}

void Scelta::choose(int row, bool scroll)
{
    // Rows that arrive must not carry away who reads elsewhere in the list.
    table_.setAutoScroll(scroll);
    table_.setCurrentIndex(model_.index(row, PraticheModel::Protocollo));
    table_.setAutoScroll(true);
}

}
