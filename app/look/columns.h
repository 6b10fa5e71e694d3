#pragma once

#include <QWidget>

class QBoxLayout;

namespace sdc::app {

/// A wide column and a narrow one beside it; where there is no room for both they stand one above the other.
class Columns : public QWidget
{
public:
    enum class Narrow { SideAbove, SideBelow };

    Columns(QWidget* main, QWidget* side, Narrow narrow, QWidget* parent = nullptr);

    /// To be called with the room that there is, as the page itself grows with what it holds.
    void arrange(int room);

private:
    QBoxLayout* row_;
    QWidget* side_;
    Narrow narrow_;
};

}
