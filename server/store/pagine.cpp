#include "server/store/pagine.h"

#include "server/store/sql.h"

#include <sodium.h>

namespace sdc::store {

std::string versionePagine(Reader& reader)
{
    long long version = 0;
    Sql sql(reader, "SELECT valore FROM contatori WHERE nome = 'pagine'");
    sql.into(version).next();
    return std::to_string(version);
}

void changePagine(Transaction& transaction)
{
    // By chance, not by counting: a count would come again after a restore, with other pages.
    long long version = 0;
    randombytes_buf(&version, sizeof version);
    Sql(transaction, R"(INSERT INTO contatori (nome, valore) VALUES ('pagine', :valore)
                        ON CONFLICT (nome) DO UPDATE SET valore = excluded.valore)")
        .use("valore", version)
        .run();
}

}
