#pragma once

#include <QHash>
#include <QRawFont>
#include <QSet>
#include <QString>
#include <QStringList>

#include <stdexcept>
#include <string_view>
#include <vector>

namespace sdc::documents {

/// The fonts are not installed.
class CaratteriMancanti : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The families documents are set in, in order of preference.
QStringList famiglie();

/// The text with a line break inside words longer than any language has.
QString withoutEndlessWords(const QString& text);

/// Turns text into what the fonts can draw: a character they lack makes a PDF/A invalid.
class Caratteri
{
public:
    Caratteri();

    /// Throws CaratteriMancanti where the fonts are not installed: every letter would be the substitute, and a
    /// document, once registered, cannot be mended.
    void require() const;
    /// The text with every character that cannot be drawn replaced by a visible one.
    QString printable(std::string_view utf8);

    /// The characters replaced since the last call, each once.
    QStringList takeSostituiti();

private:
    bool drawable(char32_t character);
    bool inSomeFont(char32_t character) const;

    std::vector<QRawFont> regular_;
    std::vector<QRawFont> bold_;
    QHash<char32_t, bool> known_;
    QSet<char32_t> sostituiti_;
    char32_t substitute_;
};

}
