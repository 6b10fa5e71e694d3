// What the keyboard does on every page.
#include "app/pratica/pratica_view.h"
#include "app/pratiche/pratiche_table.h"
#include "app/pratiche/pratiche_view.h"
#include "app/window/header_bar.h"
#include "app/window/shell.h"

#include <QShortcut>
#include <QStackedWidget>

namespace sdc::app {

void Shell::addKey(const QKeySequence& key, const std::function<void()>& act)
{
    auto* const shortcut = new QShortcut(key, this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, act);
}

void Shell::addKeys()
{
    for (int tab = 0; tab < 4; ++tab)
        addKey(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + tab)), [this, tab] {
            showPage(pannello_);
            pannello_->showTab(tab);
        });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_F), [this] { header_->focusSearch(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_T), [this] {
        if (pages_->currentWidget() == pannello_)
            pannello_->takeSelected();
        else if (pages_->currentWidget() == pratica_)
            pratica_->takeCharge();
    });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_O), [this] {
        if (pages_->currentWidget() == pannello_)
            pannello_->table().showOrder();
    });
    addKey(QKeySequence(Qt::ALT | Qt::Key_Left), [this] { back(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_Up), [this] { step(-1); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_Down), [this] { step(1); });
    addKey(QKeySequence(Qt::Key_F5), [this] { refresh(); });
    addKey(QKeySequence(Qt::Key_F1), [this] { emit header_->helpAsked(); });
    addKeysOfPratica();
}

void Shell::addKeysOfPratica()
{
    addKey(QKeySequence(Qt::CTRL | Qt::Key_E), [this] { elabora(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_R), [this] {
        if (pages_->currentWidget() == pratica_)
            pratica_->release();
    });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_S), [this] {
        if (pages_->currentWidget() == pratica_)
            pratica_->saveModulo();
    });
}

}
