#pragma once

#include "app/api/client.h"
#include "app/look/confirm.h"
#include "app/text.h"

#include <QCoreApplication>

namespace sdc::app {

/// "Prendi in carico" asks first, in the manual's words (O5), wherever it is pressed.
inline void confirmPresaInCarico(QWidget* parent, const std::string& servizio, const std::string& richiedente,
                                 const std::optional<std::string>& protocollo, std::function<void()> then)
{
    Question question;
    question.text = QCoreApplication::translate("PresaInCarico", "Confermi la presa in carico della pratica %1?")
                        .arg(toQt(servizio));
    question.detail = QCoreApplication::translate("PresaInCarico", "Richiedente: %1\nProtocollo: %2")
                          .arg(toQt(richiedente), toQt(protocollo.value_or(std::string())));
    question.safe = QCoreApplication::translate("PresaInCarico", "No, annulla l'operazione");
    question.go = QCoreApplication::translate("PresaInCarico", "Sì, sono sicuro");
    confirm(parent, question, std::move(then));
}

}
