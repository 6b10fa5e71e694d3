#include "app/look/field.h"

#include "app/look/parts.h"
#include "app/text.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace sdc::app {

Field::Field(const QString& label, Kind kind, QWidget* parent)
    : QWidget(parent),
      column_(new QVBoxLayout(this)),
      edit_(new QLineEdit(this)),
      fault_(plainLabel({}, this))
{
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(4);
    QLabel* const name = plainLabel(label, this);
    name->setBuddy(edit_);
    edit_->setMaxLength(1000);
    edit_->setAccessibleName(label);
    if (kind == Kind::Secret)
        edit_->setEchoMode(QLineEdit::Password);
    fault_->setProperty("kind", u"fault"_s);
    fault_->setWordWrap(true);
    fault_->hide();
    for (QWidget* const part : std::initializer_list<QWidget*>{name, edit_, fault_})
        column_->addWidget(part);
    setFocusProxy(edit_);
    connect(edit_, &QLineEdit::textEdited, this, [this] { setFault({}); });
}

QString Field::text() const
{
    return edit_->text();
}

void Field::setFault(const QString& sentence)
{
    if (fault_->text() == sentence)
        return;
    fault_->setText(sentence);
    fault_->setVisible(!sentence.isEmpty());
    edit_->setAccessibleDescription(sentence);
    edit_->setProperty("fault", !sentence.isEmpty());
    restyle(edit_);
}

void Field::setNote(const QString& sentence)
{
    column_->addWidget(mutedLabel(sentence, this));
}

void Field::clear()
{
    edit_->clear();
    setFault({});
}

void growToFit(QWidget* dialog)
{
    QLayout* const layout = dialog->layout();
    layout->activate();
    const int needed =
        layout->hasHeightForWidth() ? layout->totalHeightForWidth(dialog->width()) : layout->totalSizeHint().height();
    if (needed > dialog->height())
        dialog->resize(dialog->width(), needed);
}

}
