#pragma once

#include "server/rooms.h"
#include "server/store/migrations.h"
#include "tests/support/makers.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"
#include "tests/support/words.h"

#include <QProcess>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace sdc::tests {

inline constexpr int kMilliseconds = 60000;

struct Uscita
{
    int status = -1;
    QString text;
};

/// stanza-server as it ships, with a configuration of its own outside its data.
class Programma
{
public:
    explicit Programma(const Config& config)
    {
        std::string text = "[server]\ncartella = " + config.cartella.string() + "\n";
        if (config.database == TipoDatabase::Postgresql)
            text += "[database]\ntipo = postgresql\npostgresql = " + config.postgresql + "\n";
        ini_ = folder_.write("stanza.ini", text).string();
    }

    /// Begins a command; the caller waits for it.
    std::unique_ptr<QProcess> start(const std::vector<std::string>& words, void (*before)() = nullptr) const
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::MergedChannels);
        if (before != nullptr)
            process->setChildProcessModifier(before);
        QStringList arguments{QStringLiteral("--config"), q(ini_)};
        for (const std::string& word : words)
            arguments << q(word);
        process->start(QStringLiteral(SDC_BIN_DIR "/stanza-server"), arguments);
        return process;
    }

    Uscita run(const std::vector<std::string>& words, void (*before)() = nullptr) const
    {
        return end(*start(words, before));
    }

    static Uscita end(QProcess& process)
    {
        process.waitForFinished(kMilliseconds);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                QString::fromUtf8(process.readAll())};
    }

private:
    Folder folder_;
    std::string ini_;
};

/// The command for who knows that no number was given after the backup.
inline std::vector<std::string> ripristina(const std::filesystem::path& copia,
                                           const std::vector<std::string>& more = {})
{
    std::vector<std::string> words{"ripristina", "--da", copia.string(), "--numeri-certi"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

/// An empty place to restore to.
struct Vuoto
{
    explicit Vuoto(const QString& database)
    {
        config.cartella = folder.path() / "dati";
        if (database == "postgresql") {
            postgresql = std::make_unique<PostgresqlDatabase>();
            config.database = TipoDatabase::Postgresql;
            config.postgresql = postgresql->connection();
        }
    }
    std::unique_ptr<Rooms> rooms() const
    {
        return std::make_unique<Rooms>(config, [] { return instant("2026-11-24T10:00:00Z"); });
    }
    int version(const std::string& ente) const { return store::appliedVersion(*openStorage(config).ente(ente)); }
    /// Whether nothing of an ente was put there.
    bool isUntouched() const
    {
        const bool files = std::filesystem::exists(config.cartella / "enti") ||
                           std::filesystem::exists(config.cartella / "catalogo.sqlite");
        if (!postgresql)
            return !files;
        const auto schemi = store::Storage::postgresql(postgresql->connection(), 2).schemi();
        return !files && numberOf(*schemi, "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'ente%'") == 0;
    }

    Folder folder;
    std::unique_ptr<PostgresqlDatabase> postgresql;
    Config config;
};

}
