#include "app/protocollo/protocollo_view.h"

#include "app/look/parts.h"
#include "app/text.h"
#include "app/window/loading.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>

#include <array>

namespace sdc::app {
namespace {

constexpr std::array<const char*, 5> kValues = {"recipientIDArray", "recipientTypeIDArray", "codeNodeClassification",
                                                "codeAdm", "trasmissionIDArray"};

/// Those of the manual first, then whatever else a service has.
QStringList namesOf(const api::ConfigurazioneProtocollo& configurazione)
{
    QStringList names;
    for (const char* const value : kValues)
        names.append(QLatin1String(value));
    for (const api::RigaProtocollo& riga : configurazione.righe) {
        for (const auto& [name, value] : riga.valori) {
            if (!names.contains(toQt(name)))
                names.append(toQt(name));
        }
    }
    return names;
}

}

ProtocolloView::ProtocolloView(Client& client, QWidget* parent)
    : QWidget(parent),
      client_(client),
      loading_(new Loading(this)),
      gestore_(mutedLabel({}, this)),
      table_(new QTableWidget(this))
{
    table_->setAccessibleName(tr("Configurazione di protocollo"));
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
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 24);
    column->setSpacing(8);
    column->addWidget(heading(Heading::Page, tr("Configurazione di protocollo"), this));
    column->addWidget(gestore_);
    column->addWidget(mutedLabel(tr("Per modificarli contattare l'assistenza"), this));
    column->addWidget(loading_);
    column->addWidget(table_, 1);
}

void ProtocolloView::load()
{
    loading_->ask<api::ConfigurazioneProtocollo>(
        client_, &Client::protocollo,
        [this](const api::ConfigurazioneProtocollo& configurazione) { show(configurazione); });
}

void ProtocolloView::clear()
{
    loading_->clear();
    gestore_->clear();
    table_->setRowCount(0);
}

void ProtocolloView::show(const api::ConfigurazioneProtocollo& configurazione)
{
    gestore_->setText(tr("Gestore del protocollo: %1. Questi sono i valori usati per ogni servizio.")
                          .arg(toQt(configurazione.gestore)));
    const QStringList names = namesOf(configurazione);
    table_->setColumnCount(static_cast<int>(names.size()) + 1);
    table_->setHorizontalHeaderLabels(QStringList{tr("Servizio")} + names);
    table_->setRowCount(static_cast<int>(configurazione.righe.size()));
    table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    int row = 0;
    for (const api::RigaProtocollo& riga : configurazione.righe) {
        table_->setItem(row, 0, new QTableWidgetItem(toQt(riga.servizio)));
        int column = 1;
        for (const QString& name : names) {
            const auto value = riga.valori.find(fromQt(name));
            const QString text = value == riga.valori.end() ? QString() : toQt(value->second);
            auto* const item = new QTableWidgetItem(text.isEmpty() ? u"-"_s : text);
            item->setToolTip(text);
            table_->setItem(row, column++, item);
        }
        ++row;
    }
}

}
