#pragma once

#include "app/api/client.h"

#include <QDialog>

#include <functional>

class QPushButton;

namespace sdc::app {

class Field;
class Strip;

/// Asks the operator at work for their own password, and code where they have a second factor: accepted when the server
/// has taken them. The client keeps the key for some minutes.
class ConfermaDialog : public QDialog
{
    Q_OBJECT

public:
    ConfermaDialog(Client& client, QWidget* parent);

private:
    void showCodice();
    void confirm();
    void refuse(const Error& error);

    Client& client_;
    Strip* strip_;
    Field* password_;
    Field* codice_;
    QPushButton* confirm_;
};

/// Opens one; `again` does what was refused once more, when who asks has confirmed who they are.
void askConferma(Client& client, QWidget* parent, std::function<void()> again);

}
