// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtGui -isystem /usr/include/x86_64-linux-gnu/qt5/QtWidgets
// Widgets that connect each time they are shown.
#include <QAbstractItemModel>
#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QListView>
#include <QMainWindow>
#include <QMenu>
#include <QPushButton>
#include <QShowEvent>
#include <QTimer>
#include <QVBoxLayout>

// region: each-time-shown
// Accumulates: the page is shown again and again.
class Page : public QWidget {
  Q_OBJECT
public:
  explicit Page(QAbstractItemModel *model) : model_(model) {}
  void refresh() {}

protected:
  void showEvent(QShowEvent *event) override {
    connect(model_, &QAbstractItemModel::modelReset, this, &Page::refresh); // expect: unbalanced-listener
    QWidget::showEvent(event);
  }

private:
  QAbstractItemModel *model_;
};
// endregion

class TextPage : public QWidget {
  Q_OBJECT
public:
  explicit TextPage(QAbstractItemModel *model) : model_(model) {}

protected:
  void showEvent(QShowEvent *) override {
    QObject::connect(model_, SIGNAL(modelReset()), this, SLOT(refresh())); // expect: unbalanced-listener
  }

private slots:
  void refresh() {}

private:
  QAbstractItemModel *model_;
};

// With a lambda, on its own button: the third click does the work three times.
class OwnButton : public QWidget {
  Q_OBJECT
public:
  OwnButton() : button_(new QPushButton(this)) {}

protected:
  void showEvent(QShowEvent *) override {
    connect(button_, &QPushButton::clicked, [this] { ++clicks_; }); // expect: unbalanced-listener
  }

private:
  QPushButton *button_;
  int clicks_ = 0;
};

// Through a helper.
class HelperPage : public QWidget {
  Q_OBJECT
public:
  explicit HelperPage(QAbstractItemModel *model) : model_(model) {}
  void refresh() {}

protected:
  void resizeEvent(QResizeEvent *) override { wire(); }

private:
  void wire() {
    connect(model_, &QAbstractItemModel::modelReset, this, &HelperPage::refresh); // expect: unbalanced-listener
  }
  QAbstractItemModel *model_;
};

// hideEvent takes off another signal.
class HideOther : public QWidget {
  Q_OBJECT
public:
  explicit HideOther(QAbstractItemModel *model) : model_(model) {}
  void refresh() {}

protected:
  void showEvent(QShowEvent *) override {
    connect(model_, &QAbstractItemModel::rowsInserted, this, &HideOther::refresh); // expect: unbalanced-listener
  }
  void hideEvent(QHideEvent *) override {
    disconnect(model_, &QAbstractItemModel::rowsRemoved, this, &HideOther::refresh);
  }

private:
  QAbstractItemModel *model_;
};

// A click opens a menu of actions that stay.
class MenuWarns : public QMainWindow {
  Q_OBJECT
public:
  MenuWarns() {
    save_ = new QAction("Save", this);
    auto *button = new QPushButton("more", this);
    connect(button, &QPushButton::clicked, this, &MenuWarns::moreWarns);
  }
  void moreWarns() {
    QMenu menu(this);
    menu.addAction(save_);
    connect(save_, &QAction::triggered, this, &MenuWarns::save); // expect: unbalanced-listener
    menu.exec();
  }
  void save() {}

private:
  QAction *save_;
};

// Each dialog leaves a slot that refers to it.
class DialogWarns : public QMainWindow {
  Q_OBJECT
public:
  explicit DialogWarns(QAbstractItemModel *model) : model_(model) {
    auto *button = new QPushButton("details", this);
    connect(button, &QPushButton::clicked, this, &DialogWarns::detailsWarns);
  }
  void detailsWarns() {
    QDialog dialog(this);
    auto *label = new QLabel(&dialog);
    connect(model_, &QAbstractItemModel::modelReset, [label] { label->setText("reset"); }); // expect: unbalanced-listener
    dialog.exec();
  }

private:
  QAbstractItemModel *model_;
};
