#pragma once

#include "app/api/client.h"
#include "app/esito/bozze_esito.h"

#include <QWidget>

#include <initializer_list>

class QKeySequence;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace sdc::app {

class AllegatoPage;
class BusyBar;
class Columns;
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
    /// Back to what was sent last, where it failed.
    void openSent() { open(sent_); }
    /// Forgets all, for another operator; a sending on its way is given up.
    void clear();
    bool isSending() const;
    const Id<Pratica>& sentId() const { return sent_.id; }
    const Id<Pratica>& id() const { return dettaglio_.id; }

signals:
    void backAsked();
    void concluded(const sdc::api::Dettaglio& dettaglio);
    /// The sending did not succeed; the page of that pratica says so by itself.
    void failed(const sdc::api::Dettaglio& dettaglio, const sdc::app::Error& error);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildBar();
    QWidget* buildInfo();
    QWidget* buildButtons();
    void connectAll();
    void addKey(const QKeySequence& key, std::initializer_list<QPushButton*> buttons);
    void goTo(int passo);
    void forward();
    void startAgain();
    void chooseFile();
    void keep();
    /// Shows what was found again, where nothing was written meanwhile.
    void refill();
    bool check();
    void askToConclude();
    void sendAgain();
    void send();
    void receive(const Reply<api::Dettaglio>& reply);
    void showFailure(const Error& error);
    void showFaultOfField(const FieldProblem& field);
    void updateSending();

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
    Columns* columns_ = nullptr;
    QLabel* info_ = nullptr;
    QPushButton* indietro_ = nullptr;
    QPushButton* ricomincia_ = nullptr;
    QPushButton* avanti_ = nullptr;
    QPushButton* invia_ = nullptr;
    api::Dettaglio dettaglio_;
    api::Dettaglio sent_;
    Call call_;
    bool sending_ = false;
    /// So that the answer to an operator who has left does not reach the next one.
    int generation_ = 0;
    bool filling_ = false;
};

}
