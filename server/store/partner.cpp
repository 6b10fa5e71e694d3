#include "server/store/partner.h"

#include "server/store/sql.h"

namespace sdc::store {
namespace {

void intoPartner(Sql& sql, Partner& partner, std::string& ruolo)
{
    sql.into(partner.id).into(partner.username).into(partner.nome).into(ruolo).into(partner.attivo);
}

RuoloPartner ruoloFrom(const std::string& text)
{
    return ruoloPartnerFrom(text).value();
}

}

std::optional<CredenzialiPartner> findPartner(Reader& reader, const std::string& username)
{
    CredenzialiPartner found;
    std::string ruolo;
    Sql sql(reader, "SELECT id, username, nome, ruolo, attivo, password FROM partner WHERE username = :username");
    intoPartner(sql.use("username", username), found.partner, ruolo);
    if (!sql.into(found.password).next())
        return std::nullopt;
    found.partner.ruolo = ruoloFrom(ruolo);
    return found;
}

std::vector<Partner> partner(Reader& reader)
{
    std::vector<Partner> all;
    Partner one;
    std::string ruolo;
    Sql sql(reader, "SELECT id, username, nome, ruolo, attivo FROM partner ORDER BY username");
    intoPartner(sql, one, ruolo);
    while (sql.next()) {
        one.ruolo = ruoloFrom(ruolo);
        all.push_back(one);
    }
    return all;
}

void insert(Transaction& transaction, const Partner& partner, const std::string& password)
{
    Sql(transaction, R"(INSERT INTO partner (id, username, nome, ruolo, password, attivo)
                        VALUES (:id, :username, :nome, :ruolo, :password, :attivo))")
        .use("id", partner.id)
        .use("username", partner.username)
        .use("nome", partner.nome)
        .use("ruolo", std::string{name(partner.ruolo)})
        .use("password", password)
        .use("attivo", partner.attivo)
        .run();
}

void setAttivo(Transaction& transaction, const Id<Partner>& id, bool attivo)
{
    Sql(transaction, "UPDATE partner SET attivo = :attivo WHERE id = :id").use("attivo", attivo).use("id", id).run();
}

void setPassword(Transaction& transaction, const Id<Partner>& id, const std::string& password)
{
    Sql(transaction, "UPDATE partner SET password = :password WHERE id = :id")
        .use("password", password)
        .use("id", id)
        .run();
}

std::optional<MostratoPartner> findByCertificato(Reader& reader, const std::string& impronta)
{
    MostratoPartner found;
    std::string ruolo;
    Sql sql(reader, R"(SELECT p.id, p.username, p.nome, p.ruolo, p.attivo, c.impronta, c.soggetto, c.da, c.scade
                       FROM certificati_partner c JOIN partner p ON p.id = c.partner WHERE c.impronta = :impronta)");
    intoPartner(sql.use("impronta", impronta), found.partner, ruolo);
    CertificatoPartner& certificato = found.certificato;
    sql.into(certificato.impronta).into(certificato.soggetto).into(certificato.da).into(certificato.scade);
    if (!sql.next())
        return std::nullopt;
    found.partner.ruolo = ruoloFrom(ruolo);
    return found;
}

std::vector<CertificatoPartner> certificatiOf(Reader& reader, const Id<Partner>& id)
{
    std::vector<CertificatoPartner> all;
    CertificatoPartner one;
    Sql sql(reader, R"(SELECT impronta, soggetto, da, scade FROM certificati_partner WHERE partner = :id
                       ORDER BY scade DESC, impronta)");
    sql.use("id", id).into(one.impronta).into(one.soggetto).into(one.da).into(one.scade);
    while (sql.next())
        all.push_back(one);
    return all;
}

void insert(Transaction& transaction, const Id<Partner>& id, const CertificatoPartner& certificato)
{
    Sql(transaction, R"(INSERT INTO certificati_partner (impronta, partner, soggetto, da, scade)
                        VALUES (:impronta, :partner, :soggetto, :da, :scade))")
        .use("impronta", certificato.impronta)
        .use("partner", id)
        .use("soggetto", certificato.soggetto)
        .use("da", certificato.da)
        .use("scade", certificato.scade)
        .run();
}

bool removeCertificato(Transaction& transaction, const Id<Partner>& id, const std::string& impronta)
{
    return Sql(transaction, "DELETE FROM certificati_partner WHERE partner = :id AND impronta = :impronta")
               .use("id", id)
               .use("impronta", impronta)
               .run() > 0;
}

}
