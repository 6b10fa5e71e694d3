#include "server/documents/stampa.h"

#include "core/documenti/documento_json.h"
#include "server/documents/processo_stampa.h"

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <system_error>
#include <utility>

namespace sdc::documents {

namespace {

using nlohmann::json;
using std::chrono::steady_clock;

std::string requestFor(const Documento& documento, const std::filesystem::path& file)
{
    const json request{{"file", std::filesystem::absolute(file).string()}, {"documento", documento}};
    return request.dump(-1, ' ', false, json::error_handler_t::replace);
}

CausaStampa causaOf(const std::string& name)
{
    if (name == "configurazione")
        return CausaStampa::Configurazione;
    return name == "transitoria" ? CausaStampa::Transitoria : CausaStampa::Dati;
}

Stampato read(const std::string& answer)
{
    const json parsed = json::parse(answer, nullptr, false);
    // Another program stands where the press should be.
    if (!parsed.is_object() || !parsed.contains("ok"))
        throw StampaFallita(CausaStampa::Configurazione,
                            "Il programma di stampa dei documenti ha dato una risposta incomprensibile.");
    if (!parsed.at("ok").get<bool>())
        throw StampaFallita(causaOf(parsed.value("causa", "dati")),
                            parsed.value("errore", "La stampa del documento non è riuscita."));
    return {parsed.at("pagine").get<int>(), parsed.value("sostituiti", std::vector<std::string>())};
}

void removeTemporaryOf(const std::filesystem::path& file)
{
    std::error_code ignored;
    std::filesystem::remove(file.string() + ".tmp", ignored);
}

}

Stampa::Stampa(std::filesystem::path worker, Pazienza pazienza)
    : worker_(std::move(worker)),
      pazienza_(pazienza),
      lastUse_(steady_clock::now()),
      idleWatch_([this](const std::stop_token& stop) { dismissWhenIdle(stop); })
{
}

Stampa::~Stampa() = default;

Stampato Stampa::print(const Documento& documento, const std::filesystem::path& file)
{
    const std::string request = requestFor(documento, file);
    const std::lock_guard lock(mutex_);
    try {
        return read(exchange(request));
    } catch (const StampaFallita& failure) {
        removeTemporaryOf(file);
        // What is installed meanwhile, only a worker that starts afterwards sees.
        if (failure.causa() == CausaStampa::Configurazione && processo_)
            dismiss();
        throw;
    } catch (...) {
        removeTemporaryOf(file);
        throw;
    }
}

std::string Stampa::exchange(const std::string& request)
{
    const bool reused = processo_ && processo_->ready();
    if (!reused)
        processo_ = std::make_unique<ProcessoStampa>(worker_);
    try {
        std::string answer = processo_->exchange(request, pazienza_.silence);
        lastUse_ = steady_clock::now();
        used_.notify_all();
        return answer;
    } catch (const ProcessoInterrotto& error) {
        dismiss();
        if (!reused)
            throw StampaFallita(CausaStampa::Transitoria, error.what());
    } catch (...) {
        dismiss();
        throw;
    }
    // A worker that had waited may have died of something else than this document.
    return exchange(request);
}

void Stampa::dismiss()
{
    processo_->kill();
    processo_.reset();
}

void Stampa::dismissWhenIdle(const std::stop_token& stop)
{
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        if (!processo_) {
            used_.wait(lock, stop, [this] { return processo_ != nullptr; });
            continue;
        }
        const auto until = lastUse_ + pazienza_.idle;
        used_.wait_until(lock, stop, until, [&] { return lastUse_ + pazienza_.idle > until; });
        if (processo_ && steady_clock::now() >= lastUse_ + pazienza_.idle)
            processo_.reset();
    }
}

}
