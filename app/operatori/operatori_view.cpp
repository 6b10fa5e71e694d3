#include "app/operatori/operatori_view.h"

#include "app/look/confirm.h"
#include "app/look/flow.h"
#include "app/look/parts.h"
#include "app/look/strip.h"
#include "app/operatori/conferma_dialog.h"
#include "app/operatori/operatore_dialog.h"
#include "app/operatori/registro_dialog.h"
#include "app/text.h"
#include "app/window/loading.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace sdc::app {

OperatoriView::OperatoriView(Client& client, QWidget* parent)
    : QWidget(parent),
      client_(client),
      loading_(new Loading(this)),
      strip_(new Strip(this)),
      table_(new QTableWidget(this))
{
    auto* const buttons = new Flow(8);
    QPushButton* const add = addButton(tr("Nuovo operatore"), [this] { edit({}); });
    makePrimary(add);
    change_ = addButton(tr("Modifica"), [this] {
        if (const auto* const conto = chosen())
            edit(*conto);
    });
    toggle_ = addButton(tr("Disabilita"), [this] { toggle(); });
    invite_ = addButton(tr("Invia il link per la password"), [this] {
        act(Client::AttoOperatore::Invito, tr("Il link per scegliere la password è stato inviato."));
    });
    drop_ = addButton(tr("Disattiva il secondo fattore"), [this] { drop(); });
    QPushButton* const registro = addButton(tr("Registro delle attività..."), [this] {
        auto* const dialog = new RegistroDialog(client_, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    for (QPushButton* const button : {add, change_, toggle_, invite_, drop_, registro})
        buttons->addWidget(button);
    buildTable();
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 24);
    column->setSpacing(8);
    column->addWidget(heading(Heading::Page, tr("Operatori"), this));
    column->addWidget(
        mutedLabel(tr("Chi è disabilitato perde subito l'accesso; le pratiche che ha in carico restano sue, "
                      "finché non sono rilasciate."),
                   this));
    column->addLayout(buttons);
    column->addWidget(loading_);
    column->addWidget(strip_);
    column->addWidget(table_, 1);
    setTabOrder(registro, table_);
    updateButtons();
}

void OperatoriView::buildTable()
{
    table_->setAccessibleName(tr("Operatori"));
    table_->setColumnCount(7);
    table_->setHorizontalHeaderLabels({tr("Cognome e nome"), tr("Nome utente"), tr("Email"), tr("Ruolo"),
                                       tr("Servizi abilitati"), tr("Secondo fattore"), tr("Stato")});
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setShowGrid(false);
    table_->setTabKeyNavigation(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 24);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    // Addresses may be long: what does not fit is in the tooltip.
    table_->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    table_->horizontalHeader()->setMinimumSectionSize(fontMetrics().horizontalAdvance(u'm') * 9);
    table_->setWordWrap(false);
    connect(table_, &QTableWidget::itemSelectionChanged, this, &OperatoriView::updateButtons);
    connect(table_, &QTableWidget::cellActivated, this, [this] {
        if (const auto* const conto = chosen())
            edit(*conto);
    });
}

QPushButton* OperatoriView::addButton(const QString& text, const std::function<void()>& act)
{
    auto* const button = new QPushButton(text, this);
    connect(button, &QPushButton::clicked, this, act);
    return button;
}

void OperatoriView::load()
{
    loading_->ask<api::ElencoOperatori>(client_, &Client::operatori,
                                        [this](const api::ElencoOperatori& elenco) { showAll(elenco); });
}

void OperatoriView::clear()
{
    loading_->clear();
    strip_->clear();
    elenco_ = {};
    table_->setRowCount(0);
    updateButtons();
}

void OperatoriView::showAll(const api::ElencoOperatori& elenco)
{
    const int row = table_->currentRow();
    elenco_ = elenco;
    table_->setRowCount(static_cast<int>(elenco.operatori.size()));
    int at = 0;
    for (const api::ContoOperatore& conto : elenco.operatori) {
        const QString servizi =
            conto.tuttiServizi ? tr("Tutti") : QString::number(static_cast<int>(conto.servizi.size()));
        const QStringList texts{u"%1 %2"_s.arg(toQt(conto.cognome), toQt(conto.nome)),
                                toQt(conto.username),
                                toQt(conto.email),
                                conto.amministratore ? tr("Amministratore") : tr("Operatore"),
                                servizi,
                                conto.secondoFattore ? tr("Attivo") : u"-"_s,
                                conto.attivo ? tr("Abilitato") : tr("Disabilitato")};
        for (int column = 0; column < texts.size(); ++column)
            table_->setItem(at, column, new QTableWidgetItem(texts.at(column)));
        table_->item(at, 2)->setToolTip(texts.at(2));
        ++at;
    }
    if (row >= 0 && row < at)
        table_->selectRow(row);
    updateButtons();
}

const api::ContoOperatore* OperatoriView::chosen() const
{
    const auto row = static_cast<std::size_t>(table_->currentRow());
    const bool any = !table_->selectedItems().isEmpty() && row < elenco_.operatori.size();
    return any ? &elenco_.operatori.at(row) : nullptr;
}

void OperatoriView::updateButtons()
{
    const auto* const conto = chosen();
    change_->setEnabled(conto != nullptr);
    toggle_->setEnabled(conto != nullptr);
    invite_->setEnabled(conto != nullptr && conto->attivo);
    drop_->setEnabled(conto != nullptr && conto->secondoFattore);
    toggle_->setText(conto != nullptr && !conto->attivo ? tr("Riabilita") : tr("Disabilita"));
}

void OperatoriView::edit(const api::ContoOperatore& conto)
{
    auto* const dialog = new OperatoreDialog(client_, conto, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &OperatoreDialog::saved, this, [this](const QString& sentence) {
        strip_->say(Strip::Tone::Success, sentence);
        load();
    });
    client_.protocollo(dialog,
                       [dialog](const Reply<api::ConfigurazioneProtocollo>& reply) { dialog->setServizi(reply); });
    dialog->open();
}

void OperatoriView::toggle()
{
    const auto* const conto = chosen();
    if (conto == nullptr)
        return;
    if (!conto->attivo) {
        act(Client::AttoOperatore::Riabilita, tr("L'operatore è di nuovo abilitato."));
        return;
    }
    confirm(this,
            {tr("Disabilitare %1 %2?").arg(toQt(conto->nome), toQt(conto->cognome)),
             tr("Perde subito l'accesso, anche dove è già entrato. Le pratiche che ha in carico restano sue."),
             tr("No, annulla l'operazione"), tr("Sì, disabilita")},
            [this] { act(Client::AttoOperatore::Disabilita, tr("L'operatore è stato disabilitato.")); });
}

void OperatoriView::drop()
{
    const auto* const conto = chosen();
    if (conto == nullptr)
        return;
    confirm(
        this,
        {tr("Disattivare il secondo fattore di %1 %2?").arg(toQt(conto->nome), toQt(conto->cognome)),
         tr("Da quel momento per entrare basta la sua password. Fallo solo per chi ha perso il telefono e i codici di "
            "recupero, e dopo averlo riconosciuto di persona."),
         tr("No, annulla l'operazione"), tr("Sì, disattiva")},
        [this, id = conto->id] {
            actOn(id, Client::AttoOperatore::SecondoFattore, tr("Il secondo fattore è stato disattivato."));
        });
}

void OperatoriView::act(Client::AttoOperatore atto, const QString& done)
{
    if (const auto* const conto = chosen())
        actOn(conto->id, atto, done);
}

void OperatoriView::actOn(const Id<sdc::Operatore>& id, Client::AttoOperatore atto, const QString& done)
{
    strip_->clear();
    client_.actOnOperatore(id, atto, this, [this, id, atto, done](const Reply<Nothing>& reply) {
        if (!reply.ok() && reply.error().serveConferma)
            return askConferma(client_, this, [this, id, atto, done] { actOn(id, atto, done); });
        if (reply.ok())
            strip_->say(Strip::Tone::Success, done);
        else if (reply.error().kind != Failure::Expired)
            strip_->say(Strip::Tone::Error, reply.error().sentence);
        load();
    });
}

}
