#include "tests/prova/carte.h"
#include "tests/prova/pagine.h"
#include "tests/prova/pagine_idp.h"
#include "tests/prova/posta.h"
#include "tests/prova/server_smtp.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>

#include <signal.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace sdc::prova {

namespace {

constexpr int kThreadsPerServer = 16;

struct Opzioni
{
    std::uint16_t portaWeb = 8081;
    std::uint16_t portaSmtp = 8084;
    std::optional<std::uint16_t> portaIdp; ///< none: no identity provider
    std::optional<std::filesystem::path> dati;
    std::optional<std::filesystem::path> carte; ///< none: no authority for cards
};

std::uint16_t portaFrom(std::string_view text)
{
    std::uint16_t porta = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), porta);
    if (error != std::errc() || end != text.data() + text.size())
        throw std::invalid_argument("La porta \"" + std::string(text) + "\" non è valida.");
    return porta;
}

Opzioni read(int argc, char* argv[])
{
    Opzioni opzioni;
    for (int i = 1; i < argc; i += 2) {
        const std::string_view name = argv[i];
        if (i + 1 == argc)
            throw std::invalid_argument("Manca il valore di " + std::string(name) + ".");
        if (name == "--porta-web")
            opzioni.portaWeb = portaFrom(argv[i + 1]);
        else if (name == "--porta-smtp")
            opzioni.portaSmtp = portaFrom(argv[i + 1]);
        else if (name == "--porta-idp")
            opzioni.portaIdp = portaFrom(argv[i + 1]);
        else if (name == "--carte")
            opzioni.carte = argv[i + 1];
        else if (name == "--dati")
            opzioni.dati = argv[i + 1];
        else
            throw std::invalid_argument("L'opzione " + std::string(name) + " non esiste.");
    }
    if (opzioni.carte && !opzioni.portaIdp)
        throw std::invalid_argument("Con --carte serve --porta-idp: le revoche si leggono lì.");
    return opzioni;
}

Poco::Net::ServerSocket loopback(std::uint16_t porta)
{
    Poco::Net::ServerSocket socket;
    socket.bind(Poco::Net::SocketAddress("127.0.0.1", porta), true);
    socket.listen(128);
    return socket;
}

template <class Params>
typename Params::Ptr serverParams()
{
    typename Params::Ptr params = new Params;
    params->setMaxThreads(kThreadsPerServer);
    params->setMaxQueued(256);
    return params;
}

sigset_t blockStopSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);
    return signals;
}

/// The identity provider; it calls itself localhost, which for cookies is another site than 127.0.0.1.
std::unique_ptr<Poco::Net::HTTPServer> makeIdp(const Opzioni& opzioni, Poco::ThreadPool& threads)
{
    if (!opzioni.portaIdp)
        return nullptr;
    const std::string base = "http://localhost:" + std::to_string(*opzioni.portaIdp);
    ProviderDiProva provider(base, keyIn(opzioni.dati, base), fetchFromLoopback);
    auto params = serverParams<Poco::Net::HTTPServerParams>();
    params->setKeepAliveTimeout(Poco::Timespan(2, 0));
    Poco::Net::HTTPRequestHandlerFactory::Ptr pages = new PagineIdp(std::move(provider), SDC_PROVA_TEMPLATES);
    if (opzioni.carte) {
        const std::string here = "http://127.0.0.1:" + std::to_string(*opzioni.portaIdp);
        pages = new PagineCarte(std::make_shared<CarteDiProva>(*opzioni.carte, here), pages);
    }
    return std::make_unique<Poco::Net::HTTPServer>(pages, threads, loopback(*opzioni.portaIdp), params);
}

void run(const Opzioni& opzioni)
{
    // Before any thread is made, so that all of them leave these signals to sigwait.
    const sigset_t stop = blockStopSignals();
    CassettaPostale cassetta(opzioni.dati);
    Poco::ThreadPool threads(2, 3 * kThreadsPerServer + 3);
    auto webParams = serverParams<Poco::Net::HTTPServerParams>();
    webParams->setKeepAliveTimeout(Poco::Timespan(2, 0));
    Poco::Net::HTTPServer web(new Pagine(cassetta, SDC_PROVA_TEMPLATES), threads, loopback(opzioni.portaWeb),
                              webParams);
    Poco::Net::TCPServer smtp(new ConnessioniSmtp(cassetta), threads, loopback(opzioni.portaSmtp),
                              serverParams<Poco::Net::TCPServerParams>());
    const auto idp = makeIdp(opzioni, threads);
    web.start();
    smtp.start();
    if (idp)
        idp->start();
    std::puts("pronto");
    std::fflush(stdout);
    int received = 0;
    sigwait(&stop, &received);
    // Clients may hold their lines open for ever; nothing of this process is worth waiting for them.
    std::_Exit(0);
}

}

}

int main(int argc, char* argv[])
{
    try {
        sdc::prova::run(sdc::prova::read(argc, argv));
    } catch (const Poco::Exception& error) {
        std::fprintf(stderr, "stanza-prova: %s\n", error.displayText().c_str());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "stanza-prova: %s\n", error.what());
    }
    return 1;
}
