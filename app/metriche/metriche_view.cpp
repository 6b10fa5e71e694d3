#include "app/metriche/metriche_view.h"

#include "app/look/busy_bar.h"
#include "app/look/parts.h"
#include "app/look/strip.h"
#include "app/text.h"

#include <QProgressBar>

#include <algorithm>

namespace sdc::app {

MetricheView::MetricheView(Client& client, QWidget* parent)
    : QWidget(parent),
      client_(client),
      strip_(new Strip(this)),
      busy_(new BusyBar(this)),
      servizi_(heading(Heading::Page, u"-"_s, this)),
      anni_(new QWidget(this))
{
    QFrame* const servizi = card(this);
    layoutOf(servizi)->addWidget(heading(Heading::Section, tr("Servizi attivi"), servizi));
    layoutOf(servizi)->addWidget(servizi_);
    layoutOf(servizi)->addStretch(1);
    QFrame* const anni = card(this);
    layoutOf(anni)->addWidget(heading(Heading::Section, tr("Pratiche per anno"), anni));
    layoutOf(anni)->addWidget(anni_);
    auto* const row = new QHBoxLayout;
    row->setSpacing(24);
    row->addWidget(servizi, 1, Qt::AlignTop);
    row->addWidget(anni, 2, Qt::AlignTop);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 24);
    column->setSpacing(8);
    column->addWidget(heading(Heading::Page, tr("Metriche di utilizzo"), this));
    column->addWidget(strip_);
    column->addWidget(busy_);
    column->addLayout(row);
    column->addStretch(1);
    new QGridLayout(anni_);
}

void MetricheView::load()
{
    busy_->setBusy(true);
    client_.metriche(this, [this, generation = ++generation_](const Reply<api::Metriche>& reply) {
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

void MetricheView::clear()
{
    ++generation_;
    busy_->setBusy(false);
    strip_->clear();
    servizi_->setText(u"-"_s);
    servizi_->setAccessibleName({});
    qDeleteAll(anni_->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
}

void MetricheView::show(const api::Metriche& metriche)
{
    servizi_->setText(italianNumber(metriche.serviziAttivi));
    servizi_->setAccessibleName(tr("Servizi attivi: %1").arg(italianNumber(metriche.serviziAttivi)));
    qDeleteAll(anni_->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    delete anni_->layout();
    auto* const grid = new QGridLayout(anni_);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(10);
    grid->setColumnStretch(2, 1);
    std::int64_t most = 1;
    for (const api::PraticheAnno& anno : metriche.praticheAnno)
        most = std::max(most, anno.pratiche);
    int line = 0;
    for (const api::PraticheAnno& anno : metriche.praticheAnno) {
        const QString count = italianNumber(anno.pratiche);
        auto* const bar = new QProgressBar(anni_);
        bar->setTextVisible(false);
        bar->setRange(0, 1000);
        bar->setValue(static_cast<int>(anno.pratiche * 1000 / most));
        bar->setAccessibleName(tr("Pratiche del %1: %2").arg(anno.anno).arg(count));
        grid->addWidget(plainLabel(u"%1:"_s.arg(anno.anno), anni_), line, 0);
        grid->addWidget(heading(Heading::Group, count, anni_), line, 1, Qt::AlignRight);
        grid->addWidget(bar, line, 2);
        ++line;
    }
}

}
