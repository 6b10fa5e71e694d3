#include "app/pratica/allegati_widget.h"

#include "app/look/elided_label.h"
#include "app/look/icons.h"
#include "app/look/parts.h"
#include "app/pratica/scarico.h"
#include "app/text.h"
#include "core/api/paths.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sdc::app {
namespace {

struct AllegatiWords
{
    Q_DECLARE_TR_FUNCTIONS(AllegatiWidget)
};

QPushButton* fileButton(const QString& text, const QString& picture, const QString& file, QFrame* frame)
{
    auto* const button = new QPushButton(icon(picture), text, frame);
    button->setAccessibleDescription(file);
    return button;
}

void addRow(QGridLayout* grid, const api::Dettaglio& dettaglio, const api::Allegato& allegato, Scarico& scarico)
{
    auto* const frame = qobject_cast<QFrame*>(grid->parentWidget());
    const RemoteFile file{api::allegatoPath(dettaglio.id, allegato.id), toQt(allegato.nome), allegato.dimensione};
    const int row = grid->rowCount();
    auto* const names = new QVBoxLayout;
    names->setSpacing(2);
    names->addWidget(new ElidedLabel(file.nome, frame));
    names->addWidget(mutedLabel(italianSize(file.dimensione), frame));
    grid->addLayout(names, row, 0);
    grid->addWidget(valueLabel(toQt(allegato.descrizione), frame), row, 1);
    QPushButton* const save = fileButton(AllegatiWords::tr("Scarica file"), u"download"_s, file.nome, frame);
    QObject::connect(save, &QPushButton::clicked, &scarico, [&scarico, file] { scarico.save(file); });
    grid->addWidget(save, row, 2);
    QPushButton* const open = fileButton(AllegatiWords::tr("Apri"), u"open"_s, file.nome, frame);
    open->setEnabled(mayBeOpened(file.nome));
    open->setToolTip(open->isEnabled() ? QString() : AllegatiWords::tr("Questo tipo di file si può solo scaricare"));
    QObject::connect(open, &QPushButton::clicked, &scarico, [&scarico, file] { scarico.open(file); });
    grid->addWidget(open, row, 3);
}

}

QFrame* allegatiCard(const api::Dettaglio& dettaglio, Scarico& scarico, QWidget* parent)
{
    QFrame* const frame = card(parent);
    QVBoxLayout* const column = layoutOf(frame);
    column->addWidget(heading(Heading::Section, AllegatiWords::tr("File allegati"), frame));
    if (dettaglio.allegati.empty()) {
        column->addWidget(mutedLabel(AllegatiWords::tr("Il richiedente non ha allegato file."), frame));
        return frame;
    }
    auto* const grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(12);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 3);
    column->addLayout(grid);
    grid->addWidget(heading(Heading::Group, AllegatiWords::tr("Nome del file"), frame), 0, 0);
    grid->addWidget(heading(Heading::Group, AllegatiWords::tr("Descrizione"), frame), 0, 1);
    for (const api::Allegato& allegato : dettaglio.allegati)
        addRow(grid, dettaglio, allegato, scarico);
    return frame;
}

}
