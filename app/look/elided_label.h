#pragma once

#include <QLabel>

namespace sdc::app {

/// One line that gives way when there is no room: the middle is left out, the whole is in its tooltip and text.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    ElidedLabel(const QString& text, QWidget* parent);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

}
