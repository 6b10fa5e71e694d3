#pragma once

#include "app/api/client.h"

#include <QDialog>

class QComboBox;
class QDateEdit;
class QPushButton;

namespace sdc::app {

class Strip;
class TransferBar;

/// "Registro delle attività": who did what in the ente, saved as a file whose chain of hashes and signature can be
/// verified by itself (`stanza-server attivita verifica`).
class RegistroDialog : public QDialog
{
    Q_OBJECT

public:
    RegistroDialog(Client& client, QWidget* parent);

    /// Asks for the period that is chosen, into this file.
    void saveTo(const QString& target);

private:
    void addFields();
    void addButtons();
    void askWhere();
    void ended(const Reply<Nothing>& reply, const QString& target);
    /// "csv", "jsonl"
    QString formato() const;

    Client& client_;
    Strip* strip_;
    TransferBar* bar_;
    QDateEdit* da_;
    QDateEdit* a_;
    QComboBox* formato_;
    QPushButton* save_;
};

}
