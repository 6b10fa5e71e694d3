#include "server/store/snapshot.h"

#include "server/store/session.h"

namespace sdc::store {

Snapshot::Snapshot(Database& database) : Snapshot(database, kLongestWait) {}

Snapshot::Snapshot(Database& database, std::chrono::milliseconds patience)
    : kind_(database.kind()),
      definizioni_(database.definizioni()),
      lease_(database.lease(patience))
{
    // SQLite's snapshot begins with the first read and takes no lock that a writer would wait for.
    lease_.session().execute(kind_ == Kind::Sqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

Snapshot::~Snapshot()
{
    lease_.session().rollBack();
}

Lease Snapshot::lease()
{
    return {lease_.session()};
}

}
