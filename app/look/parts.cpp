#include "app/look/parts.h"

#include "app/look/icons.h"
#include "app/text.h"

#include <QCheckBox>
#include <QFont>
#include <QFrame>
#include <QKeySequence>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace sdc::app {
namespace {

double scaleOf(Heading size)
{
    switch (size) {
    case Heading::Page:
        return 1.6;
    case Heading::Section:
        return 1.2;
    case Heading::Group:
        return 1.0;
    }
    return 1.0;
}

/// Runs longer than a line gets places where they may break, or they would push the page out of the window.
QString breakable(const QString& text)
{
    constexpr int kLongRun = 32;
    QString result;
    int run = 0;
    for (const QChar c : text) {
        run = c.isSpace() ? 0 : run + 1;
        result += c;
        if (run > 0 && run % kLongRun == 0 && !c.isHighSurrogate())
            result += QChar(0x200b);
    }
    return result;
}

}

QLabel* plainLabel(const QString& text, QWidget* parent)
{
    auto* const label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

QLabel* heading(Heading size, const QString& text, QWidget* parent)
{
    QLabel* const label = plainLabel(text, parent);
    dressAs(size, label);
    label->setWordWrap(true);
    return label;
}

void dressAs(Heading size, QLabel* label)
{
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scaleOf(size));
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
}

QToolButton* barButton(const QString& picture, const QString& text, const QKeySequence& key, QWidget* parent)
{
    auto* const button = new QToolButton(parent);
    button->setProperty("kind", u"bar"_s);
    button->setIcon(icon(picture));
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    explainKey(button, text, key);
    return button;
}

QLabel* valueLabel(const QString& text, QWidget* parent)
{
    QLabel* const label = plainLabel(breakable(text), parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QLabel* mutedLabel(const QString& text, QWidget* parent)
{
    QLabel* const label = plainLabel(text, parent);
    label->setProperty("kind", u"muted"_s);
    label->setWordWrap(true);
    return label;
}

QFrame* card(QWidget* parent)
{
    auto* const frame = new QFrame(parent);
    frame->setProperty("kind", u"card"_s);
    auto* const column = new QVBoxLayout(frame);
    column->setContentsMargins(24, 20, 24, 24);
    column->setSpacing(12);
    return frame;
}

QVBoxLayout* layoutOf(QFrame* card)
{
    return qobject_cast<QVBoxLayout*>(card->layout());
}

void makePrimary(QPushButton* button)
{
    button->setProperty("kind", u"primary"_s);
}

void explainKey(QWidget* control, const QString& what, const QKeySequence& key)
{
    control->setToolTip(u"%1 (%2)"_s.arg(what, key.toString(QKeySequence::NativeText)));
}

void nameControls(QWidget* root)
{
    const auto labels = root->findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        if (QWidget* const buddy = label->buddy(); buddy && buddy->accessibleName().isEmpty())
            buddy->setAccessibleName(label->text().remove(u'&'));
    }
}

void restyle(QWidget* widget)
{
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QString italianNumber(qint64 number)
{
    return QLocale(QLocale::Italian, QLocale::Italy).toString(number);
}

QString italianSize(qint64 bytes)
{
    return QLocale(QLocale::Italian, QLocale::Italy).formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

}
