#include "core/cittadino/codice_fiscale.h"
#include "core/servizio/servizio.h"
#include "tests/bench/commits.h"
#include "tests/bench/genera.h"
#include "tests/bench/saml.h"

#include <sodium.h>

#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

namespace {

using Options = std::map<std::string, std::string>;

std::string get(const Options& options, const std::string& name, const std::string& otherwise)
{
    const auto found = options.find(name);
    return found == options.end() ? otherwise : found->second;
}

/// CPU microseconds of one call, over `rounds` of them.
template <class Work>
void measure(const char* name, int rounds, Work work)
{
    const std::clock_t before = std::clock();
    for (int i = 0; i < rounds; ++i)
        work();
    const double seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    std::cout << name << "\t" << seconds * 1e6 / rounds << " us\n";
}

int measureCore(const Options& options)
{
    std::ifstream stream(options.at("definizione"), std::ios::binary);
    const std::string json{std::istreambuf_iterator<char>(stream), {}};
    std::size_t sink = 0;
    measure("codice fiscale letto", 1'000'000,
            [&] { sink += sdc::CodiceFiscale::parse("RSSMRA72H25H501Z").has_value() ? 1U : 0U; });
    measure("definizione letta", 200, [&] { sink += sdc::parseServizio(json).modulo.passi.size(); });
    return sink == 0 ? 1 : 0;
}

int genera(const Options& options)
{
    const auto program = std::filesystem::canonical("/proc/self/exe");
    sdc::bench::Richiesta richiesta;
    richiesta.cartella = options.at("cartella");
    richiesta.postgresql = get(options, "postgresql", "");
    richiesta.risorse = program.parent_path().parent_path() / "share" / "stanza";
    richiesta.pratiche = std::stoul(get(options, "pratiche", "10000"));
    richiesta.seme = std::stoul(get(options, "seme", "1"));
    sdc::bench::genera(richiesta);
    std::cout << "generate " << richiesta.pratiche << " pratiche in "
              << static_cast<double>(std::clock()) / CLOCKS_PER_SEC << " s di CPU\n";
    return 0;
}

Options optionsOf(int argc, char** argv)
{
    Options options;
    for (int i = 2; i + 1 < argc; i += 2)
        options[std::string{argv[i]}.substr(2)] = argv[i + 1];
    return options;
}

int run(const std::string& command, const Options& options)
{
    if (command == "nucleo" && options.contains("definizione"))
        return measureCore(options);
    if (command == "genera" && options.contains("cartella"))
        return genera(options);
    if (command == "commits" && options.contains("cartella")) {
        const auto commits = sdc::bench::measureCommits(options.at("cartella"), get(options, "postgresql", ""), 5);
        std::cout << commits.perSecond << " al secondo\t" << commits.cpu << " us\n";
        return 0;
    }
    if (command == "saml") {
        const auto costo = sdc::bench::measureSaml(std::stoi(get(options, "giri", "200")));
        std::cout << "richiesta firmata\t" << costo.richiesta << " ms\nrisposta accettata\t" << costo.accettata
                  << " ms\nrisposta rifiutata\t" << costo.rifiutata << " ms\n";
        return 0;
    }
    std::cerr << "uso: stanza-bench nucleo --definizione FILE.json\n"
                 "     stanza-bench genera --cartella DIR [--postgresql CONNESSIONE] [--pratiche N] [--seme S]\n"
                 "     stanza-bench commits --cartella DIR [--postgresql CONNESSIONE]\n"
                 "     stanza-bench saml [--giri N]\n";
    return 2;
}

}

int main(int argc, char** argv)
{
    try {
        if (sodium_init() < 0)
            throw std::runtime_error("la libreria di crittografia non si avvia");
        return run(argc < 2 ? "" : argv[1], optionsOf(argc, argv));
    } catch (const std::exception& error) {
        std::cerr << "stanza-bench: " << error.what() << "\n";
        return 1;
    }
}
