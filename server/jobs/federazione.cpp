#include "server/jobs/federazione.h"

#include "core/base/error.h"
#include "server/descriptor.h"
#include "server/log.h"
#include "server/secrets/token.h"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>
#include <system_error>

namespace sdc::jobs {
namespace {

namespace fs = std::filesystem;

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::chrono::seconds kLookAgain{30};
constexpr hours kOnceADay{24};
constexpr minutes kTryAgain{15};
const std::string kGuastoElenco = "elenco dei gestori SPID non aggiornato";
const std::string kGuastoFile = "gestori di identità non letti";

/// Whole or not at all; several servers may be at it.
void write(const fs::path& file, const std::string& text)
{
    const fs::path part = file.string() + "." + secrets::newToken().substr(0, 8) + ".parte";
    fs::create_directories(file.parent_path());
    const Descriptor own{::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    const bool written = own && ::write(own.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         ::fsync(own.get()) == 0;
    const int fault = errno;
    if (!written) {
        ::unlink(part.c_str());
        throw std::system_error(fault, std::generic_category(), file.string());
    }
    fs::rename(part, file);
}

}

fs::path fileFederazione(const Config& config)
{
    return config.cartella / "spid" / "federazione.xml";
}

std::size_t fetchFederazione(const Config& config, const std::vector<std::string>& fidati, const Scarica& scarica,
                             Instant now)
{
    const std::string text = scarica(config.spidFederazione, gateways::RegistroIdp::kLargest);
    try {
        const auto providers = gateways::saml::readFederazione(text, fidati, now);
        write(fileFederazione(config), text);
        return providers.size();
    } catch (const Invalid& error) {
        throw std::runtime_error(error.what());
    }
}

LavoroFederazione::LavoroFederazione(Mezzi mezzi, Misure& misure)
    : mezzi_(std::move(mezzi)),
      misure_(misure),
      thread_([this](const std::stop_token& stop) { run(stop); })
{
}

void LavoroFederazione::refresh()
{
    next_ = Steady::now() + kTryAgain;
    const auto count = fetchFederazione(mezzi_.config, mezzi_.registro.fidati(), mezzi_.scarica, mezzi_.now());
    next_ = Steady::now() + kOnceADay;
    log::info("elenco dei gestori SPID aggiornato", {{"gestori", std::to_string(count)}});
    misure_.guasti.over(kGuastoElenco, "");
}

void LavoroFederazione::reread()
{
    if (!mezzi_.registro.changed())
        return;
    const auto faults = mezzi_.registro.reload(mezzi_.now());
    for (const std::string& fault : faults)
        misure_.guasti.met(kGuastoFile, "", fault);
    if (faults.empty())
        misure_.guasti.over(kGuastoFile, "");
}

void LavoroFederazione::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        try {
            if (!mezzi_.config.spidFederazione.empty() && Steady::now() >= next_)
                refresh();
        } catch (const std::exception& error) {
            // The last good copy goes on being used.
            misure_.guasti.met(kGuastoElenco, "", error.what());
        }
        try {
            reread();
        } catch (const std::exception& error) {
            misure_.guasti.met(kGuastoFile, "", error.what());
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, kLookAgain, [] { return false; });
    }
}

}
