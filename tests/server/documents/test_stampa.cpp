#include "server/documents/stampa.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QPainter>
#include <QPdfWriter>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>
#include <sys/wait.h>

#include <atomic>
#include <memory>
#include <thread>

using namespace sdc;
using namespace sdc::documents;
using namespace std::chrono_literals;

namespace {

constexpr auto kWorker = SDC_BIN_DIR "/stanza-stampa";

struct Uscita
{
    int code;
    QString text;
};

Uscita run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(120000))
        return {-1, process.errorString()};
    return {process.exitCode(), QString::fromUtf8(process.readAll())};
}

Uscita preflight(const QStringList& files)
{
    return run(QStringLiteral(SDC_SOURCE_DIR "/tests/support/pdfa_check.sh"), files);
}

QString wordsOf(const QString& file)
{
    return run(QStringLiteral("pdftotext"),
               {QStringLiteral("-enc"), QStringLiteral("UTF-8"), file, QStringLiteral("-")})
        .text.simplified();
}

/// Why the document is not printed.
CausaStampa causeOf(Stampa& stampa, const Documento& documento, const std::filesystem::path& file)
{
    try {
        stampa.print(documento, file);
    } catch (const StampaFallita& failure) {
        return failure.causa();
    }
    throw std::logic_error("printed");
}

/// The worker processes of this test, found as its children.
QList<pid_t> workers()
{
    QList<pid_t> found;
    for (const QString& task : QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile list(QStringLiteral("/proc/self/task/%1/children").arg(task));
        if (!list.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray& pid : list.readAll().simplified().split(' ')) {
            if (!pid.isEmpty())
                found.append(pid.toInt());
        }
    }
    return found;
}

Documento letter()
{
    return {"Lettera di prova",
            "Comune di Rovereto",
            {Paragrafo{{{"Spett.le\n"}, {"Comune di Rovereto", true}}, Allineamento::Destra},
             Intestazione{"OGGETTO: PERCHÉ LA LIBERTÀ COSTA 16,00 €", 1},
             Paragrafo{{{"Il sottoscritto "}, {"Renzo Tramaglino", true}, {" è nato a Lecco."}}},
             Paragrafo{{{"chiede", true}}, Allineamento::Centro}, Elenco{{"primo documento", "secondo documento"}},
             Intestazione{"Dati", 2}, Tabella{{{"Etichetta", "valore"}, {"Nota", "riga uno\nriga due"}}}}};
}

Documento longTable(int rows)
{
    Tabella tabella;
    for (int row = 0; row < rows; ++row)
        tabella.righe.emplace_back("Campo " + std::to_string(row), "Valore " + std::to_string(row));
    return {"Tabella", "Comune di Rovereto", {std::move(tabella)}};
}

}

class TestStampa : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void printsTheWordsInOrder();
    void embedsEveryFont();
    void makesValidPdfA();
    void tellsAPlainPdfFromAPdfA();
    void numbersThePages();
    void namesTheDocumentInItsMetadata();
    void survivesTextOfEveryKind();
    void replacesCharactersNoFontHas();
    void printsNothingWithoutItsFonts();
    void takesMarkupForText();
    void startsAnotherWorkerWhenOneWasKilled();
    void reportsAWorkerThatIsSilent();
    void reportsAWorkerThatDiesOfADocument();
    void reportsAWorkerThatIsMissing();
    void reportsAFolderThatIsMissing();
    void refusesADocumentThatIsTooLarge();
    void sendsAnIdleWorkerHome();
    void leavesNoProcessBehind();
    void printsForManyThreads();

private:
    QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }
    std::filesystem::path file(const char* name) const { return path(name).toStdString(); }

    std::unique_ptr<QTemporaryDir> folder_;
};

void TestStampa::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(folder_->isValid());
}

void TestStampa::printsTheWordsInOrder()
{
    Stampa stampa(kWorker);

    const Stampato stampato = stampa.print(letter(), file("a.pdf"));

    QCOMPARE(stampato.pagine, 1);
    QVERIFY(stampato.sostituiti.empty());
    QCOMPARE(
        wordsOf(path("a.pdf")),
        QString::fromUtf8("Spett.le Comune di Rovereto OGGETTO: PERCHÉ LA LIBERTÀ COSTA 16,00 € Il sottoscritto Renzo "
                          "Tramaglino è nato a Lecco. chiede • primo documento • secondo documento Dati Etichetta "
                          "valore Nota riga uno riga due Comune di Rovereto Pagina 1 di 1"));
    QVERIFY(!QFile::exists(path("a.pdf.tmp")));
}

void TestStampa::embedsEveryFont()
{
    Stampa stampa(kWorker);
    stampa.print(letter(), file("a.pdf"));

    const QStringList lines = run(QStringLiteral("pdffonts"), {path("a.pdf")}).text.split(u'\n', Qt::SkipEmptyParts);

    QVERIFY(lines.size() > 2);
    for (const QString& line : lines.mid(2))
        QVERIFY2(line.contains(QStringLiteral(" yes ")), qPrintable(line));
}

void TestStampa::makesValidPdfA()
{
    Stampa stampa(kWorker);
    stampa.print(letter(), file("letter.pdf"));
    stampa.print({}, file("empty.pdf"));
    stampa.print({"", "", {Paragrafo{}, Elenco{}, Tabella{}, Intestazione{}, Tabella{{{"", ""}}}}}, file("blank.pdf"));
    stampa.print(longTable(2000), file("long.pdf"));

    const Uscita check = preflight({path("letter.pdf"), path("empty.pdf"), path("blank.pdf"), path("long.pdf")});

    QVERIFY2(check.code == 0, qPrintable(check.text));
}

// Without this the check above could be blind.
void TestStampa::tellsAPlainPdfFromAPdfA()
{
    {
        QPdfWriter writer(path("plain.pdf"));
        QPainter painter(&writer);
        painter.drawText(300, 300, QStringLiteral("niente PDF/A"));
    }
    QCOMPARE(preflight({path("plain.pdf")}).code, 1);
}

void TestStampa::numbersThePages()
{
    Stampa stampa(kWorker);

    const int pages = stampa.print(longTable(60), file("a.pdf")).pagine;

    QCOMPARE(pages, 2);
    const QString words = wordsOf(path("a.pdf"));
    QVERIFY(words.contains(QStringLiteral("Pagina 1 di 2")));
    QVERIFY(words.contains(QStringLiteral("Pagina 2 di 2")));
    for (int row = 0; row < 60; ++row)
        QVERIFY(words.contains(QStringLiteral("Valore %1").arg(row)));
}

void TestStampa::namesTheDocumentInItsMetadata()
{
    Stampa stampa(kWorker);
    Documento documento = letter();
    documento.titolo = "Perché no: \"Lettera\" (1)";
    stampa.print(documento, file("a.pdf"));

    const QString info = run(QStringLiteral("pdfinfo"), {path("a.pdf")}).text;

    QVERIFY2(info.contains(QString::fromUtf8("Perché no: \"Lettera\" (1)")), qPrintable(info));
    QVERIFY2(info.contains(QStringLiteral("(A4)")), qPrintable(info));
    QCOMPARE(preflight({path("a.pdf")}).code, 0);
}

void TestStampa::survivesTextOfEveryKind()
{
    Stampa stampa(kWorker);
    const Documento documento{
        "עברית",
        "Κέρκυρα",
        {Paragrafo{{{"שלום עולם 123 العربية السلام عليكم Ελληνικά Кириллица e\u0301 q\u0323\u0307 ﬁ ﬂ"}}},
         Paragrafo{{{std::string(50000, 'x')}}}, Paragrafo{{{std::string("a\0b\x01\x7f\r\n\tc\xff\xfe", 11)}}},
         Paragrafo{{{"\u00ad\u200b\u200d\u2060\ufeff\u2028\ufffc\ufdd0"}}}, Elenco{{std::string(3000, 'y')}},
         Tabella{{{std::string(9000, 'W'), "corto"}, {"corto", std::string(90000, 'i')}}},
         Intestazione{std::string(2000, 'M'), 9}, Intestazione{"zero", -4}}};

    stampa.print(documento, file("a.pdf"));

    const Uscita check = preflight({path("a.pdf")});
    QVERIFY2(check.code == 0, qPrintable(check.text));
    QVERIFY(wordsOf(path("a.pdf")).count(u'i') >= 90000);
}

void TestStampa::replacesCharactersNoFontHas()
{
    Stampa stampa(kWorker);

    const Stampato stampato = stampa.print({"漢", "字", {Paragrafo{{{"prima 漢字 dopo \U0001D11E"}}}}}, file("a.pdf"));

    QCOMPARE(stampato.sostituiti, (std::vector<std::string>{"U+5B57", "U+6F22", "U+1D11E"}));
    QCOMPARE(preflight({path("a.pdf")}).code, 0);
    QVERIFY(wordsOf(path("a.pdf")).contains(QString::fromUtf8("prima \uFFFD\uFFFD dopo \uFFFD")));
    QVERIFY(stampa.print(letter(), file("b.pdf")).sostituiti.empty());
}

// A document of question marks would be registered, and never change afterwards.
void TestStampa::printsNothingWithoutItsFonts()
{
    QFile empty(path("fonts.conf"));
    QVERIFY(empty.open(QIODevice::WriteOnly));
    empty.write("<fontconfig><dir>/nessuna</dir></fontconfig>");
    empty.close();
    QProcess worker;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("FONTCONFIG_FILE"), path("fonts.conf"));
    worker.setProcessEnvironment(environment);
    worker.start(QString::fromLatin1(kWorker), {});
    worker.write(R"({"file":")" + path("a.pdf").toUtf8() +
                 R"(","documento":{"titolo":"t","autore":"a","blocchi":[]}})"
                 "\n");
    QVERIFY(worker.waitForReadyRead(30000));
    const QString answer = QString::fromUtf8(worker.readLine());
    QVERIFY2(answer.contains(QStringLiteral("Mancano i caratteri")), qPrintable(answer));
    QVERIFY2(answer.contains(QStringLiteral("\"causa\":\"configurazione\"")), qPrintable(answer));
    QVERIFY(!QFile::exists(path("a.pdf")));
    worker.closeWriteChannel();
    QVERIFY(worker.waitForFinished(5000));
}

void TestStampa::takesMarkupForText()
{
    Stampa stampa(kWorker);
    stampa.print({"t", "a", {Paragrafo{{{"<b>x</b> <img src=\"file:///etc/passwd\"> &amp;"}}}}}, file("a.pdf"));
    QVERIFY(wordsOf(path("a.pdf")).contains(QStringLiteral("<b>x</b> <img src=\"file:///etc/passwd\"> &amp;")));
}

void TestStampa::startsAnotherWorkerWhenOneWasKilled()
{
    Stampa stampa(kWorker);
    stampa.print(letter(), file("a.pdf"));
    QCOMPARE(workers().size(), 1);
    ::kill(workers().first(), SIGKILL);

    QCOMPARE(stampa.print(letter(), file("b.pdf")).pagine, 1);
    QCOMPARE(workers().size(), 1);
}

void TestStampa::reportsAWorkerThatIsSilent()
{
    Stampa stampa(kWorker, {3s, 60s});
    stampa.print(letter(), file("a.pdf"));
    ::kill(workers().first(), SIGSTOP);
    QElapsedTimer timer;
    timer.start();

    QVERIFY(causeOf(stampa, letter(), file("b.pdf")) == CausaStampa::Transitoria);

    QVERIFY(timer.elapsed() < 15000);
    QVERIFY(!QFile::exists(path("b.pdf")));
    QVERIFY(workers().isEmpty());
    QCOMPARE(stampa.print(letter(), file("c.pdf")).pagine, 1);
}

void TestStampa::reportsAWorkerThatDiesOfADocument()
{
    Stampa stampa("/bin/false");
    QVERIFY(causeOf(stampa, letter(), file("a.pdf")) == CausaStampa::Transitoria);
    QVERIFY(workers().isEmpty());
}

void TestStampa::reportsAWorkerThatIsMissing()
{
    Stampa stampa("/nessuno/stanza-stampa");
    QVERIFY(causeOf(stampa, letter(), file("a.pdf")) == CausaStampa::Configurazione);
}

void TestStampa::reportsAFolderThatIsMissing()
{
    Stampa stampa(kWorker);
    QVERIFY(causeOf(stampa, letter(), file("nessuna/a.pdf")) == CausaStampa::Transitoria);
    QCOMPARE(stampa.print(letter(), file("a.pdf")).pagine, 1);
}

void TestStampa::refusesADocumentThatIsTooLarge()
{
    Stampa stampa(kWorker);
    const Documento documento{"t", "a", {Paragrafo{{{std::string(5U << 20, 'x')}}}}};
    QVERIFY(causeOf(stampa, documento, file("a.pdf")) == CausaStampa::Dati);
    QCOMPARE(stampa.print(letter(), file("b.pdf")).pagine, 1);
}

void TestStampa::sendsAnIdleWorkerHome()
{
    Stampa stampa(kWorker, {30s, 100ms});
    stampa.print(letter(), file("a.pdf"));

    QTRY_VERIFY_WITH_TIMEOUT(workers().isEmpty(), 15000);

    QCOMPARE(stampa.print(letter(), file("b.pdf")).pagine, 1);
}

void TestStampa::leavesNoProcessBehind()
{
    {
        Stampa stampa(kWorker);
        stampa.print(letter(), file("a.pdf"));
        QCOMPARE(workers().size(), 1);
    }
    QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1);
}

void TestStampa::printsForManyThreads()
{
    Stampa stampa(kWorker);
    std::atomic<int> pages = 0;
    {
        std::vector<std::jthread> threads;
        for (int index = 0; index < 8; ++index) {
            threads.emplace_back([&, index] {
                for (int round = 0; round < 5; ++round)
                    pages += stampa.print(letter(), file(("t" + std::to_string(index * 5 + round)).c_str())).pagine;
            });
        }
    }
    QCOMPARE(pages.load(), 40);
    QCOMPARE(workers().size(), 1);
}

QTEST_MAIN(TestStampa)
#include "test_stampa.moc"
