#pragma once

#include "server/actions/compila.h"
#include "server/actions/lavora.h"
#include "server/actions/protocolla.h"
#include "server/actions/submit.h"
#include "server/store/pratiche.h"
#include "server/store/sql.h"
#include "tests/server/copie/programma.h"
#include "tests/support/world.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace sdc::tests {

inline std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            files.push_back(entry.path());
    }
    return files;
}

inline std::string contentOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline void write(const std::filesystem::path& file, const std::string& content)
{
    std::ofstream(file, std::ios::binary) << content;
}

inline void flipByte(const std::filesystem::path& file)
{
    std::string content = contentOf(file);
    content[content.size() / 2] = static_cast<char>(content[content.size() / 2] ^ 1);
    write(file, content);
}

/// A server with somebody who asks, somebody who answers, and a folder for backups.
struct Comune : World
{
    explicit Comune(const QString& database)
        : World(database),
          programma(config()),
          anna(addOperatore(makeOperatore("anna"))),
          mario(addCittadino(makeCittadino()))
    {
    }

    /// Sent with a file of its own, registered, and decided.
    Id<Pratica> decisa(const Cittadino& cittadino, const std::string& testo)
    {
        Context asking = as(cittadino);
        auto id = makeBozza(cittadino);
        actions::addFile(asking, id, "documento", file("a.pdf", "%PDF-1.4\n" + testo));
        actions::submit(asking, id, store::pratica(database(), id).versione());
        actions::assignProtocollo(context(), id);
        Context working = as(anna);
        actions::takeCharge(working, id);
        actions::decide(working, id,
                        {{Decisione::Rigetta, "Mancano i requisiti."},
                         "decisione-" + id.text(),
                         {},
                         store::pratica(database(), id).versione()});
        return id;
    }
    /// The files that the rows name.
    std::vector<std::filesystem::path> named() const
    {
        std::vector<std::filesystem::path> files = filesIn(folder().path() / "enti" / "prova" / "allegati");
        std::erase_if(files, [](const std::filesystem::path& file) { return file.filename().string().size() != 64; });
        return files;
    }
    /// The new backup.
    std::filesystem::path copia(std::vector<std::string> more = {})
    {
        std::vector<std::string> words{"backup", "--in", copie.path().string()};
        words.insert(words.end(), more.begin(), more.end());
        const Uscita uscita = programma.run(words);
        if (uscita.status != 0)
            throw std::runtime_error(uscita.text.toStdString());
        return firstLine(uscita.text);
    }
    static std::filesystem::path firstLine(const QString& text)
    {
        return text.section('\n', 0, 0).section(QStringLiteral(": "), 1).toStdString();
    }

    Folder copie;
    Programma programma;
    Operatore anna;
    Cittadino mario;
};

inline std::filesystem::path anyFile(const std::filesystem::path& copia)
{
    return filesIn(copia / "enti" / "prova" / "allegati").front();
}

inline void execute(store::Database& database, const char* sql)
{
    store::Transaction transaction(database);
    store::Sql(transaction, sql).run();
    transaction.commit();
}

}
