#pragma once

#include <Poco/AutoPtr.h>
#include <Poco/Channel.h>
#include <Poco/Logger.h>
#include <Poco/Message.h>

#include <mutex>
#include <string>
#include <vector>

namespace sdc::tests {

/// Hears what is logged as long as it lives.
class Heard
{
public:
    Heard() { Poco::Logger::get("stanza").setChannel(channel_); }
    ~Heard() { Poco::Logger::get("stanza").setChannel(nullptr); }
    Heard(const Heard&) = delete;
    Heard& operator=(const Heard&) = delete;

    /// The lines that hold all of these words.
    std::vector<std::string> lines(const std::vector<std::string>& words = {}) const
    {
        std::vector<std::string> all;
        const std::lock_guard lock(channel_->mutex);
        for (const std::string& line : channel_->lines) {
            bool fits = true;
            for (const std::string& word : words)
                fits = fits && line.find(word) != std::string::npos;
            if (fits)
                all.push_back(line);
        }
        return all;
    }
    std::size_t count(const std::vector<std::string>& words = {}) const { return lines(words).size(); }

private:
    struct Keeping : Poco::Channel
    {
        void log(const Poco::Message& message) override
        {
            const std::lock_guard lock(mutex);
            lines.push_back(message.getText());
        }
        mutable std::mutex mutex;
        std::vector<std::string> lines;
    };

    Poco::AutoPtr<Keeping> channel_{new Keeping};
};

}
