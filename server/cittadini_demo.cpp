#include "server/cittadini_demo.h"

namespace sdc {

using namespace std::chrono;

std::vector<Identita> cittadiniDemo()
{
    return {
        {"RSSMRA72H25H612H",
         "Mario",
         "Rossi",
         "Rovereto",
         year{1972} / June / 25,
         "mario.rossi@esempio.it",
         "333 1234567",
         {"Via Dante 12", "38068", "Rovereto", "TN", "Italia"}},
        {"BNCGLI85C52L378P",
         "Giulia",
         "Bianchi",
         "Trento",
         year{1985} / March / 12,
         "giulia.bianchi@esempio.it",
         "347 7654321",
         {"Corso Rosmini 5", "38068", "Rovereto", "TN", "Italia"}},
        {"VRDLCU90A01H612Q", "Luca", "Verdi", "Rovereto", year{1990} / January / 1, "", "", {}},
        {"NREFNC78T50A952T",
         "Francesca",
         "Neri",
         "Bolzano",
         year{1978} / December / 10,
         "francesca.neri@esempio.it",
         "",
         {}},
    };
}

bool isComplete(const Identita& identita)
{
    return !identita.residenza.via.empty() && !identita.email.empty() && !identita.cellulare.empty();
}

}
