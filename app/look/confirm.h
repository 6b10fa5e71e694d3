#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace sdc::app {

/// What is asked before something that cannot be undone: the safe answer is the default and Esc.
struct Question
{
    QString text;
    QString detail;
    QString safe;
    QString go;
};

/// Asks without stopping the program; `then` is called when the answer is to go on.
void confirm(QWidget* parent, const Question& question, std::function<void()> then);

}
