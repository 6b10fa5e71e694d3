#include "app/window/navigation.h"

#include "app/look/icons.h"
#include "app/text.h"

#include <QButtonGroup>
#include <QToolButton>
#include <QVBoxLayout>

namespace sdc::app {

Navigation::Navigation(QWidget* parent) : QFrame(parent), group_(new QButtonGroup(this))
{
    setObjectName(u"navigation"_s);
    setAccessibleName(tr("Pagine"));
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(8, 16, 8, 16);
    column->setSpacing(4);
    const auto add = [&](Page page, const QString& picture, const QString& text) {
        auto* const button = new QToolButton(this);
        button->setIcon(icon(picture));
        button->setIconSize(QSize(20, 20));
        button->setText(text);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        group_->addButton(button, page);
        column->addWidget(button);
    };
    add(Pannello, u"dashboard"_s, tr("Pannello di controllo"));
    add(Protocollo, u"book"_s, tr("Configurazione di protocollo"));
    add(Metriche, u"chart"_s, tr("Metriche di utilizzo"));
    add(Operatori, u"person"_s, tr("Operatori"));
    setAmministratore(false);
    column->addStretch(1);
    setCurrent(Pannello);
    connect(group_, &QButtonGroup::idClicked, this, [this](int id) { emit chosen(static_cast<Page>(id)); });
}

void Navigation::setAmministratore(bool amministratore)
{
    group_->button(Operatori)->setVisible(amministratore);
}

void Navigation::setCurrent(Page page)
{
    group_->button(page)->setChecked(true);
}

void Navigation::setNone()
{
    group_->setExclusive(false);
    for (QAbstractButton* const button : group_->buttons())
        button->setChecked(false);
    group_->setExclusive(true);
}

}
