#include "app/help/help_view.h"

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
            {named("Ctrl+Return"), HelpView::tr("Avanti, e Invia, in un esito")},
            {named("Ctrl+R"), HelpView::tr("Rilascia")},
            {named("Ctrl+S"), HelpView::tr("Scarica il modulo compilato")},
            {named("Ctrl+O"), HelpView::tr("Ordina l'elenco")},
            {named("Esc"), HelpView::tr("Togli la ricerca")},
            {named("F5"), HelpView::tr("Aggiorna")},
            {named("F1"), HelpView::tr("Questa pagina")}};
}

}

HelpView::HelpView(QWidget* parent) : QWidget(parent)
{
    QToolButton* const back = barButton(u"back"_s, tr("Indietro"), QKeySequence(Qt::ALT | Qt::Key_Left), this);
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
                                    "esito resta anche se si lascia la pagina, se cade la linea o se si esce."),
                                 this));
    auto* const page = new QWidget;
    page->setObjectName(u"page"_s);
    auto* const rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 8, 0);
    rows->addWidget(keys);
    rows->addStretch(1);
    auto* const scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(tr("Tasti"));
    scroll->setWidget(page);
    column->addWidget(scroll, 1);
}

}
