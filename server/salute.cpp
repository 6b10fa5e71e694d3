#include "server/salute.h"

#include "server/rooms.h"
#include "server/store/jobs.h"

namespace sdc::salute {

std::string figures(Rooms& rooms)
{
    std::string text = "# HELP stanza_lavori Lavori non ancora fatti, per ente, genere, stato e causa dell'ultimo "
                       "errore.\n# TYPE stanza_lavori gauge\n";
    for (Room* room : rooms.all()) {
        for (const auto& count : store::conteggiJob(*room->database)) {
            text += "stanza_lavori{ente=\"" + room->ente.slug + "\",genere=\"" + count.genere + "\",stato=\"" +
                    count.stato + "\",causa=\"" + count.causa + "\"} " + std::to_string(count.numero) + "\n";
        }
    }
    return text;
}

}
