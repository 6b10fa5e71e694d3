#pragma once

#include "app/api/event_stream.h"
#include "core/base/id.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace sdc {

class Pratica;

}

namespace sdc::app {

/// Says when what is shown is to be read again: by the server's events, by the clock where they do not come, and after
/// a read that failed.
class LiveUpdates : public QObject
{
    Q_OBJECT

public:
    /// `shown`: the pratica whose detail is open.
    LiveUpdates(Client& client, std::function<Id<Pratica>()> shown);

    void listenFrom(qint64 cambiamento) { events_.listenFrom(cambiamento); }
    /// Nobody is at work.
    void stop();
    /// A read of the list went well, or did not.
    void noteArrived();
    void noteMissed();

signals:
    void listOutdated();
    void praticaOutdated();
    void retryDue();

private:
    void readSoon(bool pratica);

    EventStream events_;
    std::function<Id<Pratica>()> shown_;
    QTimer changes_;
    QTimer poll_;
    QTimer recovery_;
    int missed_ = 0;
    bool praticaChanged_ = false;
};

}
