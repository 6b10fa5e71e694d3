#pragma once

#include "app/api/client.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace sdc::app {

class Loading;

/// "Metriche di utilizzo": active services, and pratiche in each year.
class MetricheView : public QWidget
{
    Q_OBJECT

public:
    explicit MetricheView(Client& client, QWidget* parent = nullptr);

    void load();
    /// Forgets all, for another operator.
    void clear();

private:
    void show(const api::Metriche& metriche);

    Client& client_;
    Loading* loading_;
    QLabel* servizi_;
    QWidget* anni_;
};

}
