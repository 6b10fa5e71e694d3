#pragma once

#include "app/api/reply.h"

#include <QByteArray>
#include <QStringList>

class QNetworkReply;

namespace sdc::app {

/// Tells in plain Italian why a finished request failed; `body` is what the server wrote, `faults` its TLS faults.
Error errorFrom(const QNetworkReply& reply, const QByteArray& body, const QStringList& faults);
/// The answer arrived whole, but is not what the API promises.
Error unreadableAnswer();
/// The answer is larger than anything the API sends.
Error oversizedAnswer();

}
