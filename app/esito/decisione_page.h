#pragma once

#include <QWidget>

#include <memory>
#include <optional>

namespace Ui {

class DecisionePage;

}

namespace sdc::app {

struct BozzaEsito;

/// "Passo 1 di 2 - Approva": yes or no, and why.
class DecisionePage : public QWidget
{
    Q_OBJECT

public:
    explicit DecisionePage(QWidget* parent = nullptr);
    ~DecisionePage() override;

    void fill(const BozzaEsito& bozza);
    std::optional<bool> approva() const;
    QString motivazione() const;
    /// Whether one may go on; shows beside the field what is missing.
    bool check();
    void showMotivazioneFault(const QString& fault);
    void setFocusFirst();

signals:
    void edited();

private:
    void updateCount();

    std::unique_ptr<Ui::DecisionePage> ui_;
};

}
