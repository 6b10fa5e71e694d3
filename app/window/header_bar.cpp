#include "app/window/header_bar.h"

#include "app/look/icons.h"
#include "app/look/parts.h"
#include "app/look/picture.h"
#include "app/text.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QToolButton>

#include <chrono>

namespace sdc::app {

using namespace std::chrono_literals;

HeaderBar::HeaderBar(const QString& language, QWidget* parent)
    : QFrame(parent),
      ente_(heading(Heading::Section, {}, this)),
      search_(new QLineEdit(this)),
      lineMark_(new QLabel(this)),
      lineText_(plainLabel({}, this)),
      account_(new QToolButton(this)),
      menu_(new QMenu(this))
{
    setObjectName(u"header"_s);
    auto* const crest = new QLabel(this);
    setPicture(crest, u"crest"_s, Tint::Accent, 32);
    ente_->setWordWrap(false);
    buildSearch();
    buildMenu(language);
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(16, 10, 16, 10);
    row->setSpacing(8);
    row->addWidget(crest);
    row->addWidget(ente_);
    row->addStretch(1);
    row->addWidget(search_, 3);
    row->addStretch(1);
    row->addWidget(lineMark_);
    row->addWidget(lineText_);
    row->addSpacing(8);
    row->addWidget(account_);
    setOnline(true);
}

void HeaderBar::buildSearch()
{
    search_->setPlaceholderText(tr("Cerca pratiche..."));
    search_->setAccessibleName(tr("Cerca pratiche..."));
    search_->setClearButtonEnabled(true);
    search_->setMaxLength(200);
    search_->setMaximumWidth(560);
    search_->setMinimumWidth(200);
    search_->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    explainKey(search_, tr("Cerca per protocollo, richiedente, servizio"), QKeySequence(Qt::CTRL | Qt::Key_F));
    pause_.setSingleShot(true);
    pause_.setInterval(250ms);
    connect(search_, &QLineEdit::textChanged, this, [this] { pause_.start(); });
    connect(&pause_, &QTimer::timeout, this, &HeaderBar::say);
    connect(search_, &QLineEdit::returnPressed, this, [this] {
        if (pause_.isActive())
            say();
        emit searchLeft();
    });
    auto* const leave = new QShortcut(Qt::Key_Escape, search_);
    leave->setContext(Qt::WidgetShortcut);
    connect(leave, &QShortcut::activated, this, [this] {
        clearSearch();
        emit searchLeft();
    });
}

void HeaderBar::say()
{
    pause_.stop();
    emit searched(search_->text().simplified());
}

void HeaderBar::buildMenu(const QString& language)
{
    account_->setProperty("kind", u"bar"_s);
    account_->setIcon(icon(u"account"_s));
    account_->setIconSize(QSize(20, 20));
    account_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    account_->setPopupMode(QToolButton::InstantPopup);
    account_->setFocusPolicy(Qt::StrongFocus);
    account_->setMenu(menu_);
    who_ = menu_->addAction(QString());
    who_->setEnabled(false);
    menu_->addSeparator();
    menu_->addAction(icon(u"account"_s), tr("Il mio accesso"), this, &HeaderBar::accessoAsked);
    QMenu* const languages = menu_->addMenu(tr("Lingua"));
    auto* const group = new QActionGroup(languages);
    for (const auto& [code, name] :
         {std::pair{u"it"_s, u"Italiano"_s}, {u"de"_s, u"Deutsch"_s}, {u"en"_s, u"English"_s}}) {
        QAction* const action = languages->addAction(name);
        action->setCheckable(true);
        action->setChecked(code == language);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen = code] { emit languageChosen(chosen); });
    }
    QAction* const help =
        menu_->addAction(icon(u"help"_s), tr("Aiuto"), QKeySequence(Qt::Key_F1), this, &HeaderBar::helpAsked);
    // Only shown here: the key itself belongs to the window.
    help->setShortcutContext(Qt::WidgetShortcut);
    menu_->addSeparator();
    menu_->addAction(icon(u"logout"_s), tr("logout"), this, &HeaderBar::logoutAsked);
}

void HeaderBar::setEnte(const QString& nome)
{
    ente_->setText(nome);
}

void HeaderBar::setOperatore(const QString& nome, const QString& username)
{
    account_->setText(nome + u"  \u25be"_s);
    account_->setAccessibleName(nome);
    account_->setToolTip(tr("Il tuo accesso"));
    who_->setText(username);
}

void HeaderBar::setOnline(bool online)
{
    setPicture(lineMark_, online ? u"online"_s : u"offline"_s, online ? Tint::Positive : Tint::Warning, 18);
    lineText_->setText(online ? tr("in linea") : tr("fuori linea"));
}

void HeaderBar::focusSearch()
{
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
}

void HeaderBar::clearSearch()
{
    search_->clear();
    say();
}

}
