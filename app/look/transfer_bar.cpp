#include "app/look/transfer_bar.h"

#include "app/look/parts.h"
#include "app/text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

#include <chrono>

namespace sdc::app {

using namespace std::chrono_literals;

TransferBar::TransferBar(QWidget* parent) : QFrame(parent), text_(plainLabel({}, this)), bar_(new QProgressBar(this))
{
    bar_->setTextVisible(false);
    bar_->setAccessibleName(tr("Avanzamento del file"));
    auto* const cancel = new QPushButton(tr("Annulla"), this);
    connect(cancel, &QPushButton::clicked, this, &TransferBar::cancel);
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(text_);
    row->addWidget(bar_, 1);
    row->addWidget(cancel);
    hide();
}

void TransferBar::follow(const Call& call, const QString& what)
{
    if (!call)
        return;
    call_ = call;
    what_ = what;
    show({0, -1});
    // Short transfers come and go unseen.
    QTimer::singleShot(300ms, call.data(), [this] { setVisible(true); });
    connect(call, &Exchange::progressed, this, &TransferBar::show);
    connect(call, &QObject::destroyed, this, [this] { setVisible(false); });
    connect(call, &Exchange::finished, this, [this] {
        call_.clear();
        setVisible(false);
    });
}

void TransferBar::cancel()
{
    if (call_)
        call_->cancel();
}

void TransferBar::show(const Progress& progress)
{
    if (progress.total <= 0) {
        bar_->setRange(0, 0);
        text_->setText(u"%1: %2"_s.arg(what_, italianSize(progress.done)));
        return;
    }
    bar_->setRange(0, 1000);
    bar_->setValue(static_cast<int>(progress.done * 1000 / progress.total));
    text_->setText(tr("%1: %2 di %3").arg(what_, italianSize(progress.done), italianSize(progress.total)));
}

}
