#pragma once

#include "server/context.h"

#include <optional>
#include <string>

namespace sdc::actions {

/// Mails about an operator's account: two that bring a link, the others tell what was changed.
enum class MailOperatore {
    NuovaPassword,
    Invito,
    PasswordCambiata,
    IndirizzoCambiato,
    RuoloCambiato,
    SecondoFattoreTolto,
    Riabilitato,
};

/// What is counted of a name, whether or not it is anybody's.
std::string nomeDi(const std::string& username);

/// Counts one more mail of this kind to one account; whether it is within what one gets in an hour.
bool mayMail(store::Transaction& transaction, const std::string& what, Instant now);

/// Sends this mail once the transaction is committed. `chi`: the operator's id; of NuovaPassword the username as asked;
/// of IndirizzoCambiato the id, a space and the address to be told.
void enqueueMail(store::Transaction& transaction, MailOperatore mail, const std::string& chi, Instant now);
/// What enqueueMail put into a job; nothing where it is no job of ours.
struct MailChiesta
{
    MailOperatore mail = MailOperatore::PasswordCambiata;
    std::string chi;
};
std::optional<MailChiesta> mailOf(const store::Job& job);

/// Somebody asks for a link to set this name's password. Tells nobody whether there is such a name: all that is done
/// here is done for every name.
void askNuovaPassword(Context& context, const std::string& username);

/// To whom a job's mail goes, and the secret in its link; of a job that is done again it is the same one.
struct Recapito
{
    Operatore operatore;
    std::string codice;
};
/// Makes the link that the mail of this job brings, if it brings one. Nothing where there is no mail to send: no such
/// operator, not active, without an address, or a link that is older than another one or was used.
std::optional<Recapito> makeLink(const Context& context, const store::Job& job);

/// Whose password this code sets, if it still can; reading uses nothing up, for mail scanners follow links.
std::optional<Operatore> titolareDelCodice(const Context& context, const std::string& codice);
/// Sets the password, once. Every session of the account ends. Throws Invalid where it is not good enough, Conflict
/// where the code cannot be used any more.
void setNuovaPassword(Context& context, const std::string& codice, const std::string& password);

}
