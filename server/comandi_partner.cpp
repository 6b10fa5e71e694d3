#include "server/comandi_partner.h"

#include "server/actions/partner.h"
#include "server/gateways/certificato_partner.h"
#include "server/store/partner.h"

#include <algorithm>
#include <istream>
#include <ostream>
#include <stdexcept>

namespace sdc::commands {
namespace {

store::Database& databaseOf(Rooms& rooms, const Options& o)
{
    return *rooms.need(need(o, "ente")).database;
}

/// Throws where the database of one of them does not open: what is in it would not be known.
std::vector<Room*> everyRoom(Rooms& rooms)
{
    std::vector<Room*> every;
    for (const std::string& slug : rooms.slugs())
        every.push_back(&rooms.need(slug));
    return every;
}

/// An address that leaves out the ente leads to the one account of that name.
void requireFree(Rooms& rooms, const std::string& username)
{
    for (const Room* room : everyRoom(rooms)) {
        if (store::findPartner(*room->database, username))
            throw std::runtime_error("il partner \"" + username + "\" c'è già nell'ente " + room->ente.slug +
                                     ": scegli un altro nome");
    }
}

std::string passwordFrom(std::istream& in)
{
    std::string password;
    std::getline(in, password);
    if (password.empty())
        throw std::runtime_error("la password si legge dallo standard input: è vuota");
    return password;
}

RuoloPartner ruoloOf(const Options& o)
{
    const auto ruolo = ruoloPartnerFrom(need(o, "ruolo"));
    if (!ruolo)
        throw std::runtime_error("il ruolo è \"pratiche\" o \"testi\"");
    return *ruolo;
}

/// A certificate, too, leads to one account.
void requireNew(Rooms& rooms, const std::string& ente, const CertificatoPartner& certificato)
{
    for (const Room* room : everyRoom(rooms)) {
        if (room->ente.slug != ente && store::findByCertificato(*room->database, certificato.impronta))
            throw std::runtime_error("il certificato è già di un partner dell'ente " + room->ente.slug);
    }
}

int setAttivo(Rooms& rooms, const Words& words, const Terminale& terminale, bool attivo)
{
    const auto o = options(words, 2);
    actions::setPartnerAttivo(databaseOf(rooms, o), need(o, "username"), attivo, terminale.now);
    terminale.out << "partner " << need(o, "username") << (attivo ? " riabilitato\n" : " disabilitato\n");
    return 0;
}

}

int addPartner(Rooms& rooms, const Words& words, const Terminale& terminale)
{
    Words rest = words;
    const bool bare = takeFlag(rest, "--senza-password");
    const auto o = options(rest, 2);
    store::Database& database = databaseOf(rooms, o);
    Partner nuovo;
    nuovo.username = need(o, "username");
    nuovo.nome = need(o, "nome");
    nuovo.ruolo = ruoloOf(o);
    requireFree(rooms, nuovo.username);
    actions::addPartner(database, nuovo, bare ? "" : passwordFrom(terminale.in), terminale.now);
    terminale.out << "partner " << nuovo.username << " aggiunto\n";
    return 0;
}

int setPartnerPassword(Rooms& rooms, const Words& words, const Terminale& terminale)
{
    const auto o = options(words, 2);
    actions::setPartnerPassword(databaseOf(rooms, o), need(o, "username"), passwordFrom(terminale.in), terminale.now);
    terminale.out << "partner " << need(o, "username") << " ha una nuova password\n";
    return 0;
}

int disablePartner(Rooms& rooms, const Words& words, const Terminale& terminale)
{
    return setAttivo(rooms, words, terminale, false);
}

int enablePartner(Rooms& rooms, const Words& words, const Terminale& terminale)
{
    return setAttivo(rooms, words, terminale, true);
}

int addCertificatoPartner(Rooms& rooms, const Words& words, const Terminale& terminale)
{
    const auto o = options(words, 2);
    const CertificatoPartner certificato = gateways::readCertificatoPartner(readFile(need(o, "file")));
    if (certificato.scade <= terminale.now)
        throw std::runtime_error("il certificato è scaduto il " + toIso(certificato.scade));
    requireNew(rooms, need(o, "ente"), certificato);
    const bool added = actions::addCertificato(databaseOf(rooms, o), need(o, "username"), certificato, terminale.now);
    terminale.out << (added ? "certificato aggiunto: " : "certificato già registrato: ") << certificato.impronta
                  << ", fino al " << toIso(certificato.scade) << "\n";
    return 0;
}

int removeCertificatoPartner(Rooms& rooms, const Words& words, const Terminale& terminale)
{
    const auto o = options(words, 2);
    actions::removeCertificato(databaseOf(rooms, o), need(o, "username"), need(o, "impronta"), terminale.now);
    terminale.out << "certificato tolto\n";
    return 0;
}

int listPartner(Rooms& rooms, const Words& words, const Terminale& terminale)
{
    store::Database& database = databaseOf(rooms, options(words, 2));
    for (const Partner& partner : store::partner(database)) {
        terminale.out << partner.username << "\t" << name(partner.ruolo) << "\t"
                      << (partner.attivo ? "attivo" : "disabilitato") << "\t" << partner.nome << "\n";
        for (const CertificatoPartner& certificato : store::certificatiOf(database, partner.id))
            terminale.out << "\tcertificato " << certificato.impronta << "\tfino al " << toIso(certificato.scade)
                          << "\t" << certificato.soggetto << "\n";
    }
    return 0;
}

}
