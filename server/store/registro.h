#pragma once

#include "core/pratica/pratica.h"
#include "core/protocollo/numero_protocollo.h"
#include "server/store/database.h"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace sdc::store {

enum class Verso { Entrata, Uscita };

/// What is registered: one number for a document with its attachments (DPR 445/2000 art. 53).
struct Registrazione
{
    /// Names the registration for ever: tried again with the same key, it gives the same number.
    std::string chiave;
    Verso verso = Verso::Entrata;
    Id<Pratica> pratica;
    /// Sender of what comes in, recipient of what goes out.
    std::string corrispondente;
    std::string oggetto;
    /// SHA-256 of the main document and of each attachment, in order.
    std::vector<std::string> impronte;
};

/// The clock is behind the last registration: a number given now would bear an earlier date than the one before it.
class OrologioIndietro : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The next number of the year (Europe/Rome), without gaps, or the number that this key has already. Throws
/// OrologioIndietro: somebody must set the clock right, and then it goes on.
NumeroProtocollo registra(Transaction& transaction, const Registrazione& registrazione, Instant now);

/// Numbers that were given before a restore, to documents that the backup did not have: nobody gets them again.
struct Salto
{
    int anno = 0;
    long long primo = 0;
    long long ultimo = 0;
};

/// Makes the year's next number `ultimo` + 1; the activity log keeps what was passed over, nothing where nothing was.
/// Throws std::runtime_error where the register is further already.
void avanza(Transaction& transaction, int anno, int ultimo, Instant now);
/// All that was passed over.
std::vector<Salto> salti(Reader& reader);

/// What is missing in the numbering: a sentence for each year whose numbers are not 1 to N but for those passed over.
std::vector<std::string> gaps(Reader& reader);

}
