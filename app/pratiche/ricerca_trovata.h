#pragma once

#include <QWidget>

class QLabel;

namespace sdc::app {

class PraticheModel;

/// Above a list in which something was looked for: how much was found, and the way out.
class RicercaTrovata : public QWidget
{
    Q_OBJECT

public:
    explicit RicercaTrovata(QWidget* parent);

    /// Nothing is seen of it where nothing was looked for.
    void tell(const PraticheModel& model);

signals:
    void leaveAsked();

private:
    QLabel* text_;
};

}
