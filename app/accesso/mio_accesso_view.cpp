#include "app/accesso/mio_accesso_view.h"

#include "app/accesso/qr.h"
#include "app/look/field.h"
#include "app/look/parts.h"
#include "app/look/strip.h"
#include "app/text.h"
#include "app/window/loading.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace sdc::app {
namespace {

/// "ABCD EFGH ..." is typed with fewer mistakes.
QString inGroups(const QString& secret)
{
    QString text;
    for (qsizetype at = 0; at < secret.size(); at += 4)
        text += (at == 0 ? QString() : u" "_s) + secret.mid(at, 4);
    return text;
}

}

MioAccessoView::MioAccessoView(Client& client, QWidget* parent)
    : QWidget(parent),
      client_(client),
      loading_(new Loading(this)),
      strip_(new Strip(this)),
      area_(new QScrollArea(this))
{
    auto* const content = new QWidget(this);
    auto* const cards = new QWidget(content);
    auto* const column = new QVBoxLayout(cards);
    column->setContentsMargins(24, 4, 24, 24);
    column->setSpacing(12);
    for (QFrame* const part : {buildConferma(), buildPassword(), buildFattore(), buildSessioni()})
        column->addWidget(part);
    column->addStretch(1);
    // A column would ask how high the cards are at its own width; a row asks at theirs.
    cards->setMaximumWidth(fontMetrics().horizontalAdvance(u'm') * 54);
    auto* const row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(cards, 1);
    row->addStretch(0);
    area_->setWidgetResizable(true);
    area_->setFrameShape(QFrame::NoFrame);
    area_->setWidget(content);
    // What is said stays in sight while the cards below it scroll.
    auto* const top = new QVBoxLayout;
    top->setContentsMargins(26, 20, 26, 8);
    top->setSpacing(8);
    top->addWidget(heading(Heading::Page, tr("Il mio accesso"), this));
    top->addWidget(loading_);
    top->addWidget(strip_);
    auto* const whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addLayout(top);
    whole->addWidget(area_, 1);
    nameControls(this);
    clear();
}

QFrame* MioAccessoView::buildConferma()
{
    QFrame* const frame = card(this);
    QVBoxLayout* const column = layoutOf(frame);
    column->addWidget(heading(Heading::Section, tr("Conferma"), frame));
    column->addWidget(mutedLabel(tr("Per cambiare password e secondo fattore serve la password di ora."), frame));
    present_ = new Field(tr("Password attuale"), Field::Kind::Secret, frame);
    codice_ = new Field(tr("Codice del secondo fattore"), Field::Kind::Plain, frame);
    column->addWidget(present_);
    column->addWidget(codice_);
    return frame;
}

QFrame* MioAccessoView::buildPassword()
{
    QFrame* const frame = card(this);
    QVBoxLayout* const column = layoutOf(frame);
    column->addWidget(heading(Heading::Section, tr("Password"), frame));
    column->addWidget(mutedLabel(
        tr("Almeno 10 caratteri, qualsiasi: una frase è più facile da ricordare e più difficile da indovinare."),
        frame));
    next_ = new Field(tr("Nuova password"), Field::Kind::Secret, frame);
    again_ = new Field(tr("Ripeti la nuova password"), Field::Kind::Secret, frame);
    column->addWidget(next_);
    column->addWidget(again_);
    auto* const button = new QPushButton(tr("Cambia la password"), frame);
    column->addWidget(button, 0, Qt::AlignLeft);
    connect(button, &QPushButton::clicked, this, &MioAccessoView::changePassword);
    return frame;
}

QFrame* MioAccessoView::buildFattore()
{
    QFrame* const frame = card(this);
    QVBoxLayout* const column = layoutOf(frame);
    column->addWidget(heading(Heading::Section, tr("Secondo fattore"), frame));
    fattore_ = plainLabel({}, frame);
    fattore_->setWordWrap(true);
    column->addWidget(fattore_);
    toggle_ = new QPushButton(tr("Attiva il secondo fattore"), frame);
    column->addWidget(toggle_, 0, Qt::AlignLeft);
    enrolment_ = new QWidget(frame);
    auto* const steps = new QVBoxLayout(enrolment_);
    steps->setContentsMargins(0, 0, 0, 0);
    QLabel* const how = plainLabel(
        tr("Inquadra il codice QR con il programma di autenticazione del telefono, o scrivi il segreto; poi scrivi qui "
           "il codice di 6 cifre che mostra."),
        enrolment_);
    how->setWordWrap(true);
    steps->addWidget(how);
    qr_ = new QLabel(enrolment_);
    qr_->setAccessibleName(tr("Codice QR"));
    steps->addWidget(qr_);
    segreto_ = valueLabel({}, enrolment_);
    segreto_->setAccessibleName(tr("Segreto"));
    steps->addWidget(segreto_);
    first_ = new Field(tr("Codice di 6 cifre"), Field::Kind::Plain, enrolment_);
    steps->addWidget(first_);
    auto* const button = new QPushButton(tr("Conferma il codice"), enrolment_);
    steps->addWidget(button, 0, Qt::AlignLeft);
    column->addWidget(enrolment_);
    recupero_ = valueLabel({}, frame);
    recupero_->setAccessibleName(tr("Codici di recupero"));
    column->addWidget(recupero_);
    connect(toggle_, &QPushButton::clicked, this, &MioAccessoView::toggleFattore);
    connect(button, &QPushButton::clicked, this, &MioAccessoView::confirmFattore);
    connect(first_->edit(), &QLineEdit::returnPressed, this, &MioAccessoView::confirmFattore);
    return frame;
}

QFrame* MioAccessoView::buildSessioni()
{
    QFrame* const frame = card(this);
    QVBoxLayout* const column = layoutOf(frame);
    column->addWidget(heading(Heading::Section, tr("Altri accessi"), frame));
    sessioni_ = plainLabel({}, frame);
    column->addWidget(sessioni_);
    end_ = new QPushButton(tr("Esci da tutti gli altri accessi"), frame);
    column->addWidget(end_, 0, Qt::AlignLeft);
    connect(end_, &QPushButton::clicked, this, [this] {
        client_.endOtherSessions(this, [this](const Reply<Nothing>& reply) {
            if (!reply.ok())
                return refuse(reply.error());
            strip_->say(Strip::Tone::Success, tr("Gli altri accessi sono stati chiusi."));
            load();
        });
    });
    return frame;
}

void MioAccessoView::load()
{
    loading_->ask<api::MioAccesso>(client_, &Client::mioAccesso, [this](const api::MioAccesso& mio) { showAll(mio); });
}

void MioAccessoView::clear()
{
    loading_->clear();
    strip_->clear();
    for (Field* const field : {present_, codice_, next_, again_})
        field->clear();
    forgetShown();
    showAll({});
}

void MioAccessoView::forgetShown()
{
    first_->clear();
    qr_->clear();
    segreto_->clear();
    recupero_->clear();
    recupero_->hide();
    enrolment_->hide();
}

void MioAccessoView::showAll(const api::MioAccesso& mio)
{
    attivo_ = mio.secondoFattore;
    codice_->setVisible(attivo_);
    toggle_->setText(attivo_ ? tr("Disattiva il secondo fattore") : tr("Attiva il secondo fattore"));
    toggle_->setAccessibleName(toggle_->text());
    fattore_->setText(attivo_ ? tr("È attivo: all'accesso serve anche il codice del telefono. Codici di recupero "
                                   "rimasti: %1.")
                                    .arg(mio.codiciRimasti)
                              : tr("Non è attivo: per entrare basta la password."));
    sessioni_->setText(mio.altreSessioni == 0 ? tr("Non ci sono altri accessi aperti.")
                                              : tr("Altri accessi aperti: %1.").arg(mio.altreSessioni));
    end_->setEnabled(mio.altreSessioni > 0);
}

api::ConfermaAccesso MioAccessoView::typed() const
{
    return {fromQt(present_->text()), fromQt(codice_->text().trimmed()), {}};
}

bool MioAccessoView::hasPassword()
{
    if (!present_->text().isEmpty())
        return true;
    present_->setFault(tr("Scrivere la password attuale."));
    goTo(present_);
    return false;
}

void MioAccessoView::refuse(const Error& error)
{
    if (error.kind == Failure::Expired)
        return;
    const QString field = error.fields.isEmpty() ? QString() : error.fields.first().field;
    // Codes are mistyped, and grow old, more often than passwords.
    Field* const confirming = error.serveCodice || !codice_->text().isEmpty() ? codice_ : present_;
    Field* const wrong = field == u"nuova"_s    ? next_
                         : field == u"codice"_s ? first_
                         : error.status == 403  ? confirming
                                                : nullptr;
    if (wrong == nullptr) {
        strip_->say(Strip::Tone::Error, error.sentence);
        return;
    }
    strip_->clear();
    for (Field* const one : {present_, codice_, next_, again_, first_})
        one->setFault({});
    wrong->show();
    wrong->setFault(error.fields.isEmpty() ? error.sentence : error.fields.first().sentence);
    goTo(wrong);
}

void MioAccessoView::goTo(Field* field)
{
    field->setFocus();
    field->edit()->selectAll();
    // Once the page has its new height.
    QTimer::singleShot(0, field, [this, field] { area_->ensureWidgetVisible(field, 0, field->height()); });
}

void MioAccessoView::changePassword()
{
    if (!hasPassword())
        return;
    if (next_->text() != again_->text()) {
        again_->setFault(tr("Le due password nuove non sono uguali."));
        goTo(again_);
        return;
    }
    api::ConfermaAccesso conferma = typed();
    conferma.nuova = fromQt(next_->text());
    client_.changePassword(conferma, this, [this](const Reply<Nothing>& reply) {
        if (!reply.ok())
            return refuse(reply.error());
        for (Field* const field : {present_, codice_, next_, again_})
            field->clear();
        strip_->say(Strip::Tone::Success, tr("La password è stata cambiata; gli altri accessi sono stati chiusi."));
        load();
    });
}

void MioAccessoView::toggleFattore()
{
    if (!hasPassword())
        return;
    forgetShown();
    if (!attivo_) {
        client_.beginSecondoFattore(typed(), this, [this](const Reply<api::NuovoFattore>& reply) {
            if (!reply.ok())
                return refuse(reply.error());
            showFattore(reply.value());
        });
        return;
    }
    client_.dropSecondoFattore(typed(), this, [this](const Reply<Nothing>& reply) {
        if (!reply.ok())
            return refuse(reply.error());
        present_->clear();
        codice_->clear();
        strip_->say(Strip::Tone::Success, tr("Il secondo fattore è stato disattivato."));
        load();
    });
}

void MioAccessoView::showFattore(const api::NuovoFattore& fattore)
{
    strip_->clear();
    present_->clear();
    qr_->setPixmap(qrOf(toQt(fattore.uri)));
    segreto_->setText(inGroups(toQt(fattore.segreto)));
    enrolment_->show();
    goTo(first_);
}

void MioAccessoView::confirmFattore()
{
    api::ConfermaAccesso conferma;
    conferma.codice = fromQt(first_->text().trimmed());
    client_.confirmSecondoFattore(conferma, this, [this](const Reply<api::CodiciRecupero>& reply) {
        if (!reply.ok())
            return refuse(reply.error());
        showCodici(reply.value());
    });
}

void MioAccessoView::showCodici(const api::CodiciRecupero& codici)
{
    forgetShown();
    QStringList lines{
        tr("Codici di recupero, ognuno vale una volta, se il telefono non è a portata di mano. Conservali "
           "ora: non saranno mostrati di nuovo.")};
    for (const std::string& codice : codici.codici)
        lines.append(toQt(codice));
    recupero_->setText(lines.join(u'\n'));
    recupero_->show();
    strip_->say(Strip::Tone::Success, tr("Il secondo fattore è attivo."));
    load();
}

}
