#pragma once

#include "server/jobs/worker.h"
#include "server/salute.h"
#include "server/store/pratiche.h"
#include "tests/support/makers.h"
#include "tests/support/words.h"
#include "tests/support/world.h"

#include <mutex>
#include <optional>
#include <vector>

namespace sdc::tests {

/// A mail server that takes everything, or fails as it is told.
class Cassetta : public gateways::Posta
{
public:
    void send(const gateways::Mail& mail) override
    {
        const std::lock_guard lock(mutex_);
        ++attempts;
        if (guasto)
            throw gateways::PostaNonInviata(*guasto, "il server di posta non risponde");
        mails.push_back(mail);
    }

    int attempts = 0;
    std::optional<gateways::CausaPosta> guasto;
    std::vector<gateways::Mail> mails;

private:
    std::mutex mutex_;
};

/// A world whose jobs are done when the test says so.
struct Workshop : World
{
    explicit Workshop(const QString& database, const char* worker = SDC_BIN_DIR "/stanza-stampa")
        : World(database),
          stampa(worker),
          tools{context(), stampa, posta},
          mario(addCittadino(makeCittadino()))
    {
    }

    bool runOne() { return jobs::runOne(tools, room(), "operaio"); }
    int runAll()
    {
        int done = 0;
        while (runOne())
            ++done;
        return done;
    }
    Stato statoOf(const Id<Pratica>& id) { return store::pratica(database(), id).stato(); }
    std::string figures() { return salute::figures(context()); }

    documents::Stampa stampa;
    Cassetta posta;
    jobs::Tools tools;
    Cittadino mario;
};

}
