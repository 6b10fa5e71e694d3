#include "server/store/servizi.h"
#include "server/partner/handlers.h"

#include <nlohmann/json.hpp>

namespace sdc::partner {

http::Response status(const http::Request&, Context&)
{
    return http::json(R"({"status":"ok","version":"v1.0"})");
}

http::Response services(const http::Request&, Context& context)
{
    auto services = nlohmann::json::array();
    for (const store::VoceServizio& servizio : store::servizi(context.database())) {
        if (servizio.attivazione == Attivazione::Attivo)
            services.push_back({{"name", servizio.nome},
                                {"slug", servizio.slug},
                                {"category", servizio.categoria},
                                {"description", servizio.descrizioneBreve}});
    }
    return http::json(services.dump());
}

}
