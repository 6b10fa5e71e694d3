#pragma once

#include <QProgressBar>
#include <QTimer>

namespace sdc::app {

/// A thin line that moves while something is awaited; what takes under 300 ms does not flicker.
class BusyBar : public QProgressBar
{
    Q_OBJECT

public:
    explicit BusyBar(QWidget* parent = nullptr);

    void setBusy(bool busy);

signals:
    /// Ten seconds have passed: time to say so and to offer a way out.
    void tookLong();

private:
    QTimer delay_;
    QTimer patience_;
};

}
