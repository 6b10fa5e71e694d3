#pragma once

#include "app/text.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QTest>

namespace sdc::app {

/// The visible control with this text, as a person finds it.
template <class T = QAbstractButton>
T* find(const QWidget& root, const QString& text)
{
    const auto all = root.findChildren<T*>();
    for (T* const control : all) {
        if (control->text() == text && control->isVisible())
            return control;
    }
    return nullptr;
}

/// Presses it with the keyboard, as radio buttons answer to clicks on their text alone.
inline bool press(const QWidget& root, const QString& text)
{
    QAbstractButton* const button = find(root, text);
    if (!button || !button->isEnabled())
        return false;
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    return true;
}

inline QDialog* openDialog()
{
    const auto all = QApplication::topLevelWidgets();
    for (QWidget* const widget : all) {
        if (auto* const dialog = qobject_cast<QDialog*>(widget); dialog && dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

inline bool answerDialog(const QString& text)
{
    const QDialog* const dialog = openDialog();
    return dialog && press(*dialog, text);
}

/// Does it as soon as it can be done; QTRY_VERIFY would do it twice.
inline bool pressSoon(const QWidget& root, const QString& text)
{
    return QTest::qWaitFor([&] { return press(root, text); });
}

inline bool answerSoon(const QString& text)
{
    return QTest::qWaitFor([&] { return answerDialog(text); });
}

inline bool shows(const QWidget& root, const QString& words)
{
    const auto labels = root.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
                       [&words](const QLabel* label) { return label->isVisible() && label->text().contains(words); });
}

}
