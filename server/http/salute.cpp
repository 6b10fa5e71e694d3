#include "server/http/salute.h"

#include "server/salute.h"

#include <fstream>
#include <iterator>

namespace sdc::http {
namespace {

Response description(const Context& context, const char* name)
{
    std::ifstream stream(context.config.risorse / "openapi" / name, std::ios::binary);
    Response response{200, {}, std::string{std::istreambuf_iterator<char>(stream), {}}};
    return response.header("Content-Type", "application/yaml");
}

}

Response stato(const Request&, Context&)
{
    return json(R"({"stato":"ok","versione":")" SDC_VERSION R"("})");
}

Response metriche(const Request&, Context& context)
{
    Response response{200, {}, salute::figures(context)};
    return response.header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
}

Response openapiOperatori(const Request&, Context& context)
{
    return description(context, "operatori.yaml");
}

Response openapiPartner(const Request&, Context& context)
{
    return description(context, "partner.yaml");
}

}
