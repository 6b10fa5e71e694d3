#pragma once

#include <Poco/Net/HTTPRequestHandlerFactory.h>

#include <filesystem>

#include "tests/prova/posta.h"

namespace sdc::prova {

/// The letterbox in a browser, and as JSON under /api/mail.
class Pagine : public Poco::Net::HTTPRequestHandlerFactory
{
public:
    Pagine(CassettaPostale& cassetta, std::filesystem::path templates);

    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest& request) override;

private:
    CassettaPostale& cassetta_;
    std::filesystem::path templates_;
};

}
