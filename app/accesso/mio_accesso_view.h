#pragma once

#include "app/api/client.h"

#include <QWidget>

class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace sdc::app {

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
    QLineEdit* addField(QVBoxLayout* column, const QString& label, bool secret);
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

    Client& client_;
    Loading* loading_;
    Strip* strip_;
    QLineEdit* present_ = nullptr;
    QLabel* codiceLabel_ = nullptr;
    QLineEdit* codice_ = nullptr;
    QLineEdit* next_ = nullptr;
    QLineEdit* again_ = nullptr;
    QLabel* fattore_ = nullptr;
    QPushButton* toggle_ = nullptr;
    QWidget* enrolment_ = nullptr;
    QLabel* qr_ = nullptr;
    QLabel* segreto_ = nullptr;
    QLineEdit* first_ = nullptr;
    QLabel* recupero_ = nullptr;
    QLabel* sessioni_ = nullptr;
    QPushButton* end_ = nullptr;
    bool attivo_ = false;
};

}
