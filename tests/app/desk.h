#pragma once

#include "app/look/theme.h"
#include "app/settings.h"
#include "app/text.h"
#include "app/vault/vault.h"
#include "app/window/main_window.h"
#include "tests/app/memory_token_store.h"

#include <QAbstractItemModel>
#include <QLabel>
#include <QLineEdit>
#include <QNetworkAccessManager>
#include <QPlainTextEdit>
#include <QSettings>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace sdc::app {

/// The program as its main makes it, with settings and keychain of its own.
struct Desk
{
    Desk(const QString& server, const QString& ente)
        : theme(*qApp),
          client(network),
          store(folder.filePath(u"x.ini"_s), QSettings::IniFormat),
          settings(store),
          vault(tokens, folder.filePath(u"archivio"_s)),
          window(client, tokens, settings, vault)
    {
        window.show();
        window.start(server, ente);
    }

    QLineEdit* field(const QString& name) const
    {
        const auto fields = window.findChildren<QLineEdit*>();
        const auto found = std::find_if(fields.begin(), fields.end(), [&](const QLineEdit* f) {
            return f->accessibleName() == name && f->isVisible();
        });
        return found == fields.end() ? nullptr : *found;
    }

    bool type(const QString& name, const QString& text) const
    {
        QLineEdit* const edit = field(name);
        if (!edit)
            return false;
        edit->selectAll();
        QTest::keyClicks(edit, text);
        return edit->text() == text;
    }

    QTableView* table() const
    {
        const auto tables = window.findChildren<QTableView*>();
        const auto found = std::find_if(tables.begin(), tables.end(),
                                        [](const QTableView* t) { return t->accessibleName() == u"Pratiche"_s; });
        return found == tables.end() ? nullptr : *found;
    }

    bool openTab(const QString& name) const
    {
        auto* const tabs = window.findChild<QTabBar*>();
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->tabText(i).startsWith(name)) {
                QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(i).center());
                return tabs->currentIndex() == i;
            }
        }
        return false;
    }

    /// Chooses the row that holds this text in any column.
    bool chooseRow(const QString& text) const
    {
        const QAbstractItemModel& model = *table()->model();
        for (int row = 0; row < model.rowCount(); ++row) {
            for (int column = 0; column < model.columnCount(); ++column) {
                if (model.index(row, column).data().toString() == text) {
                    table()->selectRow(row);
                    return true;
                }
            }
        }
        return false;
    }

    /// Every text that the window holds, shown now or not.
    QString allWords() const
    {
        QStringList words;
        for (const QLabel* label : window.findChildren<QLabel*>())
            words << label->text();
        for (const QPlainTextEdit* edit : window.findChildren<QPlainTextEdit*>())
            words << edit->toPlainText();
        return words.join(u'\n');
    }

    Theme theme;
    QTemporaryDir folder;
    QNetworkAccessManager network;
    Client client;
    MemoryTokenStore tokens;
    QSettings store;
    Settings settings;
    Vault vault;
    MainWindow window;
};

}
