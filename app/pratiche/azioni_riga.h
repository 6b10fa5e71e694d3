#pragma once

#include "core/api/pratica_json.h"

#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;

namespace sdc::app {

/// What can be done with the selected row, and why it can not.
class AzioniRiga : public QWidget
{
    Q_OBJECT

public:
    explicit AzioniRiga(QWidget* parent);

    /// How the selected row came to be seen, and what goes on with it.
    struct Momento
    {
        bool ofNow = true;    ///< as the server sent it, not as it was seen last
        bool taking = false;  ///< the server is asked to put somebody in charge
        bool anyRows = false; ///< there are rows to select
    };
    /// Without a row nothing can be done.
    void offer(const api::Riga* riga, const Momento& momento);
    /// Until something is offered anew.
    void forbidTaking();
    bool mayTake() const;
    /// The same in a menu.
    void addTo(QMenu& menu);

signals:
    void openAsked();
    void takeAsked();

private:
    void explain(const api::Riga& riga);

    QPushButton* open_;
    QPushButton* take_;
    QLabel* hint_;
};

}
