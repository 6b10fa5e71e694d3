#include "app/esito/bozze_esito.h"

#include "app/text.h"
#include "app/vault/vault.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

namespace sdc::app {
namespace {

using namespace std::chrono_literals;

/// Which outcomes the vault holds that the server has not got.
QString indexName()
{
    return u"bozze"_s;
}

QString nameOf(const Id<Pratica>& id)
{
    return u"bozza:"_s + toQt(id.text());
}

/// Whether asking again may help; a server that says no says so again.
bool mayPass(const Error& error)
{
    return error.kind == Failure::Offline || error.kind == Failure::Expired || error.kind == Failure::Cancelled ||
           error.kind == Failure::Insecure || error.status >= 500 || error.status == 429;
}

}

BozzeEsito::BozzeEsito(Client& client, Vault& vault, QObject* parent) : QObject(parent), client_(client), vault_(vault)
{
    pause_.setSingleShot(true);
    pause_.setInterval(1500ms);
    connect(&pause_, &QTimer::timeout, this, &BozzeEsito::flush);
    connect(&vault_, &Vault::opened, this, &BozzeEsito::recallAll);
    connect(&client_, &Client::lineChanged, this, [this](bool online) {
        if (online)
            flush();
    });
}

BozzaEsito& BozzeEsito::find(const api::Dettaglio& dettaglio)
{
    recall(dettaglio.id);
    BozzaEsito& bozza = of(dettaglio.id);
    if (dettaglio.bozza && !calls_.contains(dettaglio.id))
        bozza.adopt(*dettaglio.bozza);
    if (bozza.dirty)
        pause_.start();
    return bozza;
}

void BozzeEsito::recall(const Id<Pratica>& id)
{
    if (bozze_.contains(id))
        return;
    const auto entry = vault_.read(nameOf(id));
    if (const auto bozza = entry ? BozzaEsito::fromJson(entry->value) : std::nullopt)
        bozze_[id] = *bozza;
}

void BozzeEsito::recallAll()
{
    if (!vault_.isSettled())
        return;
    indexed_ = true;
    const auto entry = vault_.read(indexName());
    const auto ids = nlohmann::json::parse(entry ? entry->value.toStdString() : "[]", nullptr, false);
    for (const auto& id : ids.is_array() ? ids : nlohmann::json::array()) {
        const Id<Pratica> pratica{id.is_string() ? id.get<std::string>() : std::string()};
        // What was shown before the keychain answered, and not written in, gives way.
        if (const auto it = bozze_.find(pratica); it != bozze_.end() && it->second.revision == 0)
            bozze_.erase(it);
        recall(pratica);
    }
    keepIndex();
    emit recalled();
    if (unsaved() > 0)
        pause_.start();
}

void BozzeEsito::keepIndex()
{
    if (!indexed_)
        return;
    nlohmann::json ids = nlohmann::json::array();
    for (const auto& [id, bozza] : bozze_) {
        if (bozza.isHereAlone())
            ids.push_back(id.text());
    }
    vault_.write(indexName(), QByteArray::fromStdString(ids.dump()));
}

void BozzeEsito::keepHere(const Id<Pratica>& id)
{
    const BozzaEsito& bozza = of(id);
    if (bozza.isEmpty() && !bozza.dirty)
        vault_.remove(nameOf(id));
    else
        vault_.write(nameOf(id), bozza.toJson());
    keepIndex();
}

void BozzeEsito::keep(const Id<Pratica>& id)
{
    BozzaEsito& bozza = of(id);
    bozza.dirty = true;
    bozza.refused = false;
    ++bozza.revision;
    bozza.edited = QDateTime::currentDateTimeUtc();
    keepHere(id);
    pause_.start();
}

void BozzeEsito::remove(const Id<Pratica>& id)
{
    bozze_.erase(id);
    vault_.remove(nameOf(id));
    keepIndex();
}

void BozzeEsito::clear()
{
    indexed_ = false;
    ++generation_;
    pause_.stop();
    bozze_.clear();
    calls_.clear();
}

int BozzeEsito::unsaved() const
{
    return static_cast<int>(
        std::count_if(bozze_.begin(), bozze_.end(), [](const auto& entry) { return entry.second.isHereAlone(); }));
}

void BozzeEsito::flush()
{
    pause_.stop();
    if (!client_.hasToken())
        return;
    for (const auto& [id, bozza] : bozze_) {
        if (bozza.dirty && !calls_.contains(id))
            send(id);
    }
}

void BozzeEsito::send(const Id<Pratica>& id)
{
    const BozzaEsito& bozza = of(id);
    calls_[id] = bozza.revision;
    const auto ended = [this, id, generation = generation_](const auto& reply, const std::optional<QDateTime>& known) {
        if (generation == generation_)
            receive(id, known, reply.ok() ? std::nullopt : std::optional(reply.error()));
    };
    if (bozza.isEmpty()) {
        client_.dropBozzaEsito(id, this, [ended](const Reply<Nothing>& reply) { ended(reply, std::nullopt); });
        return;
    }
    client_.keepBozzaEsito(id, bozza.toApi(), this, [ended](const Reply<api::BozzaEsito>& reply) {
        const bool dated = reply.ok() && reply.value().salvata;
        ended(reply, dated ? std::optional(QDateTime::fromSecsSinceEpoch(
                                 reply.value().salvata->time_since_epoch().count(), Qt::UTC))
                           : std::nullopt);
    });
}

void BozzeEsito::receive(const Id<Pratica>& id, const std::optional<QDateTime>& known,
                         const std::optional<Error>& error)
{
    const int carried = calls_[id];
    calls_.erase(id);
    if (const auto it = bozze_.find(id); it != bozze_.end()) {
        BozzaEsito& bozza = it->second;
        if (known)
            bozza.known = *known;
        const bool changed = bozza.revision != carried;
        bozza.dirty = changed || (error && mayPass(*error));
        bozza.refused = error && !bozza.dirty;
        keepHere(id);
        // What was typed while it was on its way follows it.
        if (changed)
            pause_.start();
    }
    if (calls_.empty())
        emit settled();
}

}
