#include "server/copie/comandi.h"

#include "server/copie/backup.h"
#include "server/copie/numeri.h"
#include "server/copie/ripristino.h"
#include "server/options.h"
#include "server/store/registro.h"
#include "server/verifica.h"

#include <iostream>

namespace sdc::copie {
namespace {

using commands::Words;

Instant systemNow()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}

int backupCommand(const Config& config, const Words& words)
{
    constexpr const char* kUsage = "backup --in CARTELLA [--ente SLUG] [--precedente COPIA] [--file copia|collega]";
    const auto o = commands::options(words, {"in", "ente", "precedente", "file"}, kUsage);
    const std::string file = commands::optional(o, "file").value_or("copia");
    if (file != "copia" && file != "collega")
        throw std::runtime_error(
            std::string{"--file vuole \"copia\" o \"collega\"\nuso: stanza-server --config FILE "} + kUsage);
    return backup(config,
                  {o.at("in"), commands::optional(o, "ente"), commands::optional(o, "precedente"), file == "collega"},
                  systemNow);
}

int ripristinaCommand(const Config& config, const Words& words)
{
    constexpr const char* kUsage =
        "ripristina --da COPIA [--ente SLUG] --numeri-certi | --ultimo-numero ANNO:N [--ultimo-numero ANNO:N ...]";
    Words given = words;
    RichiestaRipristino richiesta;
    richiesta.numeri.certi = commands::takeFlag(given, "--numeri-certi");
    for (const std::string& text : commands::takeAll(given, "--ultimo-numero"))
        richiesta.numeri.ultimi.insert(ultimoNumero(text));
    const auto o = commands::options(given, {"da", "ente"}, kUsage);
    richiesta.da = o.at("da");
    richiesta.ente = commands::optional(o, "ente");
    return restore(config, richiesta, systemNow);
}

int verificaCommand(const Config& config, const Words& words)
{
    constexpr const char* kUsage = "verifica [--ente SLUG] [--backup COPIA]";
    auto given = words;
    // Both options may be left out, so none of them is the one that is needed.
    given.insert(given.end(), {"--comando", "verifica"});
    const auto o = commands::options(given, {"comando", "ente", "backup"}, kUsage);
    if (o.contains("backup"))
        return verifica::runOnCopia(o.at("backup"), commands::optional(o, "ente"), std::cout);
    return verifica::run(config, commands::optional(o, "ente"), std::cout);
}

int avanzaCommand(Rooms& rooms, const Words& words)
{
    const auto o = commands::options(words, 2);
    const std::string& slug = commands::need(o, "ente");
    const auto [anno, ultimo] = ultimoNumero(commands::need(o, "ultimo-numero"));
    const Room* room = rooms.find(slug);
    if (room == nullptr)
        throw std::runtime_error("l'ente \"" + slug + "\" non esiste");
    store::Transaction transaction(*room->database);
    store::avanza(transaction, anno, ultimo, systemNow());
    transaction.commit();
    std::cout << "il protocollo del " << anno << " prosegue da " << formatProtocollo(ultimo + 1, anno) << "\n";
    return 0;
}

}
