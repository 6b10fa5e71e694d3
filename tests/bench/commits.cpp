#include "tests/bench/commits.h"

#include "server/store/sql.h"

#include <chrono>

namespace sdc::bench {

double commitsPerSecond(const std::filesystem::path& cartella, const std::string& postgresql, int secondi)
{
    using Clock = std::chrono::steady_clock;
    const auto storage =
        postgresql.empty() ? store::Storage::sqlite(cartella) : store::Storage::postgresql(postgresql, 2);
    const auto database = storage.ente("misura");
    database->lease().session().execute("CREATE TABLE IF NOT EXISTS scritture (numero BIGINT, testo TEXT)");
    const auto begin = Clock::now();
    long long count = 0;
    for (; Clock::now() - begin < std::chrono::seconds{secondi}; ++count) {
        store::Transaction transaction(*database);
        store::Sql(transaction, "INSERT INTO scritture (numero, testo) VALUES (:numero, :testo)")
            .use("numero", count)
            .use("testo", "una riga come tante")
            .run();
        transaction.commit();
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    database->lease().session().execute("DROP TABLE scritture");
    return static_cast<double>(count) / seconds;
}

}
