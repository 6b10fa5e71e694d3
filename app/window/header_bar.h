#pragma once

#include <QFrame>
#include <QTimer>

class QAction;
class QActionGroup;
class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace sdc::app {

/// The ente, the search, whether the line holds, and who is at work.
class HeaderBar : public QFrame
{
    Q_OBJECT

public:
    explicit HeaderBar(const QString& language, QWidget* parent = nullptr);

    void setEnte(const QString& nome);
    void setOperatore(const QString& nome, const QString& username);
    void setOnline(bool online);
    void focusSearch();
    void clearSearch();

signals:
    /// The words to search, once the typing pauses.
    void searched(const QString& words);
    void searchLeft();
    void logoutAsked();
    void accessoAsked();
    void helpAsked();
    void languageChosen(const QString& language);

private:
    void buildMenu(const QString& language);
    void buildSearch();
    void say();

    QLabel* ente_;
    QLineEdit* search_;
    QLabel* lineMark_;
    QLabel* lineText_;
    QToolButton* account_;
    QMenu* menu_;
    QAction* who_ = nullptr;
    QTimer pause_;
};

}
