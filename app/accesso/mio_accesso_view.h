#pragma once

#include "app/api/client.h"

#include <QWidget>

class QFrame;
class QLabel;
class QPushButton;
class QScrollArea;

namespace sdc::app {

class Field;
class Loading;
class Strip;

/// "Il mio accesso": one's own password, second factor and sessions.
class MioAccessoView : public QWidget
{
    Q_OBJECT

public:
    explicit MioAccessoView(Client& client, QWidget* parent = nullptr);

    void load();
    /// Forgets all, for another operator.
    void clear();

private:
    QFrame* buildConferma();
    QFrame* buildPassword();
    QFrame* buildFattore();
    QFrame* buildSessioni();
    void showAll(const api::MioAccesso& mio);
    void showFattore(const api::NuovoFattore& fattore);
    void showCodici(const api::CodiciRecupero& codici);
    void forgetShown();
    api::ConfermaAccesso typed() const;
    bool hasPassword();
    void changePassword();
    void toggleFattore();
    void confirmFattore();
    void refuse(const Error& error);
    /// Where the person goes on, even where it is out of sight.
    void goTo(Field* field);

    Client& client_;
    Loading* loading_;
    Strip* strip_;
    QScrollArea* area_;
    Field* present_ = nullptr;
    Field* codice_ = nullptr;
    Field* next_ = nullptr;
    Field* again_ = nullptr;
    QLabel* fattore_ = nullptr;
    QPushButton* toggle_ = nullptr;
    QWidget* enrolment_ = nullptr;
    QLabel* qr_ = nullptr;
    QLabel* segreto_ = nullptr;
    Field* first_ = nullptr;
    QLabel* recupero_ = nullptr;
    QLabel* sessioni_ = nullptr;
    QPushButton* end_ = nullptr;
    bool attivo_ = false;
};

}
