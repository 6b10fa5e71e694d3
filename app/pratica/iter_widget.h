#pragma once

#include "core/api/pratica_json.h"

#include <QWidget>

namespace sdc::app {

/// "Iter della pratica": every state passed, with date, time and a plain sentence.
class IterWidget : public QWidget
{
    Q_OBJECT

public:
    IterWidget(const std::vector<api::Passaggio>& iter, QWidget* parent);
};

}
