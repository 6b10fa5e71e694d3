#include "core/base/error.h"
#include "server/http/form.h"
#include "tests/fuzz/mondo.h"

#include <cstdint>

using namespace sdc;

/// The first line is the Content-Type, the rest a body; whatever it is becomes fields and files, or Invalid.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static fuzz::Mondo mondo;
    static http::SpoolRoom spools;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto line = std::min(text.find('\n'), text.size());
    const std::string body = text.substr(std::min(line + 1, text.size()));
    const auto length = static_cast<std::int64_t>(body.size());
    http::Spool spool(length, {mondo.folder(), spools, "fuzz"});
    spool.append(body);
    Context context = mondo.context();
    http::SpooledBody spooled(length, text.substr(0, line), spool);
    http::Request request;
    try {
        spooled.read(request, http::Carries::Files, context, "parola");
    } catch (const Refusal&) {
    }
    return 0;
}
