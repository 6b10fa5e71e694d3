#include "app/pratica/dati_widget.h"

#include "app/look/parts.h"
#include "app/text.h"
#include "core/base/time.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace sdc::app {
namespace {

struct DatiWords
{
    Q_DECLARE_TR_FUNCTIONS(DatiWidget)
};

class Rows
{
public:
    Rows(QFrame* parent, QVBoxLayout* column) : parent_(parent), grid_(new QGridLayout)
    {
        grid_->setHorizontalSpacing(24);
        grid_->setVerticalSpacing(8);
        grid_->setColumnMinimumWidth(0, parent->fontMetrics().averageCharWidth() * 24);
        grid_->setColumnStretch(0, 1);
        grid_->setColumnStretch(1, 3);
        column->addLayout(grid_);
    }

    void add(const QString& label, const QString& value)
    {
        const int row = grid_->rowCount();
        QLabel* const name = plainLabel(label, parent_);
        name->setProperty("kind", u"label"_s);
        name->setWordWrap(true);
        QLabel* const text = valueLabel(value.isEmpty() ? u"-"_s : value, parent_);
        text->setAccessibleName(u"%1: %2"_s.arg(label, value));
        grid_->addWidget(name, row, 0, Qt::AlignTop);
        grid_->addWidget(text, row, 1, Qt::AlignTop);
    }

private:
    QFrame* parent_;
    QGridLayout* grid_;
};

void addRule(QFrame* frame, QVBoxLayout* column)
{
    auto* const rule = new QFrame(frame);
    rule->setProperty("kind", u"rule"_s);
    column->addWidget(rule);
}

}

QFrame* datiCard(const api::Dettaglio& dettaglio, QWidget* parent)
{
    QFrame* const frame = card(parent);
    QVBoxLayout* const column = layoutOf(frame);
    column->addWidget(heading(Heading::Section, DatiWords::tr("Informazioni presentate"), frame));
    Rows rows(frame, column);
    rows.add(DatiWords::tr("Data e ora di presentazione"),
             dettaglio.dataPresentazione ? toQt(onScreenAt(*dettaglio.dataPresentazione)) : QString());
    rows.add(DatiWords::tr("Stato corrente"), toQt(dettaglio.statoNome));
    rows.add(DatiWords::tr("Servizio"), toQt(dettaglio.servizio));
    rows.add(DatiWords::tr("Ente"), toQt(dettaglio.ente));
    for (const api::GruppoDati& gruppo : dettaglio.dati) {
        addRule(frame, column);
        column->addWidget(heading(Heading::Group, toQt(gruppo.titolo), frame));
        Rows voci(frame, column);
        for (const api::Voce& voce : gruppo.voci)
            voci.add(toQt(voce.etichetta), toQt(voce.valore));
    }
    return frame;
}

}
