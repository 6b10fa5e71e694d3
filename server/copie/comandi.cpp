#include "server/copie/comandi.h"

#include "server/copie/backup.h"
#include "server/copie/conservate.h"
#include "server/copie/numeri.h"
#include "server/copie/ripristino.h"
#include "server/options.h"
#include "server/store/registro.h"
#include "server/verifica.h"

#include <charconv>
#include <iostream>

namespace sdc::copie {
namespace {

using commands::Words;

Instant systemNow()
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::optional<std::size_t> countFrom(const std::string& text)
{
    std::size_t count = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (wrong != std::errc{} || end != text.data() + text.size() || count == 0)
        return std::nullopt;
    return count;
}

}

int backupCommand(const Config& config, const Words& words)
{
    constexpr const char* kUsage = "backup --in CARTELLA [--ente SLUG] [--precedente COPIA|ultima] "
                                   "[--file copia|collega] [--tieni N]";
    const auto o = commands::options(words, {"in", "ente", "precedente", "file", "tieni"}, kUsage);
    const auto wrong = [&](const std::string& what) {
        return std::runtime_error(what + "\nuso: stanza-server --config FILE " + kUsage);
    };
    const std::string file = commands::optional(o, "file").value_or("copia");
    if (file != "copia" && file != "collega")
        throw wrong("--file vuole \"copia\" o \"collega\"");
    RichiestaBackup richiesta{o.at("in"), commands::optional(o, "ente"), commands::optional(o, "precedente"),
                              file == "collega", std::nullopt};
    if (richiesta.precedente == "ultima")
        richiesta.precedente = ultimaCopia(richiesta.in, richiesta.ente);
    if (const auto tieni = commands::optional(o, "tieni")) {
        richiesta.tieni = countFrom(*tieni);
        if (!richiesta.tieni)
            throw wrong("--tieni vuole quante copie, almeno una");
    }
    return backup(config, richiesta, systemNow);
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
        return verifica::runOnCopia(config, o.at("backup"), commands::optional(o, "ente"), std::cout);
    return verifica::run(config, commands::optional(o, "ente"), std::cout);
}

int avanzaCommand(Rooms& rooms, const Words& words)
{
    const auto o = commands::options(words, 2);
    const std::string& slug = commands::need(o, "ente");
    const auto [anno, ultimo] = ultimoNumero(commands::need(o, "ultimo-numero"));
    store::Transaction transaction(*rooms.need(slug).database);
    store::avanza(transaction, anno, ultimo, systemNow());
    transaction.commit();
    std::cout << "il protocollo del " << anno << " prosegue da " << formatProtocollo(ultimo + 1, anno) << "\n";
    return 0;
}

}
