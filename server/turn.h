#pragma once

#include "core/base/error.h"

#include <chrono>
#include <semaphore>

namespace sdc {

/// Too many at once: try again in a moment (503).
class Busy : public Refusal
{
public:
    Busy() : Refusal("Il server è molto occupato in questo momento: riprova tra qualche secondo.") {}
};

/// How many works of a costly kind go on at once; one for each kind in the process, since it guards the machine.
using Turns = std::counting_semaphore<2>;

/// A place among those works. Throws Busy where none came free in two seconds: who waits holds a connection's thread.
class Turn
{
public:
    explicit Turn(Turns& turns) : turns_(turns)
    {
        if (!turns_.try_acquire_for(std::chrono::seconds{2}))
            throw Busy();
    }
    ~Turn() { turns_.release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    Turns& turns_;
};

}
