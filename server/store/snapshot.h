#pragma once

#include "server/store/database.h"

#include <chrono>

namespace sdc::store {

/// Reads of one moment: what several statements see through it belongs together, whatever is committed meanwhile.
class Snapshot final : public Reader
{
public:
    explicit Snapshot(Database& database);
    /// For who waits no longer than this for a session.
    Snapshot(Database& database, std::chrono::milliseconds patience);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    Lease lease() override;
    Kind kind() const override { return kind_; }
    DefinizioniLette& definizioni() override { return definizioni_; }

private:
    Kind kind_;
    DefinizioniLette& definizioni_;
    Lease lease_;
};

}
