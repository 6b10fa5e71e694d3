#pragma once

#include "core/base/time.h"
#include "core/cittadino/cittadino.h"
#include "server/store/database.h"

#include <optional>
#include <string>

namespace sdc::store {

/// A link sent to an address, to show that it is the citizen's.
struct ConfermaEmail
{
    Id<Cittadino> cittadino;
    /// SHA-256 of the link's token.
    std::string hash;
    std::string email;
    Instant creata;
    Instant scade;
    /// The mail server said for good that there is no such address.
    bool respinta = false;
};

/// An address that was shown to be the citizen's.
struct EmailConfermata
{
    std::string email;
    Instant quando;
};

std::optional<EmailConfermata> emailConfermata(Reader& reader, const Id<Cittadino>& cittadino);
void confirmEmail(Transaction& transaction, const Id<Cittadino>& cittadino, const EmailConfermata& confermata);

/// The citizen's newest link, whether it is still good or not.
std::optional<ConfermaEmail> findConferma(Reader& reader, const Id<Cittadino>& cittadino);
/// A link that is still good.
std::optional<ConfermaEmail> findConfermaByHash(Reader& reader, const std::string& hash, Instant now);
/// Keeps the link in place of every earlier one of its citizen.
void save(Transaction& transaction, const ConfermaEmail& conferma);
/// Whether it was there: of two who take the same one, one alone has it.
bool removeConferma(Transaction& transaction, const std::string& hash);
/// Forgets the citizen's link, where there is one.
void removeConferme(Transaction& transaction, const Id<Cittadino>& cittadino);
void markRespinta(Transaction& transaction, const std::string& hash);
/// Forgets links that nobody used in time.
void forgetConferme(Transaction& transaction, Instant now);

}
