#include "app/pratica/documenti_widget.h"

#include "app/look/colors.h"
#include "app/look/icons.h"
#include "app/look/parts.h"
#include "app/pratica/scarico.h"
#include "app/text.h"
#include "core/api/paths.h"
#include "core/base/time.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QPushButton>

namespace sdc::app {
namespace {

struct DocumentiWords
{
    Q_DECLARE_TR_FUNCTIONS(DocumentiWidget)
};

QHBoxLayout* pair(const QString& name, const QString& value, QFrame* frame)
{
    auto* const row = new QHBoxLayout;
    row->setSpacing(16);
    QLabel* const label = plainLabel(name, frame);
    label->setProperty("kind", u"label"_s);
    QLabel* const text = valueLabel(value, frame);
    text->setAccessibleName(u"%1: %2"_s.arg(name, value));
    row->addWidget(label);
    row->addWidget(text, 1);
    return row;
}

QFrame* waitingNotice(QFrame* parent)
{
    auto* const notice = new QFrame(parent);
    notice->setProperty("kind", u"protocol-wait"_s);
    auto* const mark = new QLabel(notice);
    mark->setPixmap(icon(u"clock"_s, colorsFor(parent->palette()).warning).pixmap(QSize(20, 20)));
    auto* const row = new QHBoxLayout(notice);
    row->setContentsMargins(12, 8, 12, 8);
    row->addWidget(mark);
    row->addWidget(plainLabel(DocumentiWords::tr("In attesa di protocollazione"), notice), 1);
    return notice;
}

QHBoxLayout* fileButtons(const RemoteFile& file, const QString& label, Scarico& scarico, QFrame* frame)
{
    auto* const save = new QPushButton(icon(u"download"_s), label, frame);
    save->setAccessibleDescription(file.nome);
    save->setToolTip(u"%1 (%2)"_s.arg(file.nome, italianSize(file.dimensione)));
    QObject::connect(save, &QPushButton::clicked, &scarico, [&scarico, file] { scarico.save(file); });
    auto* const row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(save);
    if (mayBeOpened(file.nome)) {
        auto* const open = new QPushButton(icon(u"open"_s), DocumentiWords::tr("Apri"), frame);
        open->setAccessibleDescription(file.nome);
        QObject::connect(open, &QPushButton::clicked, &scarico, [&scarico, file] { scarico.open(file); });
        row->addWidget(open);
    }
    row->addStretch(1);
    return row;
}

RemoteFile remote(const api::Dettaglio& dettaglio, const api::Documento& documento)
{
    return {api::documentoPath(dettaglio.id, documento.id), toQt(documento.nome), documento.dimensione};
}

void addVerdict(const api::Dettaglio& dettaglio, QFrame* frame)
{
    const bool accepted = dettaglio.esito->accettata;
    const Colors colors = colorsFor(frame->palette());
    auto* const mark = new QLabel(frame);
    mark->setPixmap(
        icon(accepted ? u"check"_s : u"cross"_s, accepted ? colors.positive : colors.negative).pixmap(QSize(28, 28)));
    const QString words = accepted ? DocumentiWords::tr("La richiesta è stata accettata")
                                   : DocumentiWords::tr("La richiesta è stata rifiutata");
    auto* const row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(mark);
    row->addWidget(heading(Heading::Section, words, frame), 1);
    layoutOf(frame)->addLayout(row);
}

}

QFrame* documentazioneCard(const api::Dettaglio& dettaglio, Scarico& scarico, QWidget* parent)
{
    QFrame* const frame = card(parent);
    QVBoxLayout* const column = layoutOf(frame);
    column->addWidget(heading(Heading::Section, DocumentiWords::tr("Documentazione inoltrata all'Ente"), frame));
    if (dettaglio.protocollo)
        column->addLayout(pair(DocumentiWords::tr("Protocollo"), toQt(*dettaglio.protocollo), frame));
    else
        column->addWidget(waitingNotice(frame));
    if (!dettaglio.moduloCompilato)
        return frame;
    const api::Documento& modulo = *dettaglio.moduloCompilato;
    const QString label = DocumentiWords::tr("Scarica il modulo compilato");
    column->addLayout(fileButtons(remote(dettaglio, modulo), label, scarico, frame));
    // The one document that every pratica has is the one with a key.
    const auto buttons = frame->findChildren<QPushButton*>();
    buttons.first()->setObjectName(u"modulo"_s);
    explainKey(buttons.first(), buttons.first()->toolTip(), QKeySequence(Qt::CTRL | Qt::Key_S));
    const Instant compiled = dettaglio.dataPresentazione.value_or(dettaglio.dataCompilazione);
    column->addWidget(mutedLabel(
        DocumentiWords::tr("Modulo %1 compilato il %2").arg(toQt(dettaglio.servizio), toQt(onScreen(compiled))),
        frame));
    return frame;
}

QFrame* esitoCard(const api::Dettaglio& dettaglio, Scarico& scarico, QWidget* parent)
{
    QFrame* const frame = card(parent);
    QVBoxLayout* const column = layoutOf(frame);
    addVerdict(dettaglio, frame);
    const api::EsitoDettaglio& esito = *dettaglio.esito;
    if (!esito.motivazione.empty())
        column->addWidget(valueLabel(toQt(esito.motivazione), frame));
    if (esito.protocolloRisposta)
        column->addLayout(pair(DocumentiWords::tr("Protocollo risposta"), toQt(*esito.protocolloRisposta), frame));
    if (esito.risposta)
        column->addLayout(fileButtons(remote(dettaglio, *esito.risposta),
                                      DocumentiWords::tr("Scarica il file di risposta"), scarico, frame));
    if (esito.file) {
        const RemoteFile file{api::documentoPath(dettaglio.id, esito.file->id), toQt(esito.file->nome),
                              esito.file->dimensione};
        column->addWidget(mutedLabel(file.nome, frame));
        column->addLayout(fileButtons(file, DocumentiWords::tr("Scarica"), scarico, frame));
    }
    return frame;
}

}
