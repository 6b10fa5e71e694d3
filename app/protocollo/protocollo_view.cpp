#include "app/protocollo/protocollo_view.h"

#include "app/look/busy_bar.h"
#include "app/look/parts.h"
#include "app/look/strip.h"
#include "app/text.h"

#include <QHeaderView>
#include <QTableWidget>

#include <array>

namespace sdc::app {
namespace {

constexpr std::array<const char*, 5> kValues = {"recipientIDArray", "recipientTypeIDArray", "codeNodeClassification",
                                                "codeAdm", "trasmissionIDArray"};

}

ProtocolloView::ProtocolloView(Client& client, QWidget* parent)
    : QWidget(parent),
      client_(client),
      strip_(new Strip(this)),
      busy_(new BusyBar(this)),
      gestore_(mutedLabel({}, this)),
      table_(new QTableWidget(this))
{
    QStringList names{tr("Servizio")};
    for (const char* const value : kValues)
        names.append(QLatin1String(value));
    table_->setColumnCount(static_cast<int>(names.size()));
    table_->setHorizontalHeaderLabels(names);
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
    table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 24);
    column->setSpacing(8);
    column->addWidget(heading(Heading::Page, tr("Configurazione di protocollo"), this));
    column->addWidget(gestore_);
    column->addWidget(mutedLabel(tr("Per modificarli contattare l'assistenza"), this));
    column->addWidget(strip_);
    column->addWidget(busy_);
    column->addWidget(table_, 1);
}

void ProtocolloView::load()
{
    busy_->setBusy(true);
    client_.protocollo(this, [this, generation = ++generation_](const Reply<api::ConfigurazioneProtocollo>& reply) {
        if (generation != generation_)
            return;
        busy_->setBusy(false);
        if (reply.ok()) {
            strip_->clear();
            show(reply.value());
        } else if (reply.error().kind != Failure::Expired) {
            strip_->say(Strip::Tone::Error, reply.error().sentence, tr("Riprova"), [this] { load(); });
        }
    });
}

void ProtocolloView::clear()
{
    ++generation_;
    busy_->setBusy(false);
    strip_->clear();
    gestore_->clear();
    table_->setRowCount(0);
}

void ProtocolloView::show(const api::ConfigurazioneProtocollo& configurazione)
{
    gestore_->setText(tr("Gestore del protocollo: %1. Questi sono i valori usati per ogni servizio.")
                          .arg(toQt(configurazione.gestore)));
    table_->setRowCount(static_cast<int>(configurazione.righe.size()));
    int row = 0;
    for (const api::RigaProtocollo& riga : configurazione.righe) {
        table_->setItem(row, 0, new QTableWidgetItem(toQt(riga.servizio)));
        int column = 1;
        for (const char* const name : kValues) {
            const auto value = riga.valori.find(name);
            const QString text = value == riga.valori.end() ? QString() : toQt(value->second);
            auto* const item = new QTableWidgetItem(text.isEmpty() ? u"-"_s : text);
            item->setToolTip(text);
            table_->setItem(row, column++, item);
        }
        ++row;
    }
}

}
