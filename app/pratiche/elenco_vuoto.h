#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace sdc::app {

/// What stands in place of a list without rows: why it is empty, and what to do.
class ElencoVuoto : public QWidget
{
    Q_OBJECT

public:
    explicit ElencoVuoto(QWidget* parent);

    /// For the list of this tab; `cerca` is what was looked for in it, or empty.
    void explain(int tab, const QString& cerca);

signals:
    void actionAsked();

private:
    QLabel* title_;
    QLabel* text_;
    QPushButton* action_ = nullptr;
};

}
