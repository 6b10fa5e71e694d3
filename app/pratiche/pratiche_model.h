#pragma once

#include "app/api/client.h"

#include <QAbstractTableModel>
#include <QDateTime>
#include <QTimer>

#include <list>
#include <map>
#include <optional>
#include <unordered_map>

namespace sdc::app {

/// A window on one list of the server, in the server's order: only pages near the screen are in memory.
class PraticheModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Protocollo, Richiedente, Servizio, Categoria, DataCompilazione, StatoColonna, Azione, ColumnCount };
    /// Beside Qt's: whether the row's action can be done, and whether it takes the pratica in charge.
    enum Role { ActionEnabledRole = Qt::UserRole + 1, ActionTakesRole };

    static constexpr int kPageRows = 100;
    static constexpr int kMostPages = 40;

    explicit PraticheModel(Client& client, QObject* parent = nullptr);

    void setElenco(const QString& elenco);
    void setCerca(const QString& words);
    const QString& elenco() const { return query_.elenco; }
    const QString& cerca() const { return query_.cerca; }
    /// Asks again for what is on the screen; rows stay until the new ones are here. What is on its way comes first.
    void refresh();
    /// The same at once, giving up what is on its way.
    void askAgain();
    /// Asks for a row outside the screen.
    void fetchRow(int row);
    /// Whether the rows about this one are as the server has them now; asks for them if not.
    bool isFreshAround(int row) const;
    /// Shows a first page as it was received then, until the one asked for comes.
    void recall(const api::ElencoPratiche& elenco, const QDateTime& when);
    /// When what is shown was received, if it is not of now.
    const std::optional<QDateTime>& recalled() const { return recalled_; }
    /// Forgets all, for another operator.
    void clear();

    /// The row, or null while it is on its way.
    const api::Riga* riga(int row) const;
    /// Where the pratica is among the rows in memory, else -1.
    int rowOf(const Id<Pratica>& id) const;
    int pagesInMemory() const { return static_cast<int>(pages_.size()); }
    /// Whether the search found more than the rows here, the newest of them.
    bool isPartial() const { return partial_; }
    bool isLoading() const { return !calls_.empty(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    void counted(const sdc::api::Conteggi& conteggi, qint64 cambiamento);
    /// The beginning of a whole list, in the order that it opens with: worth remembering.
    void opened(const sdc::api::ElencoPratiche& elenco);
    void failed(const sdc::app::Error& error);
    void loadingChanged(bool loading);
    /// New rows have come; the first page of a new question among them.
    void arrived();

private:
    struct Page
    {
        std::vector<api::Riga> righe;
        QString dopo;
        bool stale = false;
        std::list<int>::iterator use;
    };

    void ask(bool clearNow);
    void want(int page) const;
    void fetchWanted();
    void fetch(int page);
    void receive(int page, const Reply<api::ElencoPratiche>& reply);
    void store(int page, const api::ElencoPratiche& elenco);
    void keep(int page, const api::ElencoPratiche& elenco);
    void grow(int rows);
    void shrink(int rows);
    std::map<int, Id<Pratica>> pointedAt() const;
    int newRow(int row, const Id<Pratica>& id, int page) const;
    void repoint(const std::map<int, Id<Pratica>>& pointed, int page);
    void dropBeyond(int rows);
    void touch(int page) const;
    void dropOldest();
    void cancelCalls();
    QVariant text(const api::Riga& riga, int column) const;
    QVariant look(const api::Riga& riga, int column, int role) const;
    bool offersTaking() const { return query_.elenco == QLatin1String("assegnare"); }

    Client& client_;
    ListQuery query_;
    int rows_ = 0;
    int generation_ = 0;
    bool replaceAll_ = false;
    bool partial_ = false;
    bool blocked_ = false;
    bool again_ = false;
    std::optional<QDateTime> recalled_;
    mutable std::unordered_map<int, Page> pages_;
    mutable std::list<int> uses_;
    mutable std::list<int> wanted_;
    mutable QTimer fetchTimer_;
    std::unordered_map<int, Call> calls_;
};

}
