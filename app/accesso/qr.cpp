#include "app/accesso/qr.h"

#include <QImage>
#include <QPainter>

#include <qrencode.h>

#include <memory>

namespace sdc::app {
namespace {

constexpr int kQuietZone = 4;

}

QPixmap qrOf(const QString& text, int pixelsPerModule)
{
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(text.toUtf8().constData(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code)
        return {};
    const int side = (code->width + 2 * kQuietZone) * pixelsPerModule;
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            if ((code->data[y * code->width + x] & 1U) != 0)
                painter.fillRect((x + kQuietZone) * pixelsPerModule, (y + kQuietZone) * pixelsPerModule,
                                 pixelsPerModule, pixelsPerModule, Qt::black);
        }
    }
    painter.end();
    return QPixmap::fromImage(image);
}

}
