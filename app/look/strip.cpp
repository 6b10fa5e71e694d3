#include "app/look/strip.h"

#include "app/look/icons.h"
#include "app/look/parts.h"
#include "app/look/picture.h"
#include "app/text.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace sdc::app {
namespace {

struct Dress
{
    QString name;
    QString icon;
    Tint tint;
};

Dress dressFor(Strip::Tone tone)
{
    switch (tone) {
    case Strip::Tone::Info:
        return {u"info"_s, u"info"_s, Tint::Accent};
    case Strip::Tone::Success:
        return {u"success"_s, u"check"_s, Tint::Positive};
    case Strip::Tone::Warning:
        return {u"warning"_s, u"warning"_s, Tint::Warning};
    case Strip::Tone::Error:
        return {u"error"_s, u"warning"_s, Tint::Negative};
    }
    return {u"info"_s, u"info"_s, Tint::Accent};
}

}

Strip::Strip(QWidget* parent)
    : QFrame(parent),
      mark_(new QLabel(this)),
      text_(new QLabel(this)),
      action_(new QPushButton(this))
{
    setObjectName(u"strip"_s);
    text_->setTextFormat(Qt::PlainText);
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* const close = new QToolButton(this);
    close->setIcon(icon(u"close"_s));
    close->setText(tr("Chiudi avviso"));
    close->setToolTip(tr("Chiudi avviso"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &Strip::clear);
    action_->hide();
    connect(action_, &QPushButton::clicked, this, [this] {
        const auto act = act_;
        clear();
        if (act)
            act();
    });
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 8, 8);
    row->setSpacing(12);
    row->addWidget(mark_);
    row->addWidget(text_, 1);
    row->addWidget(action_);
    row->addWidget(close);
    hide();
}

void Strip::say(Tone tone, const QString& sentence)
{
    act_ = nullptr;
    action_->hide();
    show(tone, sentence);
}

void Strip::say(Tone tone, const QString& sentence, const QString& button, std::function<void()> act)
{
    act_ = std::move(act);
    action_->setText(button);
    action_->show();
    show(tone, sentence);
}

void Strip::fresh()
{
    if (untilFresh_)
        clear();
}

void Strip::clear()
{
    untilFresh_ = false;
    act_ = nullptr;
    text_->clear();
    hide();
}

QString Strip::sentence() const
{
    return isHidden() ? QString() : text_->text();
}

void Strip::show(Tone tone, const QString& sentence)
{
    untilFresh_ = false;
    const Dress dress = dressFor(tone);
    setProperty("tone", dress.name);
    restyle(this);
    setPicture(mark_, dress.icon, dress.tint, 20);
    text_->setText(sentence);
    setAccessibleName(sentence);
    setVisible(true);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

}
