#include "core/documenti/documento_json.h"
#include "server/documents/caratteri.h"
#include "server/documents/foglio.h"
#include "server/documents/righe.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QGuiApplication>
#include <QLoggingCategory>

#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>

namespace sdc::documents {

namespace {

using nlohmann::json;

constexpr std::size_t kMostRequestBytes = 4U * 1024 * 1024;
constexpr rlim_t kMostMemoryBytes = 512UL * 1024 * 1024;
constexpr rlim_t kMostFileBytes = 256UL * 1024 * 1024;
// Beyond every patience of the caller: ends a worker whose caller died while it printed.
constexpr unsigned kMostSecondsPerRequest = 120;

void limit(decltype(RLIMIT_CORE) resource, rlim_t most)
{
    const rlimit value{most, most};
    if (setrlimit(resource, &value) != 0)
        throw std::runtime_error("setrlimit");
}

// The address sanitizer reserves terabytes of addresses.
void limitMyself()
{
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, kMostFileBytes);
#ifndef __SANITIZE_ADDRESS__
    limit(RLIMIT_AS, kMostMemoryBytes);
#endif
}

/// The disk does not do its part, as it will again.
class Disco : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Remembers that something could not be written: Qt's writer of PDF looks at no answer, and QFile forgets its fault
/// with the next write.
class Uscita : public QFile
{
public:
    using QFile::QFile;

    bool lost() const { return lost_; }

protected:
    qint64 writeData(const char* data, qint64 size) override
    {
        const qint64 written = QFile::writeData(data, size);
        lost_ = lost_ || written != size;
        return written;
    }

private:
    bool lost_ = false;
};

void moveIntoPlace(Uscita& file, const std::string& target)
{
    const std::string temporary = file.fileName().toStdString();
    if (file.lost() || !file.flush() || ::fsync(file.handle()) != 0)
        throw Disco("Non è stato possibile scrivere il documento sul disco.");
    file.close();
    if (std::rename(temporary.c_str(), target.c_str()) != 0)
        throw Disco("Non è stato possibile dare al documento il suo nome definitivo.");
}

json print(const json& request, Caratteri& caratteri)
{
    caratteri.require();
    const auto target = request.at("file").get<std::string>();
    const auto documento = request.at("documento").get<Documento>();
    Uscita file(QString::fromStdString(target) + QStringLiteral(".tmp"));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        throw Disco("Non è possibile scrivere nella cartella dei documenti.");
    const int pages = paint(documento, caratteri, file);
    moveIntoPlace(file, target);
    json answer{{"ok", true}, {"pagine", pages}};
    for (const QString& code : caratteri.takeSostituiti())
        answer["sostituiti"].push_back(code.toStdString());
    return answer;
}

/// `causa`: "dati" where this document will never pass, "transitoria", or "configurazione".
json refusal(const char* causa, const std::string& sentence)
{
    return {{"ok", false}, {"causa", causa}, {"errore", sentence}};
}

json answerTo(const Riga& riga, Caratteri& caratteri)
{
    if (riga.tooLong)
        return refusal("dati", "Il documento è troppo grande per essere stampato.");
    try {
        return print(json::parse(riga.text), caratteri);
    } catch (const json::exception&) {
        return refusal("dati", "La richiesta di stampa non è leggibile.");
    } catch (const std::bad_alloc&) {
        return refusal("dati", "Il documento è troppo grande per essere stampato.");
    } catch (const Disco& error) {
        return refusal("transitoria", error.what());
    } catch (const CaratteriMancanti& error) {
        return refusal("configurazione", error.what());
    } catch (const std::exception& error) {
        return refusal("dati", error.what());
    }
}

void serve()
{
    Caratteri caratteri;
    Righe righe(STDIN_FILENO, kMostRequestBytes);
    while (const auto riga = righe.next()) {
        alarm(kMostSecondsPerRequest);
        const std::string answer = answerTo(*riga, caratteri).dump(-1, ' ', false, json::error_handler_t::replace);
        alarm(0);
        std::puts(answer.c_str());
        std::fflush(stdout);
    }
}

}

}

int main(int argc, char* argv[])
{
    try {
        sdc::documents::limitMyself();
        qputenv("QT_QPA_PLATFORM", "offscreen");
        // Qt warns of a desktop that a worker has not; failures are answered on the standard output.
        QLoggingCategory::setFilterRules(QStringLiteral("default.warning=false"));
        const QGuiApplication application(argc, argv);
        sdc::documents::serve();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "stanza-stampa: %s\n", error.what());
        return 1;
    }
}
