#include "app/esito/bozze_esito.h"

#include "app/text.h"

#include <QUuid>

#include <algorithm>

namespace sdc::app {

QString BozzaEsito::keyForSending()
{
    const QString now = u"%1\n%2\n%3"_s.arg(approva.value_or(false)).arg(file, motivazione);
    if (chiave.isEmpty() || now != sent)
        chiave = QUuid::createUuid().toString(QUuid::WithoutBraces);
    sent = now;
    return chiave;
}

int BozzeEsito::unfinished() const
{
    return static_cast<int>(
        std::count_if(bozze_.begin(), bozze_.end(), [](const auto& entry) { return !entry.second.isEmpty(); }));
}

}
