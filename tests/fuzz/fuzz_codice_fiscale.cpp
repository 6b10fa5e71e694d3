#include "core/cittadino/codice_fiscale.h"

#include <cstdint>
#include <cstdlib>
#include <string>

/// What is taken is taken again as it is said.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto read = sdc::CodiceFiscale::parse(text);
    if (read && (read->text().size() != 16 || !sdc::CodiceFiscale::parse(read->text())))
        std::abort();
    return 0;
}
