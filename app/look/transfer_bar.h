#pragma once

#include "app/api/exchange.h"

#include <QFrame>

class QLabel;
class QProgressBar;

namespace sdc::app {

/// Shows how far a file has come, in bytes, and lets it be given up.
class TransferBar : public QFrame
{
    Q_OBJECT

public:
    explicit TransferBar(QWidget* parent = nullptr);

    /// Follows the exchange until it ends; `what` names the file.
    void follow(const Call& call, const QString& what);
    bool isRunning() const { return !call_.isNull(); }
    void cancel();

private:
    void show(const Progress& progress);

    QLabel* text_;
    QProgressBar* bar_;
    QString what_;
    Call call_;
};

}
