#pragma once

#include "app/api/client.h"

#include <QWidget>

class QLabel;
class QTableWidget;

namespace sdc::app {

class Loading;

/// "Configurazione di protocollo": each servizio's protocol values, to read.
class ProtocolloView : public QWidget
{
    Q_OBJECT

public:
    explicit ProtocolloView(Client& client, QWidget* parent = nullptr);

    void load();
    /// Forgets all, for another operator.
    void clear();

private:
    void show(const api::ConfigurazioneProtocollo& configurazione);

    Client& client_;
    Loading* loading_;
    QLabel* gestore_;
    QTableWidget* table_;
};

}
