#include "app/look/confirm.h"

#include "app/look/icons.h"
#include "app/text.h"

#include <QApplication>
#include <QMessageBox>
#include <QPushButton>

namespace sdc::app {

void confirm(QWidget* parent, const Question& question, std::function<void()> then)
{
    auto* const box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowModality(Qt::WindowModal);
    box->setWindowTitle(QApplication::applicationDisplayName());
    box->setTextFormat(Qt::PlainText);
    box->setText(question.text);
    box->setInformativeText(question.detail);
    box->setIconPixmap(icon(u"question"_s, box->palette().color(QPalette::Link)).pixmap(QSize(40, 40)));
    QPushButton* const safe = box->addButton(question.safe, QMessageBox::RejectRole);
    QPushButton* const go = box->addButton(question.go, QMessageBox::AcceptRole);
    box->setDefaultButton(safe);
    box->setEscapeButton(safe);
    QObject::connect(go, &QPushButton::clicked, parent, [then = std::move(then)] { then(); });
    box->open();
}

}
