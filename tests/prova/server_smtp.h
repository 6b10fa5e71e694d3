#pragma once

#include <Poco/Net/TCPServerConnectionFactory.h>

#include "tests/prova/posta.h"

namespace sdc::prova {

/// Connections of a mail server (RFC 5321 with SIZE and 8BITMIME) that puts everything into the letterbox.
class ConnessioniSmtp : public Poco::Net::TCPServerConnectionFactory
{
public:
    explicit ConnessioniSmtp(CassettaPostale& cassetta) : cassetta_(cassetta) {}

    Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override;

private:
    CassettaPostale& cassetta_;
};

}
