#include "server/http/stored_file.h"

#include "server/rooms.h"

namespace sdc::http {

Response storedFile(const Context& context, const std::string& sha256, const NomeFile& nome)
{
    std::filesystem::path path = context.files().path(sha256);
    Misure& misure = context.rooms.misure();
    if (!std::filesystem::exists(path)) {
        misure.missing(context.ente().slug, sha256);
        throw FileMancante();
    }
    misure.found(context.ente().slug, sha256);
    return download(std::move(path), nome.nome, nome.tipo);
}

}
