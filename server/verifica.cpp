#include "server/verifica.h"

#include "server/store/allegati.h"
#include "server/store/attivita.h"
#include "server/store/registro.h"

namespace sdc::verifica {
namespace {

void checkFiles(const Room& room, std::vector<std::string>& faults)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    for (int folder = 0; folder < 256; ++folder) {
        const std::string prefix{kHex[static_cast<std::size_t>(folder / 16)],
                                 kHex[static_cast<std::size_t>(folder % 16)]};
        for (const std::string& sha256 : store::namedFiles(*room.database, prefix)) {
            const std::filesystem::path path = room.files.path(sha256);
            if (!std::filesystem::exists(path))
                faults.push_back(room.ente.slug + ": manca il file " + sha256);
            else if (store::sha256OfFile(path) != sha256)
                faults.push_back(room.ente.slug + ": il file " + sha256 + " è alterato");
        }
    }
}

}

std::vector<std::string> faults(Rooms& rooms)
{
    std::vector<std::string> faults;
    for (Room* room : rooms.all()) {
        if (const auto broken = store::firstBreak(*room->database))
            faults.push_back(room->ente.slug + ": il registro delle attività non torna dalla riga " +
                             std::to_string(*broken));
        for (const std::string& gap : store::gaps(*room->database))
            faults.push_back(room->ente.slug + ": " + gap);
        checkFiles(*room, faults);
    }
    return faults;
}

}
