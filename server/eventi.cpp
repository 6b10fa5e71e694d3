#include "server/eventi.h"

#include "server/rooms.h"
#include "server/store/pratiche.h"

namespace sdc::eventi {
namespace {

constexpr std::size_t kAtOnce = 500;
const std::string kGuasto = "eventi non letti";

}

std::vector<http::Event> after(store::Reader& reader, long long from)
{
    std::vector<http::Event> all;
    if (from == http::Events::kNothing)
        return {{store::lastCambiamento(reader), "", R"({"ricarica":true})"}};
    for (const auto& change : store::cambiamentiAfter(reader, from, kAtOnce))
        all.push_back({change.numero, change.servizio, R"({"pratica":")" + change.pratica.text() + R"("})"});
    return all;
}

std::vector<http::Event> read(Rooms& rooms, const std::string& ente, long long from)
{
    Guasti& guasti = rooms.misure().guasti;
    try {
        Room* room = rooms.find(ente);
        auto events = room == nullptr ? std::vector<http::Event>{} : after(*room->database, from);
        guasti.over(kGuasto, ente);
        return events;
    } catch (const std::exception& error) {
        guasti.met(kGuasto, ente, error.what());
        return {};
    }
}

}
