#pragma once

#include "core/base/error.h"

#include <atomic>
#include <chrono>
#include <semaphore>

namespace sdc {

/// Too many at once: try again in a moment (503).
class Busy : public Refusal
{
public:
    Busy() : Refusal("Il server è molto occupato in questo momento: riprova tra qualche secondo.") {}
};

/// Works of a costly kind: two go on at once and a few wait; one for each kind in the process, since it guards the
/// machine.
class Turns
{
public:
    /// Whether a place came free within the time; at once where others wait already, as many as may: each holds a
    /// connection's thread, and of these there are to be enough for who asks for something else.
    bool acquire(std::chrono::milliseconds patience)
    {
        constexpr int kWaiting = 8;
        if (places_.try_acquire())
            return true;
        const bool may = waiting_.fetch_add(1) < kWaiting;
        const bool got = may && places_.try_acquire_for(patience);
        waiting_.fetch_sub(1);
        return got;
    }
    void release() { places_.release(); }

private:
    std::counting_semaphore<2> places_{2};
    std::atomic<int> waiting_ = 0;
};

/// A place among those works. Throws Busy where none came free in two seconds, or too many wait.
class Turn
{
public:
    explicit Turn(Turns& turns) : turns_(turns)
    {
        if (!turns_.acquire(std::chrono::seconds{2}))
            throw Busy();
    }
    ~Turn() { turns_.release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    Turns& turns_;
};

}
