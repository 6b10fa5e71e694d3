#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace sdc::app {

/// A line inside the window that says what happened and what to do; it takes the place of message boxes.
class Strip : public QFrame
{
    Q_OBJECT

public:
    enum class Tone { Info, Success, Warning, Error };

    explicit Strip(QWidget* parent = nullptr);

    void say(Tone tone, const QString& sentence);
    /// With a button of this name that does something about it.
    void say(Tone tone, const QString& sentence, const QString& button, std::function<void()> act);
    /// What is said now holds only until fresh data arrive.
    void untilFresh() { untilFresh_ = true; }
    /// Fresh data are here: what held only until then goes.
    void fresh();
    void clear();
    QString sentence() const;

private:
    void show(Tone tone, const QString& sentence);

    QLabel* mark_;
    QLabel* text_;
    QPushButton* action_;
    std::function<void()> act_;
    bool untilFresh_ = false;
};

}
