#include "server/documents/caratteri.h"

#include <QFont>
#include <QFontInfo>

#include <algorithm>
#include <stdexcept>

namespace sdc::documents {

namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr int kLongestWord = 2000;

std::vector<QRawFont> load(QFont::Weight weight)
{
    std::vector<QRawFont> fonts;
    for (const QString& famiglia : famiglie()) {
        QFont font(famiglia);
        font.setWeight(weight);
        if (QFontInfo(font).family() == famiglia)
            fonts.push_back(QRawFont::fromFont(font));
    }
    return fonts;
}

bool has(const std::vector<QRawFont>& fonts, char32_t character)
{
    return std::any_of(fonts.begin(), fonts.end(),
                       [&](const QRawFont& font) { return font.supportsCharacter(character); });
}

bool isLayout(char32_t character)
{
    return character == U'\n' || character == U'\t';
}

// Embeddings, overrides and isolates could make a document read otherwise than it is written; the tags,
// selectors and QTextDocument's own marks have no glyph anywhere.
bool isForbidden(char32_t c)
{
    const bool direction = c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F);
    const bool structure = c == 0x2028 || c == 0x2029 || c == 0xFFFC || (c >= 0xFDD0 && c <= 0xFDEF);
    const bool selector = (c >= 0xFE00 && c <= 0xFE0F) || c >= 0xE0000;
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || direction || structure || selector || (c & 0xFFFE) == 0xFFFE;
}

QString unified(std::string_view utf8)
{
    QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    text.replace(u'\r', u'\n');
    return text.normalized(QString::NormalizationForm_C);
}

}

QStringList famiglie()
{
    return {QStringLiteral("Liberation Sans"), QStringLiteral("DejaVu Sans")};
}

// Qt looks for the end of a word anew for each line it fills: without blanks the time grows with the square.
QString withoutEndlessWords(const QString& text)
{
    QString result;
    int run = 0;
    for (const QChar c : text) {
        run = c.isSpace() ? 0 : run + 1;
        if (run > kLongestWord && !c.isLowSurrogate()) {
            result += QChar::LineSeparator;
            run = 1;
        }
        result += c;
    }
    return result;
}

Caratteri::Caratteri() : regular_(load(QFont::Normal)), bold_(load(QFont::Bold))
{
    substitute_ = inSomeFont(kReplacement) ? kReplacement : U'?';
}

QString Caratteri::printable(std::string_view utf8)
{
    QString result;
    for (const char32_t character : unified(utf8).toUcs4()) {
        if (drawable(character)) {
            result += QString::fromUcs4(&character, 1);
        } else {
            sostituiti_.insert(character);
            result += QString::fromUcs4(&substitute_, 1);
        }
    }
    return result;
}

void Caratteri::require() const
{
    if (!inSomeFont(U'a') || !inSomeFont(U'à'))
        throw CaratteriMancanti("Mancano i caratteri per i documenti: installare Liberation Sans e DejaVu Sans.");
}

QStringList Caratteri::takeSostituiti()
{
    std::vector<char32_t> sorted(sostituiti_.begin(), sostituiti_.end());
    std::sort(sorted.begin(), sorted.end());
    sostituiti_.clear();
    QStringList names;
    for (const char32_t character : sorted)
        names << QStringLiteral("U+%1").arg(static_cast<uint>(character), 4, 16, QLatin1Char('0')).toUpper();
    return names;
}

bool Caratteri::drawable(char32_t character)
{
    if (isLayout(character))
        return true;
    const auto it = known_.constFind(character);
    if (it != known_.constEnd())
        return *it;
    return *known_.insert(character, !isForbidden(character) && inSomeFont(character));
}

// Text may stand in either weight, so a character must be in both.
bool Caratteri::inSomeFont(char32_t character) const
{
    return has(regular_, character) && has(bold_, character);
}

}
