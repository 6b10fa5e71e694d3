#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sdc::firme {

/// Who signed, as the certificate names them. Whether the authority behind it may be trusted is not checked here:
/// always to be shown as "catena non verificata".
struct Firma
{
    std::string firmatario;
    std::string emittente;
};

/// The signatures of a .p7m (CMS SignedData with its content, RFC 5652; DER, PEM or base64), each checked against the
/// content. Throws Invalid where it is no signature, is cut off or was tampered with.
std::vector<Firma> verify(const std::filesystem::path& p7m);

}
