#pragma once

#include <QStringList>
#include <QWidget>

namespace sdc::app {

/// The steps of a procedure as dots on a line, the current one filled; says "passo 1 di 2" to screen readers.
class Stepper : public QWidget
{
    Q_OBJECT

public:
    explicit Stepper(const QStringList& steps, QWidget* parent = nullptr);

    void setCurrent(int step);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int centerOf(qsizetype step) const;
    void paintStep(QPainter& painter, qsizetype step) const;

    QStringList steps_;
    int current_ = 0;
};

}
