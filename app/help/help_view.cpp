#include "app/help/help_view.h"

#include "app/look/icons.h"
#include "app/look/parts.h"
#include "app/text.h"

#include <QGridLayout>
#include <QKeySequence>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace sdc::app {
namespace {

struct Line
{
    QString keys;
    QString what;
};

QString named(const char* keys)
{
    return QKeySequence(QLatin1String(keys)).toString(QKeySequence::NativeText);
}

std::vector<Line> lines()
{
    return {{named("Ctrl+1") + u" … "_s + named("Ctrl+4"), HelpView::tr("I quattro elenchi del pannello di controllo")},
            {named("Ctrl+F"), HelpView::tr("Cerca pratiche")},
            {HelpView::tr("Invio"), HelpView::tr("Vedi dettaglio della pratica scelta")},
            {named("Ctrl+T"), HelpView::tr("Prendi in carico")},
            {named("Ctrl+E"), HelpView::tr("Elabora")},
            {named("Alt+Left"), HelpView::tr("Indietro")},
            {named("Ctrl+Up"), HelpView::tr("Pratica precedente")},
            {named("Ctrl+Down"), HelpView::tr("Pratica successiva")},
            {named("F5"), HelpView::tr("Aggiorna")},
            {named("F1"), HelpView::tr("Questa pagina")}};
}

}

HelpView::HelpView(QWidget* parent) : QWidget(parent)
{
    auto* const back = new QToolButton(this);
    back->setProperty("kind", u"bar"_s);
    back->setIcon(icon(u"back"_s));
    back->setText(tr("Indietro"));
    back->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    back->setFocusPolicy(Qt::StrongFocus);
    connect(back, &QToolButton::clicked, this, &HelpView::backAsked);
    QFrame* const keys = card(this);
    layoutOf(keys)->addWidget(heading(Heading::Section, tr("Tasti"), keys));
    auto* const grid = new QGridLayout;
    grid->setHorizontalSpacing(32);
    grid->setVerticalSpacing(10);
    grid->setColumnStretch(1, 1);
    layoutOf(keys)->addLayout(grid);
    int row = 0;
    for (const Line& line : lines()) {
        grid->addWidget(heading(Heading::Group, line.keys, keys), row, 0);
        grid->addWidget(plainLabel(line.what, keys), row++, 1);
    }
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 12, 24, 24);
    column->setSpacing(8);
    column->addWidget(back, 0, Qt::AlignLeft);
    column->addWidget(heading(Heading::Page, tr("Aiuto"), this));
    column->addWidget(mutedLabel(tr("Gli elenchi si aggiornano da soli quando arriva qualcosa. Quanto si scrive in un "
                                    "esito resta anche se si lascia la pagina o se cade la linea."),
                                 this));
    column->addWidget(keys);
    column->addStretch(1);
}

}
