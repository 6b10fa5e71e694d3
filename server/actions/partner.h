#pragma once

#include "core/ente/partner.h"
#include "server/store/database.h"

#include <string>

/// What the ente's administration does with the partners' accounts. All throw NotFound where the name is nobody's.
namespace sdc::actions {

/// `nuovo` without id, its username as a slug; an empty password: only certificates open the account. Throws Invalid
/// where the name, the password or the description is not good enough, or the name is taken here.
void addPartner(store::Database& database, Partner nuovo, const std::string& password, Instant now);
/// One that is disabled loses its access at once.
void setPartnerAttivo(store::Database& database, const std::string& username, bool attivo, Instant now);
void setPartnerPassword(store::Database& database, const std::string& username, const std::string& password,
                        Instant now);
/// Whether it was not the partner's already. Throws Conflict where it is another's, or the partner has too many.
bool addCertificato(store::Database& database, const std::string& username, const CertificatoPartner& certificato,
                    Instant now);
/// What it opened is closed at once. Throws NotFound where the partner does not have it.
void removeCertificato(store::Database& database, const std::string& username, const std::string& impronta,
                       Instant now);

}
