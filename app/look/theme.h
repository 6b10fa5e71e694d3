#pragma once

#include <QObject>

class QApplication;

namespace sdc::app {

/// Lays our accent and spacing over the platform's style, and again whenever the system turns light or dark.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QApplication& application);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void apply();

    QApplication& application_;
    bool applying_ = false;
};

}
