#include "server/documents/foglio.h"

#include "server/documents/impaginazione.h"

#include <QDateTime>
#include <QFontMetricsF>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include <optional>
#include <stdexcept>

namespace sdc::documents {

namespace {

constexpr int kDotsPerInch = 600;
constexpr int kMostAttempts = 20;
const QMarginsF kMarginsMillimetres(20, 20, 20, 24);
const QColor kFootColour(0x45, 0x4b, 0x52);

void describe(QPdfWriter& writer, const QString& titolo)
{
    writer.setPdfVersion(QPagedPaintDevice::PdfVersion_A1b);
    writer.setResolution(kDotsPerInch);
    writer.setTitle(titolo);
    writer.setCreator(QStringLiteral("La Stanza del Cittadino"));
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Portrait, kMarginsMillimetres, QPageLayout::Millimeter));
}

void paintFoot(QPainter& painter, const QString& author, const QString& pages, const QSizeF& body)
{
    QFont font(famiglie());
    font.setPointSizeF(8.5);
    painter.setFont(font);
    painter.setPen(kFootColour);
    const QRectF line(0, body.height() + kDotsPerInch * 0.3, body.width(), kDotsPerInch * 0.25);
    const QFontMetricsF metrics(font, painter.device());
    const qreal room = body.width() - metrics.horizontalAdvance(pages) - kDotsPerInch * 0.3;
    painter.drawText(line, Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine,
                     metrics.elidedText(author, Qt::ElideRight, room));
    painter.drawText(line, Qt::AlignRight | Qt::AlignTop, pages);
}

/// Paints an Impaginato page by page; its lines and rectangles are in page order.
class Pittore
{
public:
    Pittore(QPainter& painter, const Impaginato& impaginato) : painter_(painter), impaginato_(impaginato) {}

    void paintPage(int page)
    {
        for (; fondo_ < impaginato_.fondi.size() && impaginato_.fondi[fondo_].page == page; ++fondo_)
            painter_.fillRect(impaginato_.fondi[fondo_].area, impaginato_.fondi[fondo_].colour);
        painter_.setPen(Qt::black);
        for (; riga_ < impaginato_.righe.size() && impaginato_.righe[riga_].page == page; ++riga_) {
            const RigaPosata& riga = impaginato_.righe[riga_];
            const QTextLine line = riga.layout->lineAt(riga.line);
            line.draw(&painter_, riga.position - QPointF(0, line.y()));
        }
    }

private:
    QPainter& painter_;
    const Impaginato& impaginato_;
    std::size_t fondo_ = 0;
    std::size_t riga_ = 0;
};

// Qt 6.4 asks the clock twice for the date of creation, which PDF/A wants to be one: begin within one second.
bool beginsInOneSecond(QPainter& painter, QPdfWriter& writer)
{
    const qint64 before = QDateTime::currentSecsSinceEpoch();
    if (!painter.begin(&writer))
        throw std::runtime_error("Non è stato possibile iniziare la stampa del documento.");
    return QDateTime::currentSecsSinceEpoch() == before;
}

std::optional<int> tryToPaint(const Documento& documento, Caratteri& caratteri, QIODevice& device)
{
    QPdfWriter writer(&device);
    describe(writer, caratteri.printable(documento.titolo));
    const QString author = caratteri.printable(documento.autore);
    const QSizeF body = QRectF(writer.pageLayout().paintRectPixels(kDotsPerInch)).size();
    const Impaginato impaginato = impagina(documento, caratteri, {&writer, body});
    QPainter painter;
    if (!beginsInOneSecond(painter, writer))
        return std::nullopt;
    Pittore pittore(painter, impaginato);
    for (int page = 0; page < impaginato.pages; ++page) {
        if (page > 0)
            writer.newPage();
        pittore.paintPage(page);
        paintFoot(painter, author, QStringLiteral("Pagina %1 di %2").arg(page + 1).arg(impaginato.pages), body);
    }
    painter.end();
    return impaginato.pages;
}

}

int paint(const Documento& documento, Caratteri& caratteri, QFile& file)
{
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
        if (!file.resize(0) || !file.seek(0))
            break;
        if (const auto pages = tryToPaint(documento, caratteri, file))
            return *pages;
    }
    throw std::runtime_error("Non è stato possibile iniziare la stampa del documento.");
}

}
