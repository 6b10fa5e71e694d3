#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/cittadino/cittadino.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sdc {

/// A file that a citizen uploaded; its bytes lie in the ente's files under their SHA-256.
struct Allegato
{
    Id<Allegato> id;
    Id<Cittadino> cittadino;
    std::string nome;
    std::string descrizione;
    /// Media type as found in the content, "application/pdf".
    std::string tipo;
    std::int64_t dimensione = 0;
    std::string sha256;
    Instant caricato;
};

/// Kinds of file that a field can ask for.
enum class TipoFile { Pdf, P7m, Jpeg, Png };

std::optional<TipoFile> tipoFileFromName(std::string_view name);
/// "PDF", "P7M", "JPEG", "PNG".
std::string_view name(TipoFile tipo);
std::string_view mediaType(TipoFile tipo);

/// The kind that the first bytes show, whatever the file's name says; nothing for kinds we do not take.
/// A .p7m is recognised as a DER SEQUENCE holding the signedData identifier (RFC 5652), or its PEM or base64 form.
std::optional<TipoFile> detectTipo(std::string_view firstBytes);

/// Whether the name's extension belongs to the kind (a signed PDF may be called x.pdf.p7m).
bool extensionMatches(std::string_view fileName, TipoFile tipo);

/// A file's own name, without folders, control characters and what no file system takes; never empty; at most 150
/// code points with its extension kept.
std::string cleanFileName(std::string_view posted);

}
