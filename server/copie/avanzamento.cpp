#include "server/copie/avanzamento.h"

#include <unistd.h>

#include <iostream>

namespace sdc::copie {
namespace {

constexpr std::chrono::milliseconds kPause{200};
constexpr const char* kEraseLine = "\r\033[K";

}

Avanzamento::Avanzamento() : watched_(::isatty(STDERR_FILENO) == 1) {}

Avanzamento::~Avanzamento()
{
    if (watched_ && !what_.empty())
        std::cerr << kEraseLine << std::flush;
}

void Avanzamento::show(const std::string& text)
{
    if (!watched_)
        return;
    shown_ = std::chrono::steady_clock::now();
    std::cerr << kEraseLine << text << std::flush;
}

void Avanzamento::step(const std::string& what)
{
    what_ = what;
    done_ = 0;
    show(what_ + "...");
}

void Avanzamento::tick(long long all)
{
    ++done_;
    if (watched_ && std::chrono::steady_clock::now() - shown_ > kPause)
        show(what_ + ": " + std::to_string(done_) + " di " + std::to_string(all));
}

}
