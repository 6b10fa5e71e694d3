#include "server/commands.h"

#include <sodium.h>
#include <sys/stat.h>

#include <exception>
#include <iostream>

namespace {

int run(const std::vector<std::string>& words)
{
    if (words.size() == 1 && words[0] == "versione") {
        std::cout << SDC_VERSION << "\n";
        return 0;
    }
    if (words.size() < 3 || words[0] != "--config") {
        std::cerr << sdc::commands::usage();
        return 2;
    }
    const std::vector<std::string> command{words.begin() + 2, words.end()};
    if (command[0] == "versione") {
        std::cout << SDC_VERSION << "\n";
        return 0;
    }
    return sdc::commands::run(sdc::readConfig(words[1]), command);
}

}

int main(int argc, char** argv)
{
    // What the server writes is personal data: no other user of the machine reads it.
    ::umask(0077);
    try {
        if (sodium_init() < 0)
            throw std::runtime_error("la libreria di crittografia non si avvia");
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "stanza-server: " << error.what() << "\n";
        return 1;
    }
}
