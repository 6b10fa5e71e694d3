#pragma once

#include <QWidget>

#include <memory>

namespace Ui {

class AllegatoPage;

}

namespace sdc::app {

struct BozzaEsito;

/// "Passo 2 di 2 - Allega": the file that goes with the outcome; certificates demand a signed one.
class AllegatoPage : public QWidget
{
    Q_OBJECT

public:
    explicit AllegatoPage(QWidget* parent = nullptr);
    ~AllegatoPage() override;

    void fill(const BozzaEsito& bozza, bool certificato);
    const QString& file() const { return file_; }
    void setFile(const QString& path);
    bool check();
    void showFault(const QString& fault);
    void setFocusFirst();

signals:
    void edited();
    void chooseAsked();

private:
    std::unique_ptr<Ui::AllegatoPage> ui_;
    QString file_;
    bool certificato_ = false;
};

}
