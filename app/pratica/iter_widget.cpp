#include "app/pratica/iter_widget.h"

#include "app/look/icons.h"
#include "app/look/parts.h"
#include "app/look/stato_look.h"
#include "app/text.h"
#include "core/base/time.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>

namespace sdc::app {
namespace {

constexpr int kMark = 22;

/// The icon of a state and the line that leads to the next one; decoration only.
class Mark : public QWidget
{
public:
    Mark(const StatoLook& look, bool last, QWidget* parent)
        : QWidget(parent),
          icon_(icon(look.icon, look.color)),
          last_(last)
    {
        setFixedWidth(kMark);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        if (!last_) {
            painter.setPen(QPen(colorsFor(palette()).line, 2));
            painter.drawLine(kMark / 2, kMark + 3, kMark / 2, height());
        }
        icon_.paint(&painter, QRect(0, 0, kMark, kMark));
    }

private:
    QIcon icon_;
    bool last_;
};

}

IterWidget::IterWidget(const std::vector<api::Passaggio>& iter, QWidget* parent) : QWidget(parent)
{
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(1, 1);
    const Colors colors = colorsFor(palette());
    int row = 0;
    for (const api::Passaggio& passaggio : iter) {
        const bool last = &passaggio == &iter.back();
        grid->addWidget(new Mark(statoLook(passaggio.stato, colors), last, this), row, 0, last ? 3 : 4, 1);
        grid->addWidget(heading(Heading::Group, toQt(passaggio.statoNome), this), row, 1);
        grid->addWidget(plainLabel(toQt(onScreen(passaggio.quando)), this), row + 1, 1);
        grid->addWidget(mutedLabel(toQt(passaggio.spiegazione), this), row + 2, 1);
        if (!last)
            grid->setRowMinimumHeight(row + 3, 10);
        row += 4;
    }
}

}
