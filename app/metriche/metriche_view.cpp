#include "app/metriche/metriche_view.h"

#include "app/look/parts.h"
#include "app/text.h"
#include "app/window/loading.h"

#include <QLabel>
#include <QProgressBar>
#include <QScrollArea>

#include <algorithm>

namespace sdc::app {

MetricheView::MetricheView(Client& client, QWidget* parent)
    : QWidget(parent),
      client_(client),
      loading_(new Loading(this)),
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
    auto* const page = new QWidget;
    page->setObjectName(u"page"_s);
    auto* const row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(24);
    row->addWidget(servizi, 1, Qt::AlignTop);
    row->addWidget(anni, 2, Qt::AlignTop);
    auto* const scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(tr("Metriche di utilizzo"));
    scroll->setWidget(page);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 24);
    column->setSpacing(8);
    column->addWidget(heading(Heading::Page, tr("Metriche di utilizzo"), this));
    column->addWidget(loading_);
    column->addWidget(scroll, 1);
    new QGridLayout(anni_);
}

void MetricheView::load()
{
    loading_->ask<api::Metriche>(client_, &Client::metriche, [this](const api::Metriche& metriche) { show(metriche); });
}

void MetricheView::clear()
{
    loading_->clear();
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
