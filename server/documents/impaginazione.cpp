#include "server/documents/impaginazione.h"

#include <QTextOption>

#include <algorithm>
#include <array>
#include <utility>

namespace sdc::documents {

namespace {

constexpr qreal kBodyPoints = 10.5;
constexpr qreal kTablePoints = 9.5;
constexpr qreal kLeading = 1.28;
constexpr qreal kTableLeading = 1.15;
constexpr qreal kLabelColumn = 0.38;
constexpr qreal kCellPaddingPoints = 4;
constexpr qreal kRulePoints = 0.5;
constexpr qreal kBulletPoints = 10;
constexpr qreal kTextAfterBulletPoints = 20;
// A heading takes at least so much of what it announces onto its page.
constexpr qreal kAnnouncedPoints = 42;
const QColor kRuleColour(0xc4, 0xc8, 0xcc);
const QColor kLabelColour(0xee, 0xf0, 0xf2);

struct Carattere
{
    qreal points = kBodyPoints;
    qreal leading = kLeading;
    bool bold = false;
};

struct Spazio
{
    qreal above = 0;
    qreal below = 0;
};

Qt::Alignment alignmentOf(Allineamento allineamento)
{
    switch (allineamento) {
    case Allineamento::Sinistra:
        return Qt::AlignLeft;
    case Allineamento::Centro:
        return Qt::AlignHCenter;
    case Allineamento::Destra:
        return Qt::AlignRight | Qt::AlignAbsolute;
    }
    return Qt::AlignLeft;
}

Spazio spazioFor(Allineamento allineamento)
{
    switch (allineamento) {
    case Allineamento::Sinistra:
        return {0, 8};
    case Allineamento::Centro:
        return {18, 18};
    case Allineamento::Destra:
        return {0, 24};
    }
    return {};
}

QFont fontFor(const Carattere& carattere)
{
    QFont font(famiglie());
    font.setPointSizeF(carattere.points);
    font.setWeight(carattere.bold ? QFont::Bold : QFont::Normal);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

/// A text in lines, of which the first `placed` already have their place.
struct Colonna
{
    const QTextLayout* layout;
    qreal x;
    qreal leading;
    int placed = 0;

    bool done() const { return placed == layout->lineCount(); }
    qreal nextHeight() const { return layout->lineAt(placed).height() * leading; }

    qreal height() const
    {
        qreal sum = 0;
        for (int line = placed; line < layout->lineCount(); ++line)
            sum += layout->lineAt(line).height() * leading;
        return sum;
    }
};

/// Puts block after block down the pages.
class Impaginatore
{
public:
    Impaginatore(Caratteri& caratteri, const Pagina& pagina)
        : caratteri_(caratteri),
          pagina_(pagina),
          unit_(pagina.device->logicalDpiY() / 72.0)
    {
    }

    void operator()(const Paragrafo& paragrafo)
    {
        const Spazio spazio = spazioFor(paragrafo.allineamento);
        const auto* layout = broken(paragrafo.tratti, {}, pagina_.body.width(), alignmentOf(paragrafo.allineamento));
        skip(spazio.above);
        flow({layout, 0, kLeading});
        owe(spazio.below);
    }

    void operator()(const Intestazione& intestazione)
    {
        const int level = std::clamp(intestazione.level, 1, 3);
        const Carattere carattere{std::array{13.0, 11.5, kBodyPoints}[static_cast<std::size_t>(level - 1)], kLeading,
                                  true};
        const auto* layout = broken({{intestazione.text, true}}, carattere, pagina_.body.width(), Qt::AlignLeft);
        const Colonna colonna{layout, 0, kLeading};
        skip(level == 1 ? 12 : 16);
        keepTogether(colonna.height() + points(kAnnouncedPoints));
        flow(colonna);
        owe(level == 1 ? 12 : 6);
    }

    void operator()(const Elenco& elenco)
    {
        const qreal x = points(kTextAfterBulletPoints);
        for (const std::string& voce : elenco.voci) {
            const auto* bullet = broken({{"•"}}, {}, x, Qt::AlignLeft | Qt::AlignAbsolute);
            const auto* text = broken({{voce}}, {}, pagina_.body.width() - x, Qt::AlignLeft);
            skip(0);
            keepTogether(Colonna{text, x, kLeading}.nextHeight());
            place({bullet, points(kBulletPoints), kLeading}, 0);
            flow({text, x, kLeading});
            owe(3);
        }
        owe(elenco.voci.empty() ? 0 : 10);
    }

    void operator()(const Tabella& tabella)
    {
        skip(2);
        for (const auto& [label, value] : tabella.righe)
            addRow(label, value);
        owe(tabella.righe.empty() ? 0 : 12);
    }

    Impaginato take() { return std::move(result_); }

private:
    qreal points(qreal count) const { return count * unit_; }
    int page() const { return result_.pages - 1; }
    qreal room() const { return pagina_.body.height() - y_; }

    void breakPage()
    {
        ++result_.pages;
        y_ = 0;
        owed_ = 0;
    }

    // Space between two blocks is the larger of what both want, and none at the top of a page.
    void owe(qreal pointCount) { owed_ = std::max(owed_, points(pointCount)); }

    void skip(qreal pointCount)
    {
        y_ += y_ > 0 ? std::max(owed_, points(pointCount)) : 0;
        owed_ = 0;
    }

    void keepTogether(qreal height)
    {
        if (height > room() && y_ > 0)
            breakPage();
    }

    const QTextLayout* broken(const std::vector<Tratto>& tratti, const Carattere& carattere, qreal width,
                              Qt::Alignment alignment)
    {
        auto layout = std::make_unique<QTextLayout>(QString(), fontFor(carattere), pagina_.device);
        fill(*layout, tratti);
        QTextOption option(alignment);
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        option.setTabStopDistance(points(36));
        layout->setTextOption(option);
        layout->beginLayout();
        for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine())
            line.setLineWidth(width);
        layout->endLayout();
        result_.testi.push_back(std::move(layout));
        return result_.testi.back().get();
    }

    void fill(QTextLayout& layout, const std::vector<Tratto>& tratti)
    {
        QString text;
        QList<QTextLayout::FormatRange> formats;
        for (const Tratto& tratto : tratti) {
            QString part = withoutEndlessWords(caratteri_.printable(tratto.text));
            part.replace(u'\n', QChar::LineSeparator);
            if (tratto.bold) {
                QTextCharFormat format;
                format.setFontWeight(QFont::Bold);
                formats.append({static_cast<int>(text.size()), static_cast<int>(part.size()), format});
            }
            text += part;
        }
        layout.setText(text);
        layout.setFormats(formats);
    }

    void place(const Colonna& colonna, qreal offset)
    {
        result_.righe.push_back({page(), QPointF(colonna.x, y_ + offset), colonna.layout, colonna.placed});
    }

    void flow(Colonna colonna)
    {
        for (; !colonna.done(); ++colonna.placed) {
            const qreal height = colonna.nextHeight();
            keepTogether(height);
            place(colonna, 0);
            y_ += height;
        }
    }

    void addRow(const std::string& label, const std::string& value)
    {
        const qreal padding = points(kCellPaddingPoints);
        const qreal split = pagina_.body.width() * kLabelColumn;
        const Carattere bold{kTablePoints, kTableLeading, true};
        const Carattere plain{kTablePoints, kTableLeading, false};
        std::array<Colonna, 2> cells{
            Colonna{broken({{label, true}}, bold, split - 2 * padding, Qt::AlignLeft), padding, kTableLeading},
            Colonna{broken({{value}}, plain, pagina_.body.width() - split - 2 * padding, Qt::AlignLeft),
                    split + padding, kTableLeading}};
        const qreal height = std::max(cells[0].height(), cells[1].height()) + 2 * padding;
        if (height <= pagina_.body.height())
            keepTogether(height);
        addRowPart(cells);
        while (!cells[0].done() || !cells[1].done()) {
            breakPage();
            addRowPart(cells);
        }
    }

    // A row taller than a page goes on over the next ones.
    void addRowPart(std::array<Colonna, 2>& cells)
    {
        const qreal padding = points(kCellPaddingPoints);
        qreal tallest = 0;
        for (Colonna& cell : cells) {
            qreal filled = 0;
            while (!cell.done() && filled + cell.nextHeight() + 2 * padding <= room()) {
                place(cell, padding + filled);
                filled += cell.nextHeight();
                ++cell.placed;
            }
            tallest = std::max(tallest, filled);
        }
        drawRow(tallest + 2 * padding);
    }

    void drawRow(qreal height)
    {
        const qreal width = pagina_.body.width();
        const qreal rule = points(kRulePoints);
        result_.fondi.push_back({page(), QRectF(0, y_, width * kLabelColumn, height), kLabelColour});
        result_.fondi.push_back({page(), QRectF(0, y_, width, rule), kRuleColour});
        y_ += height;
        result_.fondi.push_back({page(), QRectF(0, y_, width, rule), kRuleColour});
    }

    Caratteri& caratteri_;
    Pagina pagina_;
    qreal unit_;
    qreal y_ = 0;
    qreal owed_ = 0;
    Impaginato result_;
};

}

Impaginato impagina(const Documento& documento, Caratteri& caratteri, const Pagina& pagina)
{
    Impaginatore impaginatore(caratteri, pagina);
    for (const Blocco& blocco : documento.blocchi)
        std::visit(impaginatore, blocco);
    return impaginatore.take();
}

}
