#pragma once

#include "core/base/error.h"
#include "server/context.h"
#include "server/http/message.h"

#include <string>

namespace sdc::http {

/// A row names a file that is not there (500). It is counted and logged; once the file is back it can be had again.
class FileMancante : public Refusal
{
public:
    FileMancante() : Refusal("Il file non è al momento disponibile: il comune è stato avvisato.") {}
};

/// How people know a stored file: its name, and its media type.
struct NomeFile
{
    std::string nome;
    std::string tipo;
};

/// A file of the ente, for download. Throws FileMancante.
Response storedFile(const Context& context, const std::string& sha256, const NomeFile& nome);

}
