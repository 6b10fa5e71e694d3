#pragma once

#include "server/gateways/registro_idp.h"
#include "server/http/templates.h"
#include "server/rooms.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace sdc::fuzz {

/// As much of a server as reading a request takes: no ente, no page.
class Mondo
{
public:
    Mondo()
    {
        std::string name = (std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp") + std::string{"/fuzz-XXXXXX"};
        folder_ = ::mkdtemp(name.data());
        std::filesystem::create_directories(folder_ / "templates");
        std::filesystem::create_directories(folder_ / "static");
        std::ofstream(folder_ / "static" / "manifest.json") << "{}";
        config_.cartella = folder_;
        config_.risorse = folder_;
        config_.proxyFidati = {"127.0.0.1"};
        templates_ = std::make_unique<http::Templates>(folder_);
        rooms_ = std::make_unique<Rooms>(config_, now);
        room_ = std::make_unique<Room>(Room{{}, nullptr, store::Files{folder_ / "allegati"}, {}});
    }
    ~Mondo() { std::filesystem::remove_all(folder_); }
    Mondo(const Mondo&) = delete;
    Mondo& operator=(const Mondo&) = delete;

    Context context() { return {config_, *templates_, identita_, *rooms_, now, room_.get(), {}, {}, {}, nullptr}; }
    const std::filesystem::path& folder() const { return folder_; }

private:
    static Instant now() { return instantFromIso("2026-11-27T10:00:00Z").value(); }

    std::filesystem::path folder_;
    Config config_;
    gateways::Identificazione identita_;
    std::unique_ptr<http::Templates> templates_;
    std::unique_ptr<Rooms> rooms_;
    std::unique_ptr<Room> room_;
};

}
