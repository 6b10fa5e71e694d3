#pragma once

#include "server/store/database.h"

namespace sdc::store {

/// The next value of a counter; its row is locked until the transaction ends, so numbers follow the order of commits.
long long nextValue(Transaction& transaction, const char* counter);

}
