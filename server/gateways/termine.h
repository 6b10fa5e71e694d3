#pragma once

#include <sys/socket.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace sdc::gateways {

/// Breaks a line when the time for one exchange is over; who waits at it is told that it broke.
class Termine
{
public:
    Termine(int line, std::chrono::seconds most) : thread_([=](const std::stop_token& stop) { wait(stop, line, most); })
    {
    }

private:
    static void wait(const std::stop_token& stop, int line, std::chrono::seconds most)
    {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any ended;
        ended.wait_for(lock, stop, most, [] { return false; });
        if (!stop.stop_requested())
            ::shutdown(line, SHUT_RDWR);
    }

    std::jthread thread_;
};

}
