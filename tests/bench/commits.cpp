#include "tests/bench/commits.h"

#include "server/store/sql.h"

#include <chrono>
#include <ctime>

namespace sdc::bench {

Commits measureCommits(const std::filesystem::path& cartella, const std::string& postgresql, int secondi)
{
    using Clock = std::chrono::steady_clock;
    const auto storage =
        postgresql.empty() ? store::Storage::sqlite(cartella) : store::Storage::postgresql(postgresql, 2);
    const auto database = storage.ente("misura");
    database->lease().session().execute("CREATE TABLE IF NOT EXISTS scritture (numero BIGINT, testo TEXT)");
    const auto begin = Clock::now();
    const std::clock_t cpu = std::clock();
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
    const double used = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    database->lease().session().execute("DROP TABLE scritture");
    return {static_cast<double>(count) / seconds, used * 1e6 / static_cast<double>(count)};
}

}
