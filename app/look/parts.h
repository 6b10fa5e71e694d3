#pragma once

#include <QString>

class QAction;
class QFrame;
class QKeySequence;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;
class QWidget;

namespace sdc::app {

/// Sizes of headings, over the platform's font.
enum class Heading { Page, Section, Group };

/// Plain text, never markup: what citizens wrote is shown as they wrote it.
QLabel* plainLabel(const QString& text, QWidget* parent);
QLabel* heading(Heading size, const QString& text, QWidget* parent);
/// Gives a label that is there already the look of a heading.
void dressAs(Heading size, QLabel* label);
/// A flat button of a page's upper bar, with its key in the tooltip.
QToolButton* barButton(const QString& picture, const QString& text, const QKeySequence& key, QWidget* parent);
/// A readable text that can be copied.
QLabel* valueLabel(const QString& text, QWidget* parent);
QLabel* mutedLabel(const QString& text, QWidget* parent);
/// A framed group on the content's ground; its layout is ready.
QFrame* card(QWidget* parent);
QVBoxLayout* layoutOf(QFrame* card);
/// The one button of a page that goes on.
void makePrimary(QPushButton* button);
/// "Indietro (Alt+Sinistra)" as tooltip.
void explainKey(QWidget* control, const QString& what, const QKeySequence& key);
/// Gives every field without a name the name of its label, for screen readers.
void nameControls(QWidget* root);
/// Makes the style see a changed property.
void restyle(QWidget* widget);
/// "1.204"
QString italianNumber(qint64 number);
/// "1,4 MB"
QString italianSize(qint64 bytes);

}
