#pragma once

#include "server/http/router.h"

namespace sdc::http {

/// Every address of the server.
const Table& routes();
/// The addresses of the cards' door.
const Table& cardRoutes();
/// The addresses of the partners' own door: the same are among all.
const Table& partnerRoutes();

}
