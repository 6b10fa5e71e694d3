#pragma once

#include <chrono>
#include <string>

namespace sdc::copie {

/// How far a long work is, on standard error where somebody looks at it; silent in a log or a pipe.
class Avanzamento
{
public:
    Avanzamento();
    ~Avanzamento();
    Avanzamento(const Avanzamento&) = delete;
    Avanzamento& operator=(const Avanzamento&) = delete;

    /// What is done now.
    void step(const std::string& what);
    /// One more of `all` is done.
    void tick(long long all);

private:
    void show(const std::string& text);

    bool watched_;
    std::string what_;
    long long done_ = 0;
    std::chrono::steady_clock::time_point shown_{};
};

}
