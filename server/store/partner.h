#pragma once

#include "core/ente/partner.h"
#include "server/store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace sdc::store {

struct CredenzialiPartner
{
    Partner partner;
    /// As secrets::hashPassword made it; empty: none opens it.
    std::string password;
};

std::optional<CredenzialiPartner> findPartner(Reader& reader, const std::string& username);
/// All of the ente, by username.
std::vector<Partner> partner(Reader& reader);
/// Throws Duplicate where the username is taken.
void insert(Transaction& transaction, const Partner& partner, const std::string& password);
void setAttivo(Transaction& transaction, const Id<Partner>& id, bool attivo);
void setPassword(Transaction& transaction, const Id<Partner>& id, const std::string& password);

/// Whose certificate this is, and until when.
struct MostratoPartner
{
    Partner partner;
    CertificatoPartner certificato;
};
std::optional<MostratoPartner> findByCertificato(Reader& reader, const std::string& impronta);
/// A partner's, those that last longest first.
std::vector<CertificatoPartner> certificatiOf(Reader& reader, const Id<Partner>& id);
/// Throws Duplicate where it is somebody's already.
void insert(Transaction& transaction, const Id<Partner>& id, const CertificatoPartner& certificato);
/// Whether the partner had it.
bool removeCertificato(Transaction& transaction, const Id<Partner>& id, const std::string& impronta);

}
