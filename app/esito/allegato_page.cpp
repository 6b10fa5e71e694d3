#include "app/esito/allegato_page.h"

#include "app/esito/bozza_esito.h"
#include "app/look/icons.h"
#include "app/look/parts.h"
#include "app/text.h"
#include "ui_allegato_page.h"

#include <QFileInfo>

namespace sdc::app {
namespace {

constexpr qint64 kLargestFile = 20LL * 1024 * 1024;

}

AllegatoPage::AllegatoPage(QWidget* parent) : QWidget(parent), ui_(std::make_unique<Ui::AllegatoPage>())
{
    ui_->setupUi(this);
    dressAs(Heading::Section, ui_->title);
    ui_->what->setProperty("kind", u"label"_s);
    ui_->rule->setProperty("kind", u"muted"_s);
    ui_->fault->setProperty("kind", u"fault"_s);
    ui_->file->setTextFormat(Qt::PlainText);
    ui_->choose->setIcon(icon(u"clip"_s));
    connect(ui_->choose, &QPushButton::clicked, this, &AllegatoPage::chooseAsked);
    connect(ui_->remove, &QPushButton::clicked, this, [this] { setFile({}); });
    setFile({});
}

AllegatoPage::~AllegatoPage() = default;

void AllegatoPage::fill(const BozzaEsito& bozza, bool certificato)
{
    const QSignalBlocker silence(this);
    certificato_ = certificato;
    ui_->rule->setText(certificato ? tr("Per questo servizio serve il certificato firmato digitalmente (.p7m).")
                                   : tr("Il file è facoltativo; al massimo 20 MB."));
    setFile(bozza.file);
}

void AllegatoPage::setFile(const QString& path)
{
    file_ = path;
    const QFileInfo info(path);
    const QString shown = u"%1 (%2)"_s.arg(info.fileName(), italianSize(info.size()));
    ui_->file->setText(path.isEmpty() ? tr("Nessun file scelto") : shown);
    ui_->file->setToolTip(path);
    ui_->remove->setVisible(!path.isEmpty());
    showFault({});
    emit edited();
}

bool AllegatoPage::check()
{
    if (file_.isEmpty() && !certificato_)
        return true;
    const QFileInfo info(file_);
    if (file_.isEmpty())
        showFault(tr("Caricare il certificato firmato digitalmente (.p7m)."));
    else if (!info.isFile() || !info.isReadable())
        showFault(tr("Il file non c'è più o non si può leggere: sceglierlo di nuovo."));
    else if (info.size() == 0)
        showFault(tr("Il file è vuoto: sceglierne un altro."));
    else if (info.size() > kLargestFile)
        showFault(tr("Il file è troppo grande: al massimo 20 MB."));
    else if (certificato_ && info.suffix().compare("p7m"_L1, Qt::CaseInsensitive) != 0)
        showFault(tr("Serve il certificato firmato digitalmente: un file che termina con .p7m."));
    else
        return true;
    return false;
}

void AllegatoPage::showFault(const QString& fault)
{
    ui_->fault->setText(fault);
    ui_->choose->setAccessibleDescription(fault);
}

void AllegatoPage::setFocusFirst()
{
    ui_->choose->setFocus();
}

}
