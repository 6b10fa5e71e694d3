#pragma once

#include <QWidget>

namespace sdc::app {

/// The keys, and a word on each page.
class HelpView : public QWidget
{
    Q_OBJECT

public:
    explicit HelpView(QWidget* parent = nullptr);

signals:
    void backAsked();
};

}
