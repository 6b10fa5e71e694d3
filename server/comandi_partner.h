#pragma once

#include "server/options.h"
#include "server/rooms.h"

#include <iosfwd>

/// The commands about the partners of an ente. All throw std::runtime_error, or a Refusal, with a sentence for the
/// terminal.
namespace sdc::commands {

/// Who sits before the command, and when.
struct Terminale
{
    std::istream& in;
    std::ostream& out;
    Instant now;
};

/// The password comes by standard input.
int addPartner(Rooms& rooms, const Words& words, const Terminale& terminale);
int setPartnerPassword(Rooms& rooms, const Words& words, const Terminale& terminale);
int disablePartner(Rooms& rooms, const Words& words, const Terminale& terminale);
int enablePartner(Rooms& rooms, const Words& words, const Terminale& terminale);
int addCertificatoPartner(Rooms& rooms, const Words& words, const Terminale& terminale);
int removeCertificatoPartner(Rooms& rooms, const Words& words, const Terminale& terminale);
/// Each with its certificates, a line each.
int listPartner(Rooms& rooms, const Words& words, const Terminale& terminale);

}
