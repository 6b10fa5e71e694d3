#pragma once

#include "app/api/client.h"
#include "app/look/busy_bar.h"
#include "app/look/strip.h"
#include "app/text.h"

#include <QVBoxLayout>

namespace sdc::app {

/// What a page that shows one thing of the server needs while it waits: the line that moves, the strip for what went
/// wrong, and that only the last question counts.
class Loading : public QWidget
{
    Q_OBJECT

public:
    explicit Loading(QWidget* parent) : QWidget(parent), strip_(new Strip(this)), busy_(new BusyBar(this))
    {
        auto* const column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(strip_);
        column->addWidget(busy_);
    }

    template <class T>
    void ask(Client& client, Call (Client::*question)(QObject*, Then<T>), std::function<void(const T&)> show)
    {
        busy_->setBusy(true);
        const auto then = [this, &client, question, show, generation = ++generation_](const Reply<T>& reply) {
            if (generation != generation_)
                return;
            busy_->setBusy(false);
            if (reply.ok()) {
                strip_->clear();
                show(reply.value());
            } else if (reply.error().kind != Failure::Expired) {
                strip_->say(Strip::Tone::Error, reply.error().sentence, tr("Riprova"),
                            [this, &client, question, show] { ask(client, question, show); });
            }
        };
        (client.*question)(this, then);
    }

    /// Nothing that is on its way will be shown.
    void clear()
    {
        ++generation_;
        busy_->setBusy(false);
        strip_->clear();
    }

private:
    Strip* strip_;
    BusyBar* busy_;
    int generation_ = 0;
};

}
