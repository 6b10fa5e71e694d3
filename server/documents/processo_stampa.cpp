#include "server/documents/processo_stampa.h"

#include "server/documents/stampa.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace sdc::documents {

namespace {

using namespace std::chrono_literals;

constexpr auto kInterrotto = "Il programma di stampa dei documenti si è interrotto.";
constexpr auto kFarewell = 2s;
constexpr auto kFarewellStep = 5ms;
// The worker's environment: where fonts and caches are, and none of the server's secrets.
constexpr std::array<std::string_view, 7> kPassedOn{"HOME=",       "PATH=",         "TMPDIR=",       "XDG_",
                                                    "FONTCONFIG_", "ASAN_OPTIONS=", "UBSAN_OPTIONS="};

[[noreturn]] void failed(const std::string& what, int error)
{
    // A program that is not there, or is none, is to be installed; the rest (no memory, no processes) passes.
    const bool missing = error == ENOENT || error == ENOTDIR || error == EACCES || error == ENOEXEC || error == EPERM;
    throw StampaFallita(missing ? CausaStampa::Configurazione : CausaStampa::Transitoria,
                        "Il programma di stampa dei documenti " + what + ": " + std::strerror(error) + ".");
}

std::vector<std::string> environmentForWorker()
{
    std::vector<std::string> kept{"LANG=C.UTF-8"};
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (std::any_of(kPassedOn.begin(), kPassedOn.end(), [&](auto prefix) { return text.starts_with(prefix); }))
            kept.emplace_back(text);
    }
    return kept;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// posix_spawn's two bags of settings, freed as one.
class Preparativi
{
public:
    explicit Preparativi(int childEnd)
    {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_adddup2(&actions_, childEnd, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, childEnd, STDOUT_FILENO);
        posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        // A group of its own: Ctrl-C in the server's terminal lets a document in the making be finished.
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }

    ~Preparativi()
    {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }

    Preparativi(const Preparativi&) = delete;
    Preparativi& operator=(const Preparativi&) = delete;

    const posix_spawn_file_actions_t* actions() const { return &actions_; }
    const posix_spawnattr_t* attributes() const { return &attributes_; }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

}

ProcessoStampa::ProcessoStampa(const std::filesystem::path& worker)
{
    // A socket, not two pipes: writing to a dead worker is then an error, not a SIGPIPE.
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        failed("non può essere avviato", errno);
    std::vector<std::string> arguments{worker.string()};
    std::vector<std::string> environment = environmentForWorker();
    const Preparativi preparativi(ends[1]);
    const int error = posix_spawn(&pid_, arguments[0].c_str(), preparativi.actions(), preparativi.attributes(),
                                  pointersTo(arguments).data(), pointersTo(environment).data());
    ::close(ends[1]);
    socket_ = ends[0];
    if (error != 0) {
        ::close(socket_);
        failed("non può essere avviato", error);
    }
    fcntl(socket_, F_SETFL, fcntl(socket_, F_GETFL) | O_NONBLOCK);
}

ProcessoStampa::~ProcessoStampa()
{
    ::close(socket_);
    endWithin(kFarewell);
}

std::string ProcessoStampa::exchange(const std::string& line, std::chrono::milliseconds patience)
{
    const Deadline deadline = std::chrono::steady_clock::now() + patience;
    send(line + '\n', deadline);
    return receive(deadline);
}

bool ProcessoStampa::ready() const
{
    // Between two documents a living worker says nothing; a dead one's socket reads as ended.
    pollfd watched{socket_, POLLIN, 0};
    return ::poll(&watched, 1, 0) == 0;
}

void ProcessoStampa::kill()
{
    ::kill(pid_, SIGKILL);
}

void ProcessoStampa::send(const std::string& line, Deadline deadline)
{
    std::string_view rest = line;
    while (!rest.empty()) {
        await(POLLOUT, deadline);
        const ssize_t count = ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (count >= 0)
            rest.remove_prefix(static_cast<std::size_t>(count));
        else if (errno != EAGAIN && errno != EINTR)
            throw ProcessoInterrotto(kInterrotto);
    }
}

std::string ProcessoStampa::receive(Deadline deadline)
{
    std::string answer;
    while (!answer.ends_with('\n')) {
        await(POLLIN, deadline);
        std::array<char, 4096> buffer{};
        const ssize_t count = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (count > 0)
            answer.append(buffer.data(), static_cast<std::size_t>(count));
        else if (count == 0 || (errno != EAGAIN && errno != EINTR))
            throw ProcessoInterrotto(kInterrotto);
    }
    return answer;
}

void ProcessoStampa::await(short events, Deadline deadline)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        pollfd watched{socket_, events, 0};
        const int ready = ::poll(&watched, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (ready > 0)
            return;
        if (ready == 0)
            throw StampaFallita(CausaStampa::Transitoria, "Il programma di stampa dei documenti non risponde.");
        if (errno != EINTR)
            failed("non risponde", errno);
    }
}

// A worker whose input has ended leaves by itself; one that does not is made to.
void ProcessoStampa::endWithin(std::chrono::milliseconds patience)
{
    const Deadline deadline = std::chrono::steady_clock::now() + patience;
    int status = 0;
    while (::waitpid(pid_, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() >= deadline) {
            kill();
            while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
            }
            return;
        }
        std::this_thread::sleep_for(kFarewellStep);
    }
}

}
