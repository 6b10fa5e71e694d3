#pragma once

#include "app/api/client.h"
#include "app/esito/bozze_esito.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace sdc::app {

class AllegatoPage;
class BusyBar;
class DecisionePage;
class Settings;
class Stepper;
class Strip;
class TransferBar;

/// "Elabora": the two steps that decide a pratica. What is typed is kept in its bozza at every keystroke.
class EsitoWizard : public QWidget
{
    Q_OBJECT

public:
    EsitoWizard(Client& client, BozzeEsito& bozze, Settings& settings, QWidget* parent = nullptr);

    void open(const api::Dettaglio& dettaglio);
    bool isSending() const;
    const Id<Pratica>& id() const { return dettaglio_.id; }

signals:
    void backAsked();
    void concluded(const sdc::api::Dettaglio& dettaglio);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildBar();
    QWidget* buildInfo();
    QWidget* buildButtons();
    void connectAll();
    void goTo(int passo);
    void forward();
    void startAgain();
    void chooseFile();
    void keep();
    void askToConclude();
    void send();
    void receive(const Id<Pratica>& id, const Reply<api::Dettaglio>& reply);
    void showFailure(const Error& error);
    void setSending(bool sending);

    Client& client_;
    BozzeEsito& bozze_;
    Settings& settings_;
    QLabel* title_;
    Stepper* stepper_;
    Strip* strip_;
    BusyBar* busy_;
    TransferBar* transfer_;
    QStackedWidget* pages_;
    DecisionePage* decisione_;
    AllegatoPage* allegato_;
    QBoxLayout* columns_ = nullptr;
    QLabel* info_ = nullptr;
    QPushButton* indietro_ = nullptr;
    QPushButton* ricomincia_ = nullptr;
    QPushButton* avanti_ = nullptr;
    QPushButton* invia_ = nullptr;
    api::Dettaglio dettaglio_;
    Call call_;
    bool filling_ = false;
};

}
