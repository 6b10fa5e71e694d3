#pragma once

#include <QFrame>

class QButtonGroup;

namespace sdc::app {

/// The main pages, at the left.
class Navigation : public QFrame
{
    Q_OBJECT

public:
    enum Page { Pannello, Protocollo, Metriche, Operatori };

    explicit Navigation(QWidget* parent = nullptr);

    void setCurrent(Page page);
    /// A page that is none of these.
    void setNone();
    /// Administrators have a page more.
    void setAmministratore(bool amministratore);

signals:
    void chosen(sdc::app::Navigation::Page page);

private:
    QButtonGroup* group_;
};

}
