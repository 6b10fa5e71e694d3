// The operators' program against a running server: its real windows, without a screen. Prints each measure in a line.
#include "app/pratiche/pratiche_table.h"
#include "app/pratiche/pratiche_view.h"
#include "tests/app/desk.h"
#include "tests/app/widgets.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QScrollBar>

#include <iostream>

namespace sdc::app {
namespace {

constexpr int kPatience = 60'000;
constexpr int kPages = 60;

/// kB of this process that are in memory.
double memory()
{
    QFile file(u"/proc/self/smaps_rollup"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith("Rss:"))
            return line.simplified().split(' ').at(1).toDouble();
    }
    return 0;
}

void tell(const char* what, double value)
{
    std::cout << what << "\t" << value << "\n";
}

/// The program at work, and what it takes to do something in it.
class Banco
{
public:
    Banco(const QString& server, const QString& ente) : desk_(server, ente) {}

    void run(const QString& username)
    {
        QElapsedTimer clock;
        clock.start();
        login(username);
        tell("dall'accesso alle righe, ms", static_cast<double>(clock.elapsed()));
        measure("l'elenco di tutte, ms", [&] { desk_.openTab(u"Tutte"_s); });
        tell("memoria all'inizio, MB", memory() / 1024);
        scroll();
        for (const double place : {0.5, 0.99, 0.25})
            measure("salto, ms", [&] { jump(place); });
        measure("ricerca, ms", [&] { view()->setCerca(u"rossi"_s); });
        measure("altro ordine, ms", [&] { view()->setCerca({}), table()->sortByColumn(1, Qt::AscendingOrder); });
        tell("memoria alla fine, MB", memory() / 1024);
    }

private:
    void login(const QString& username)
    {
        desk_.type(u"Username"_s, username);
        desk_.type(u"Password"_s, u"demo-stanza"_s);
        press(desk_.window, u"Login"_s);
        settle();
    }

    PraticheView* view() const { return desk_.window.findChild<PraticheView*>(); }
    PraticheTable* table() const { return &view()->table(); }

    /// Until the rows on the screen are here.
    void settle()
    {
        const bool there = QTest::qWaitFor(
            [&] {
                if (view() == nullptr || !view()->isVisible() || view()->model().isLoading())
                    return false;
                const int first = table()->rowAt(0);
                const int last = table()->rowAt(table()->viewport()->height() - 1);
                const PraticheModel& model = view()->model();
                return first >= 0 && model.riga(first) != nullptr &&
                       model.riga(last < 0 ? model.rowCount() - 1 : last) != nullptr;
            },
            kPatience);
        if (!there)
            throw std::runtime_error("le righe non arrivano");
    }

    template <class Work>
    double timed(Work work)
    {
        QElapsedTimer clock;
        clock.start();
        work();
        // What was asked for has not begun to load yet.
        QCoreApplication::processEvents();
        settle();
        return static_cast<double>(clock.nsecsElapsed()) / 1e6;
    }

    template <class Work>
    void measure(const char* what, Work work)
    {
        tell(what, timed(work));
    }

    void scroll()
    {
        double all = 0;
        for (int page = 0; page < kPages; ++page)
            all += timed([&] { QTest::keyClick(table(), Qt::Key_PageDown); });
        tell("una pagina avanti, ms", all / kPages);
    }

    void jump(double place)
    {
        QScrollBar* const bar = table()->verticalScrollBar();
        bar->setValue(static_cast<int>(place * bar->maximum()));
    }

    Desk desk_;
};

}
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (argc != 4) {
        std::cerr << "uso: misura-app SERVER ENTE USERNAME\n";
        return 2;
    }
    try {
        sdc::app::Banco banco(QString::fromUtf8(argv[1]), QString::fromUtf8(argv[2]));
        banco.run(QString::fromUtf8(argv[3]));
    } catch (const std::exception& error) {
        std::cerr << "misura-app: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
