#include "app/pratica/scarico.h"

#include "app/settings.h"
#include "app/text.h"
#include "core/pratica/allegato.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace sdc::app {
namespace {

/// The server's name for a file, as a name this computer can safely use.
QString localName(const QString& nome)
{
    QString name = toQt(cleanFileName(fromQt(nome)));
    // Marks that turn the reading direction can make "exe" look like "pdf".
    name.removeIf([](QChar c) { return c.category() == QChar::Other_Format || c.category() == QChar::Other_Control; });
    return name.isEmpty() ? u"documento"_s : name;
}

}

bool mayBeOpened(const QString& name)
{
    static constexpr std::array<QLatin1String, 7> kKinds = {"pdf"_L1, "png"_L1,  "jpg"_L1, "jpeg"_L1,
                                                            "tif"_L1, "tiff"_L1, "p7m"_L1};
    const QString suffix = QFileInfo(localName(name)).suffix().toLower();
    return std::any_of(kKinds.begin(), kKinds.end(), [&suffix](QLatin1String kind) { return suffix == kind; });
}

Scarico::Scarico(Client& client, Settings& settings, QWidget* window)
    : QObject(window),
      client_(client),
      settings_(settings),
      window_(window)
{
}

void Scarico::save(const RemoteFile& file)
{
    auto* const dialog = new QFileDialog(window_, tr("Scarica file"), settings_.folder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(localName(file.nome));
    connect(dialog, &QFileDialog::fileSelected, this, [this, file](const QString& target) { saveAs(file, target); });
    dialog->open();
}

void Scarico::saveAs(const RemoteFile& file, const QString& target)
{
    settings_.setFolder(QFileInfo(target).absolutePath());
    const Call call = client_.download(file.path, target, this, [this, file, target](const Reply<Nothing>& reply) {
        if (reply.ok())
            emit saved(target);
        else
            emit failed(reply.error(), [this, file, target] { saveAs(file, target); });
    });
    emit started(call, localName(file.nome));
}

void Scarico::open(const RemoteFile& file)
{
    if (mayBeOpened(file.nome))
        openFrom(file);
    else
        save(file);
}

void Scarico::openFrom(const RemoteFile& file)
{
    // QTemporaryDir is readable by its owner alone; a folder for each file keeps equal names apart.
    const QString folder = private_.filePath(QString::number(++opened_));
    if (!private_.isValid() || !QDir().mkpath(folder)) {
        emit failed({Failure::Local, tr("Non si può creare la cartella temporanea: liberare spazio su disco."), {}, 0},
                    [this, file] { openFrom(file); });
        return;
    }
    const QString target = QDir(folder).filePath(localName(file.nome));
    const Call call = client_.download(file.path, target, this, [this, file, target](const Reply<Nothing>& reply) {
        if (reply.ok())
            show(target);
        else
            emit failed(reply.error(), [this, file] { openFrom(file); });
    });
    emit started(call, localName(file.nome));
}

void Scarico::show(const QString& path)
{
    QFile::setPermissions(path, QFile::ReadOwner);
    if (QDesktopServices::openUrl(QUrl::fromLocalFile(path)))
        return;
    const Error error{Failure::Local,
                      tr("Su questo computer nessun programma apre %1: si può scaricare il file e aprirlo altrove.")
                          .arg(QFileInfo(path).fileName()),
                      {},
                      0};
    emit failed(error, nullptr);
}

}
