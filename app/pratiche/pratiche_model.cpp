#include "app/pratiche/pratiche_model.h"

#include "app/look/icons.h"
#include "app/look/stato_look.h"
#include "app/text.h"
#include "core/base/time.h"

#include <QCoreApplication>
#include <QGuiApplication>

#include <algorithm>
#include <array>
#include <limits>

namespace sdc::app {
namespace {

constexpr std::size_t kMostCalls = 3;
constexpr std::size_t kMostWanted = 4;

constexpr std::array<const char*, PraticheModel::ColumnCount> kSortKeys = {
    "protocollo", "richiedente", "servizio", "categoria", "data", "stato", ""};

QString waitingForNumber()
{
    return QCoreApplication::translate("PraticheModel", "In attesa di protocollazione");
}

int boundedRows(std::int64_t totale)
{
    return static_cast<int>(std::min<std::int64_t>(totale, std::numeric_limits<int>::max() - 1));
}

}

PraticheModel::PraticheModel(Client& client, QObject* parent) : QAbstractTableModel(parent), client_(client)
{
    fetchTimer_.setSingleShot(true);
    fetchTimer_.setInterval(0);
    connect(&fetchTimer_, &QTimer::timeout, this, &PraticheModel::fetchWanted);
}

void PraticheModel::setElenco(const QString& elenco)
{
    query_.elenco = elenco;
    ask(true);
}

void PraticheModel::setCerca(const QString& words)
{
    if (query_.cerca == words)
        return;
    query_.cerca = words;
    ask(false);
}

void PraticheModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= Azione)
        return;
    const QString key = (order == Qt::DescendingOrder ? u"-"_s : QString()) +
                        QLatin1String(kSortKeys.at(static_cast<std::size_t>(column)));
    if (key == query_.ordina)
        return;
    query_.ordina = key;
    if (client_.hasToken())
        ask(false);
}

void PraticheModel::ask(bool clearNow)
{
    cancelCalls();
    wanted_.clear();
    if (clearNow) {
        beginResetModel();
        rows_ = 0;
        pages_.clear();
        uses_.clear();
        recalled_.reset();
        endResetModel();
    }
    // Until the first page of the new question is here, the old rows stay in sight.
    replaceAll_ = true;
    blocked_ = false;
    fetch(0);
}

void PraticheModel::refresh()
{
    // On a slow line each news would cancel the answer to the one before, and nothing would ever come.
    if (isLoading())
        again_ = true;
    else
        askAgain();
}

void PraticheModel::askAgain()
{
    cancelCalls();
    wanted_.clear();
    blocked_ = false;
    for (auto& [number, page] : pages_)
        page.stale = true;
    fetch(replaceAll_ || uses_.empty() ? 0 : uses_.front());
    if (rows_ == 0)
        return;
    emit dataChanged(index(0, 0), index(rows_ - 1, ColumnCount - 1));
}

void PraticheModel::fetchRow(int row)
{
    if (row >= 0 && row < rows_ && !riga(row) && !calls_.contains(row / kPageRows))
        want(row / kPageRows);
}

bool PraticheModel::isFreshAround(int row) const
{
    bool fresh = true;
    for (int page = row / kPageRows - 1; page <= row / kPageRows + 1; ++page) {
        const auto it = pages_.find(page);
        if (it == pages_.end() || !it->second.stale)
            continue;
        fresh = false;
        if (!calls_.contains(page))
            want(page);
    }
    return fresh;
}

void PraticheModel::clear()
{
    cancelCalls();
    wanted_.clear();
    beginResetModel();
    rows_ = 0;
    pages_.clear();
    uses_.clear();
    query_.cerca.clear();
    recalled_.reset();
    endResetModel();
}

void PraticheModel::recall(const api::ElencoPratiche& elenco, const QDateTime& when)
{
    if (!replaceAll_ || rows_ > 0 || elenco.elenco != fromQt(query_.elenco) || !query_.cerca.isEmpty())
        return;
    beginResetModel();
    recalled_ = when;
    rows_ = static_cast<int>(elenco.righe.size());
    keep(0, elenco);
    // Asked for already, and again when the line is back: not by being looked at.
    endResetModel();
}

void PraticheModel::cancelCalls()
{
    ++generation_;
    again_ = false;
    for (auto& [page, call] : calls_) {
        if (call)
            call->cancel();
    }
    calls_.clear();
    emit loadingChanged(false);
}

void PraticheModel::want(int page) const
{
    // After a failure every repaint would ask again: the person, or the line's return, does.
    if (blocked_)
        return;
    wanted_.remove(page);
    wanted_.push_front(page);
    // After a long scroll only where it stopped matters.
    if (wanted_.size() > kMostWanted)
        wanted_.pop_back();
    if (!fetchTimer_.isActive())
        fetchTimer_.start();
}

void PraticheModel::fetchWanted()
{
    while (!wanted_.empty() && calls_.size() < kMostCalls) {
        const int page = wanted_.front();
        wanted_.pop_front();
        if (!calls_.contains(page))
            fetch(page);
    }
}

void PraticheModel::fetch(int page)
{
    ListQuery query = query_;
    query.limite = kPageRows;
    query.da = static_cast<qint64>(page) * kPageRows;
    const auto before = pages_.find(page - 1);
    if (!replaceAll_ && before != pages_.end() && !before->second.stale)
        query.dopo = before->second.dopo;
    const int generation = generation_;
    const auto then = [this, page, generation](const Reply<api::ElencoPratiche>& reply) {
        if (generation == generation_)
            receive(page, reply);
    };
    calls_[page] = client_.pratiche(query, this, then);
    emit loadingChanged(true);
}

void PraticheModel::receive(int page, const Reply<api::ElencoPratiche>& reply)
{
    calls_.erase(page);
    if (reply.ok()) {
        store(page, reply.value());
        if (page == 0 && query_.cerca.isEmpty() && query_.ordina == ListQuery().ordina)
            emit opened(reply.value());
        const int generation = generation_;
        emit counted(reply.value().conteggi, reply.value().cambiamento);
        // Whoever saw the counts may have asked something else.
        if (generation != generation_)
            return;
        emit arrived();
        fetchWanted();
    } else {
        wanted_.clear();
        blocked_ = true;
        emit failed(reply.error());
    }
    if (isLoading())
        return;
    emit loadingChanged(false);
    if (again_)
        askAgain();
}

void PraticheModel::store(int page, const api::ElencoPratiche& elenco)
{
    const int rows = boundedRows(elenco.totale);
    partial_ = elenco.parziale;
    if (replaceAll_) {
        beginResetModel();
        pages_.clear();
        uses_.clear();
        rows_ = rows;
        replaceAll_ = false;
        recalled_.reset();
        keep(page, elenco);
        endResetModel();
        return;
    }
    grow(rows);
    const auto pointed = pointedAt();
    keep(page, elenco);
    dropBeyond(rows);
    repoint(pointed, page);
    shrink(rows);
    const int first = page * kPageRows;
    const int last = std::min(first + kPageRows, rows_) - 1;
    if (last >= first)
        emit dataChanged(index(first, 0), index(last, ColumnCount - 1));
}

void PraticheModel::keep(int page, const api::ElencoPratiche& elenco)
{
    touch(page);
    Page& kept = pages_[page];
    kept.righe = elenco.righe;
    kept.dopo = elenco.dopo ? toQt(*elenco.dopo) : QString();
    kept.stale = false;
    dropOldest();
}

void PraticheModel::grow(int rows)
{
    if (rows <= rows_)
        return;
    beginInsertRows({}, rows_, rows - 1);
    rows_ = rows;
    endInsertRows();
}

void PraticheModel::shrink(int rows)
{
    if (rows >= rows_)
        return;
    beginRemoveRows({}, rows, rows_ - 1);
    rows_ = rows;
    endRemoveRows();
}

std::map<int, Id<Pratica>> PraticheModel::pointedAt() const
{
    std::map<int, Id<Pratica>> pointed;
    const QModelIndexList indexes = persistentIndexList();
    for (const QModelIndex& index : indexes) {
        if (const api::Riga* const here = riga(index.row()))
            pointed.emplace(index.row(), here->id);
    }
    return pointed;
}

int PraticheModel::newRow(int row, const Id<Pratica>& id, int page) const
{
    const int now = rowOf(id);
    const auto it = pages_.find(now / kPageRows);
    const bool sure = now >= 0 && it != pages_.end() && !it->second.stale;
    // What was on another page is there until that page comes and says otherwise.
    return sure || row / kPageRows == page ? now : row;
}

void PraticheModel::repoint(const std::map<int, Id<Pratica>>& pointed, int page)
{
    std::map<int, int> moved;
    for (const auto& [row, id] : pointed) {
        if (const int now = newRow(row, id, page); now != row)
            moved.emplace(row, now);
    }
    if (moved.empty())
        return;
    emit layoutAboutToBeChanged();
    const QModelIndexList indexes = persistentIndexList();
    for (const QModelIndex& old : indexes) {
        if (const auto to = moved.find(old.row()); to != moved.end())
            changePersistentIndex(old, to->second < 0 ? QModelIndex() : index(to->second, old.column()));
    }
    emit layoutChanged();
}

void PraticheModel::dropBeyond(int rows)
{
    std::erase_if(pages_, [&](const auto& entry) {
        const bool beyond = entry.first > 0 && entry.first * kPageRows >= rows;
        if (beyond)
            uses_.erase(entry.second.use);
        return beyond;
    });
}

void PraticheModel::touch(int page) const
{
    const auto it = pages_.find(page);
    if (it == pages_.end()) {
        uses_.push_front(page);
        pages_[page].use = uses_.begin();
    } else {
        uses_.splice(uses_.begin(), uses_, it->second.use);
    }
}

void PraticheModel::dropOldest()
{
    while (pages_.size() > static_cast<std::size_t>(kMostPages)) {
        pages_.erase(uses_.back());
        uses_.pop_back();
    }
}

const api::Riga* PraticheModel::riga(int row) const
{
    if (row < 0 || row >= rows_)
        return nullptr;
    const auto it = pages_.find(row / kPageRows);
    const auto inPage = static_cast<std::size_t>(row % kPageRows);
    if (it == pages_.end() || inPage >= it->second.righe.size())
        return nullptr;
    return &it->second.righe[inPage];
}

int PraticheModel::rowOf(const Id<Pratica>& id) const
{
    int stale = -1;
    for (const auto& [number, page] : pages_) {
        const auto it =
            std::find_if(page.righe.begin(), page.righe.end(), [&id](const api::Riga& riga) { return riga.id == id; });
        const int row = number * kPageRows + static_cast<int>(it - page.righe.begin());
        if (it == page.righe.end() || row >= rows_)
            continue;
        if (!page.stale)
            return row;
        stale = row;
    }
    return stale;
}

int PraticheModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : rows_;
}

int PraticheModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PraticheModel::text(const api::Riga& riga, int column) const
{
    switch (column) {
    case Protocollo:
        return riga.protocollo ? toQt(*riga.protocollo) : waitingForNumber();
    case Richiedente:
        return toQt(riga.richiedente);
    case Servizio:
        return toQt(riga.servizio);
    case Categoria:
        return toQt(riga.categoria);
    case DataCompilazione:
        return toQt(onScreen(riga.dataCompilazione));
    case StatoColonna:
        return toQt(riga.statoNome);
    case Azione:
        return offersTaking() ? tr("Prendi in carico") : tr("Vedi dettaglio");
    default:
        return {};
    }
}

QVariant PraticheModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int page = index.row() / kPageRows;
    const auto it = pages_.find(page);
    const api::Riga* const here = riga(index.row());
    if (role == Qt::DisplayRole && !calls_.contains(page) && (it == pages_.end() || it->second.stale))
        want(page);
    if (!here)
        return role == Qt::DisplayRole && index.column() == Richiedente ? QVariant(u"…"_s) : QVariant();
    touch(page);
    return look(*here, index.column(), role);
}

QVariant PraticheModel::look(const api::Riga& riga, int column, int role) const
{
    const Colors colors = colorsFor(QGuiApplication::palette());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(riga, column);
    case Qt::ToolTipRole:
        return column == Azione ? QVariant() : text(riga, column);
    case Qt::DecorationRole: {
        const StatoLook look = statoLook(riga.stato, colors);
        return column == StatoColonna ? QVariant(icon(look.icon, look.color)) : QVariant();
    }
    case Qt::ForegroundRole:
        return column == Protocollo && !riga.protocollo ? QVariant(colors.warning) : QVariant();
    case ActionTakesRole:
        return offersTaking();
    case ActionEnabledRole:
        return !recalled_ && (!offersTaking() || riga.prendibile);
    default:
        return {};
    }
}

QVariant PraticheModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    if (orientation == Qt::Vertical) {
        const api::Riga* const here = riga(section);
        return here ? u"%1 %2"_s.arg(text(*here, Protocollo).toString(), toQt(here->richiedente)) : QString();
    }
    switch (section) {
    case Protocollo:
        return tr("Protocollo");
    case Richiedente:
        return tr("Richiedente");
    case Servizio:
        return tr("Servizio");
    case Categoria:
        return tr("Categoria");
    case DataCompilazione:
        return tr("Data di compilazione");
    case StatoColonna:
        return tr("Stato");
    case Azione:
        return role == Qt::AccessibleTextRole ? tr("Azione") : QString();
    default:
        return {};
    }
}

}
