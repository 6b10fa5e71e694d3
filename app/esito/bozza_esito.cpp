#include "app/esito/bozza_esito.h"

#include "app/text.h"

#include <nlohmann/json.hpp>

#include <QFileInfo>
#include <QUuid>

#include <algorithm>

namespace sdc::app {
namespace {

constexpr const char* kApprova = "approva";
constexpr const char* kRigetta = "rigetta";

std::optional<bool> choiceIn(const std::string& esito)
{
    if (esito.empty())
        return std::nullopt;
    return esito == kApprova;
}

QDateTime whenIn(const std::optional<Instant>& instant)
{
    return instant ? QDateTime::fromSecsSinceEpoch(instant->time_since_epoch().count(), Qt::UTC) : QDateTime();
}

QString textIn(const nlohmann::json& json, const char* key)
{
    return toQt(json.value(key, std::string()));
}

QDateTime timeIn(const nlohmann::json& json, const char* key)
{
    return QDateTime::fromString(textIn(json, key), Qt::ISODateWithMs);
}

std::string textOf(const QDateTime& when)
{
    return fromQt(when.toUTC().toString(Qt::ISODateWithMs));
}

}

QString BozzaEsito::decision() const
{
    // The same name may hold another content by now.
    const QFileInfo info(file);
    const QString age = file.isEmpty() ? QString() : info.lastModified().toString(Qt::ISODateWithMs);
    return QStringList{approva.value_or(false) ? u"approva"_s : u"rigetta"_s, file, QString::number(info.size()), age,
                       motivazione}
        .join(u'\n');
}

QString BozzaEsito::keyForSending()
{
    if (!isAsSent())
        chiave = QUuid::createUuid().toString(QUuid::WithoutBraces);
    sent = decision();
    return chiave;
}

bool BozzaEsito::isAsSent() const
{
    return !chiave.isEmpty() && decision() == sent;
}

api::BozzaEsito BozzaEsito::toApi() const
{
    const std::string esito = !approva ? "" : *approva ? kApprova : kRigetta;
    return {esito, fromQt(motivazione), passo + 1, std::nullopt};
}

void BozzaEsito::adopt(const api::BozzaEsito& bozza)
{
    const QDateTime saved = whenIn(bozza.salvata);
    if ((known.isValid() && saved <= known) || (dirty && edited > saved))
        return;
    approva = choiceIn(bozza.esito);
    motivazione = toQt(bozza.motivazione);
    passo = std::clamp(bozza.passo - 1, 0, 1);
    known = saved;
    dirty = false;
    refused = false;
}

QByteArray BozzaEsito::toJson() const
{
    const api::BozzaEsito bozza = toApi();
    const nlohmann::json json = {
        {"esito", bozza.esito},          {"motivazione", bozza.motivazione}, {"passo", passo},
        {"file", fromQt(file)},          {"chiave", fromQt(chiave)},         {"inviata", fromQt(sent)},
        {"daSalvare", dirty || refused}, {"modificata", textOf(edited)},     {"salvata", textOf(known)}};
    return QByteArray::fromStdString(json.dump());
}

std::optional<BozzaEsito> BozzaEsito::fromJson(const QByteArray& text)
{
    const auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    try {
        BozzaEsito bozza;
        bozza.approva = choiceIn(json.value("esito", std::string()));
        bozza.motivazione = textIn(json, "motivazione");
        bozza.passo = std::clamp(json.value("passo", 0), 0, 1);
        bozza.file = textIn(json, "file");
        bozza.chiave = textIn(json, "chiave");
        bozza.sent = textIn(json, "inviata");
        bozza.dirty = json.value("daSalvare", false);
        bozza.edited = timeIn(json, "modificata");
        bozza.known = timeIn(json, "salvata");
        return bozza;
    } catch (const nlohmann::json::exception&) {
        // Written by another version of the program: the server's copy serves.
        return std::nullopt;
    }
}

}
