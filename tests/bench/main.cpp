#include "core/cittadino/codice_fiscale.h"
#include "core/servizio/servizio.h"

#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

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

}

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "uso: stanza-bench DEFINIZIONE.json\n";
        return 2;
    }
    std::ifstream stream(argv[1], std::ios::binary);
    const std::string json{std::istreambuf_iterator<char>(stream), {}};
    std::size_t sink = 0;
    measure("codice fiscale letto", 1'000'000,
            [&] { sink += sdc::CodiceFiscale::parse("RSSMRA72H25H501Z").has_value() ? 1U : 0U; });
    measure("definizione letta", 200, [&] { sink += sdc::parseServizio(json).modulo.passi.size(); });
    return sink == 0 ? 1 : 0;
}
