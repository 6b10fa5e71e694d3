#include "app/esito/bozze_esito.h"

#include "app/text.h"

#include <QDateTime>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>

namespace sdc::app {

QString BozzaEsito::decision() const
{
    // The same name may hold another content by now.
    const QFileInfo info(file);
    const QString age = file.isEmpty() ? QString() : info.lastModified().toString(Qt::ISODateWithMs);
    return QStringList{approva.value_or(false) ? u"approva"_s : u"rigetta"_s, file, QString::number(info.size()), age,
                       motivazione}
        .join(u'\n');
}

QString BozzaEsito::keyForSending()
{
    if (!isAsSent())
        chiave = QUuid::createUuid().toString(QUuid::WithoutBraces);
    sent = decision();
    return chiave;
}

bool BozzaEsito::isAsSent() const
{
    return !chiave.isEmpty() && decision() == sent;
}

int BozzeEsito::unfinished() const
{
    return static_cast<int>(
        std::count_if(bozze_.begin(), bozze_.end(), [](const auto& entry) { return !entry.second.isEmpty(); }));
}

}
