#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace sdc::app {

/// A line to be typed under its label, with room for what is wrong with it.
class Field : public QWidget
{
public:
    enum class Kind { Plain, Secret };

    Field(const QString& label, Kind kind, QWidget* parent);

    QLineEdit* edit() const { return edit_; }
    QString text() const;
    /// Without a word it is gone, as it is when the line is typed in again.
    void setFault(const QString& sentence);
    /// A few words of help below the line.
    void setNote(const QString& sentence);
    void clear();

private:
    QVBoxLayout* column_;
    QLineEdit* edit_;
    QLabel* fault_;
};

/// Makes a dialog as high as what it holds by now.
void growToFit(QWidget* dialog);

}
