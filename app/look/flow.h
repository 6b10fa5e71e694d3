#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace sdc::app {

/// Controls in a row that goes on below where there is no room: a narrow window stays narrow.
class Flow : public QLayout
{
public:
    explicit Flow(int spacing);
    ~Flow() override;

    void addItem(QLayoutItem* item) override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    int count() const override { return static_cast<int>(items_.size()); }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    Qt::Orientations expandingDirections() const override { return {}; }
    void setGeometry(const QRect& room) override;

private:
    enum class Moving { No, Yes };
    int arrange(const QRect& room, Moving moving) const;

    std::vector<std::unique_ptr<QLayoutItem>> items_;
};

}
