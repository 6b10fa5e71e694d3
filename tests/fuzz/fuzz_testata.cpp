#include "server/http/exchange.h"
#include "tests/fuzz/mondo.h"

#include <cstdint>
#include <cstdlib>

using namespace sdc;

namespace {

std::optional<http::Response> open(const http::Request&, Context&)
{
    return std::nullopt;
}

/// Cookies, query and address, as a handler finds them.
http::Response tell(const http::Request& request, Context&)
{
    std::string text = request.target() + request.address + http::networkOf(request.address);
    for (const auto& [name, value] : request.cookies)
        text += name + "=" + value;
    for (const auto& [name, value] : request.query)
        text += name + "=" + value;
    return http::seeOther("/" + text);
}

http::Response page(const http::Request&, Context&, int status, const std::string& message)
{
    return http::html(message, status);
}

constexpr http::Route kRoutes[] = {{"GET", "/", http::Carries::Nothing, open, tell},
                                   {"POST", "/", http::Carries::Form, open, tell}};
constexpr http::Table kTable{kRoutes, page, [](const http::Request&, Context&, http::Response&) {}};

}

/// A head, to its empty line: what comes back is one head, whatever its cookies and lines hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static fuzz::Mondo mondo;
    static http::SpoolRoom spools;
    static http::EventHub events([](const std::string&, long long) { return std::vector<http::Event>{}; });
    static const http::Statics statics(mondo.folder());
    Context context = mondo.context();
    context.room = nullptr;
    const http::Shop shop{context, kTable, statics, events, spools};
    const std::string head = std::string(reinterpret_cast<const char*>(data), size) + "\r\n\r\n";
    try {
        const http::Exchange exchange(head, "127.0.0.1");
        exchange.staysOpen();
        exchange.waitsToSend();
        exchange.network(context.config);
        const http::Response answer = exchange.answer(shop, http::Spool{});
        if (exchange.endlessHead(answer, context.config).find("\r\n\r\n") == std::string::npos)
            std::abort();
    } catch (const http::BadHead&) {
    } catch (const http::BodyAwaited&) {
    }
    return 0;
}
