#pragma once

#include "app/api/client.h"
#include "core/api/operatori_json.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QListWidget;
class QPushButton;

namespace sdc::app {

class Field;
class Strip;

/// A new operator, or the data of one: name, e-mail, role and services.
class OperatoreDialog : public QDialog
{
    Q_OBJECT

public:
    /// Without an id it is a new one. `servizi`: those that the ente offers, slug and name.
    OperatoreDialog(Client& client, api::ContoOperatore conto, QWidget* parent);

    void setServizi(const Reply<api::ConfigurazioneProtocollo>& servizi);

signals:
    /// The server has it.
    void saved(const QString& sentence);

private:
    bool isNew() const { return conto_.id.empty(); }
    void addFields();
    void addServizi();
    void addButtons();
    Field* addField(const QString& label, const std::string& text);
    void save();
    void showFaults(const Error& error);
    void answer(const Reply<api::ContoOperatore>& reply);
    api::ContoOperatore typed() const;

    Client& client_;
    api::ContoOperatore conto_;
    Strip* strip_;
    Field* username_ = nullptr;
    Field* nome_ = nullptr;
    Field* cognome_ = nullptr;
    Field* email_ = nullptr;
    QComboBox* ruolo_;
    QCheckBox* tutti_;
    QListWidget* servizi_;
    QPushButton* save_;
};

}
