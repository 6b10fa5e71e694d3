#pragma once

#include "app/api/client.h"

#include <QObject>
#include <QTemporaryDir>

class QWidget;

namespace sdc::app {

class Settings;

/// A file of a pratica as the server offers it.
struct RemoteFile
{
    std::string path;
    QString nome;
    qint64 dimensione = 0;
};

/// Whether the system's viewer may be given such a file: documents and pictures, never what could be executed.
bool mayBeOpened(const QString& name);

/// Brings files to this computer: saved where the operator says, or opened from a private folder that vanishes at exit.
class Scarico : public QObject
{
    Q_OBJECT

public:
    Scarico(Client& client, Settings& settings, QWidget* window);

    void save(const RemoteFile& file);
    void open(const RemoteFile& file);

signals:
    void started(const sdc::app::Call& call, const QString& nome);
    void saved(const QString& path);
    void failed(const sdc::app::Error& error, const std::function<void()>& again);

private:
    void saveAs(const RemoteFile& file, const QString& target);
    void openFrom(const RemoteFile& file);
    void show(const QString& path);

    Client& client_;
    Settings& settings_;
    QWidget* window_;
    QTemporaryDir private_;
    int opened_ = 0;
};

}
