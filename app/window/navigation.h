#pragma once

#include <QFrame>

class QButtonGroup;

namespace sdc::app {

/// The main pages, at the left.
class Navigation : public QFrame
{
    Q_OBJECT

public:
    enum Page { Pannello, Protocollo, Metriche };

    explicit Navigation(QWidget* parent = nullptr);

    void setCurrent(Page page);

signals:
    void chosen(sdc::app::Navigation::Page page);

private:
    QButtonGroup* group_;
};

}
