// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtGui -isystem /usr/include/x86_64-linux-gnu/qt5/QtWidgets
// Widgets that connect once, take off what they added, or connect what is new.
#include <QAbstractItemModel>
#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDialog>
#include <QLabel>
#include <QListView>
#include <QMainWindow>
#include <QMenu>
#include <QPushButton>
#include <QShowEvent>
#include <QTimer>
#include <QVBoxLayout>

// What uic writes.
namespace Ui {
class Page {
public:
  QVBoxLayout *layout;
  QPushButton *button;
  QListView *list;
  void setupUi(QWidget *page) {
    layout = new QVBoxLayout(page);
    button = new QPushButton(page);
    list = new QListView(page);
    layout->addWidget(button);
    layout->addWidget(list);
    QMetaObject::connectSlotsByName(page);
  }
};
} // namespace Ui

// region: once
class PageOk : public QWidget {
  Q_OBJECT
public:
  explicit PageOk(QAbstractItemModel *model) : model_(model) {
    connect(model_, &QAbstractItemModel::modelReset, this, &PageOk::refresh);
  }
  void refresh() {}

protected:
  void showEvent(QShowEvent *event) override {
    refresh();
    QWidget::showEvent(event);
  }

private:
  QAbstractItemModel *model_;
};
// endregion

class UiOk : public QWidget {
  Q_OBJECT
public:
  UiOk() : ui_(new Ui::Page) {
    ui_->setupUi(this);
    connect(ui_->button, &QPushButton::clicked, [this] { ++clicks_; });
    connect(ui_->button, &QPushButton::clicked, this, &UiOk::click);
    connect(ui_->list->selectionModel(), &QItemSelectionModel::currentChanged, this, &UiOk::click);
    ui_->list->viewport()->installEventFilter(this);
  }
  ~UiOk() override { delete ui_; }
  void click() { ++clicks_; }

private:
  Ui::Page *ui_;
  int clicks_ = 0;
};

class UniqueOk : public QWidget {
  Q_OBJECT
public:
  explicit UniqueOk(QAbstractItemModel *model) : model_(model) {}
  void refresh() {}

protected:
  void showEvent(QShowEvent *) override {
    connect(model_, &QAbstractItemModel::modelReset, this, &UniqueOk::refresh, Qt::UniqueConnection);
  }

private:
  QAbstractItemModel *model_;
};
class HideOk : public QWidget {
  Q_OBJECT
public:
  explicit HideOk(QAbstractItemModel *model) : model_(model) {}
  void refresh() {}

protected:
  void showEvent(QShowEvent *) override {
    connect(model_, &QAbstractItemModel::rowsInserted, this, &HideOk::refresh);
  }
  void hideEvent(QHideEvent *) override {
    disconnect(model_, &QAbstractItemModel::rowsInserted, this, &HideOk::refresh);
  }

private:
  QAbstractItemModel *model_;
};
class HideAllOk : public QWidget {
  Q_OBJECT
public:
  explicit HideAllOk(QAbstractItemModel *model) : model_(model) {}
  void refresh() {}

protected:
  void showEvent(QShowEvent *) override {
    connect(model_, SIGNAL(modelReset()), this, SLOT(refresh()));
    connect(model_, &QAbstractItemModel::rowsInserted, this, &HideAllOk::refresh);
  }
  void hideEvent(QHideEvent *) override { model_->disconnect(this); }

private:
  QAbstractItemModel *model_;
};
class FirstTimeOk : public QWidget {
  Q_OBJECT
public:
  explicit FirstTimeOk(QAbstractItemModel *model) : model_(model) {}
  void refresh() {}

protected:
  void showEvent(QShowEvent *) override {
    if (!shown_) {
      shown_ = true;
      connect(model_, &QAbstractItemModel::modelReset, this, &FirstTimeOk::refresh);
    }
  }

private:
  QAbstractItemModel *model_;
  bool shown_ = false;
};
class LazyOk : public QWidget {
  Q_OBJECT
protected:
  void showEvent(QShowEvent *) override {
    if (timer_ == nullptr) {
      timer_ = new QTimer(this);
      connect(timer_, &QTimer::timeout, this, QOverload<>::of(&QWidget::update));
    }
    timer_->start(40);
  }
  void hideEvent(QHideEvent *) override { timer_->stop(); }

private:
  QTimer *timer_ = nullptr;
};

// Menus, dialogs and buttons made for the occasion.
class OccasionOk : public QMainWindow {
  Q_OBJECT
public:
  explicit OccasionOk(QAbstractItemModel *model) : model_(model) {
    auto *button = new QPushButton("details", this);
    connect(button, &QPushButton::clicked, this, &OccasionOk::detailsOk);
    connect(button, &QPushButton::clicked, this, &OccasionOk::keepOk);
    connect(button, &QPushButton::clicked, this, &OccasionOk::localOk);
    connect(button, &QPushButton::clicked, this, &OccasionOk::fillOk);
    more_ = menuBar_.addMenu("More");
  }
  void detailsOk() {
    auto *dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto *label = new QLabel(dialog);
    connect(model_, &QAbstractItemModel::modelReset, label, [label] { label->setText("reset"); });
    connect(model_, &QAbstractItemModel::modelReset, dialog, &QDialog::reject);
    connect(dialog, &QDialog::finished, this, &OccasionOk::save);
    dialog->open();
  }
  void keepOk() {
    auto *button = new QPushButton("one more", this);
    connect(button, &QPushButton::clicked, this, &OccasionOk::save);
    connect(button, &QPushButton::clicked, [this] { ++count_; });
    button->show();
  }
  void localOk() {
    QDialog dialog(this);
    connect(&dialog, &QDialog::accepted, this, &OccasionOk::save);
    connect(&dialog, &QDialog::accepted, [this] { ++count_; });
    dialog.exec();
  }
  void fillOk() {
    more_->clear();
    for (int i = 0; i < 5; ++i) {
      QAction *action = more_->addAction(QString::number(i));
      connect(action, &QAction::triggered, this, &OccasionOk::save);
    }
    connect(more_->addAction("all"), &QAction::triggered, [this] { ++count_; });
    more_->addAction("none", this, &OccasionOk::save);
  }
  void save() {}

protected:
  void contextMenuEvent(QContextMenuEvent *event) override {
    QMenu menu(this);
    QAction *remove = menu.addAction("Remove");
    connect(remove, &QAction::triggered, this, &OccasionOk::save);
    connect(&menu, &QMenu::aboutToHide, [this] { ++count_; });
    menu.exec(event->globalPos());
  }

private:
  QAbstractItemModel *model_;
  QMenu menuBar_;
  QMenu *more_;
  int count_ = 0;
};

// Members of one window.
class WindowOk : public QMainWindow {
  Q_OBJECT
public:
  WindowOk() {
    connect(&timer_, &QTimer::timeout, [this] { label_.setText("tick"); });
    connect(&timer_, &QTimer::timeout, &label_, &QLabel::clear);
    connect(&button_, &QPushButton::clicked, &timer_, [this] { timer_.start(); });
  }

private:
  QTimer timer_;
  QLabel label_;
  QPushButton button_;
};

// Its own child asks for it, whatever class made it.
class DelegateOk : public QWidget {
  Q_OBJECT
public:
  explicit DelegateOk(QWidget *parent) : QWidget(parent) {
    connect(makeButton("save"), &QPushButton::clicked, [this] { ++clicks_; });
  }

private:
  QPushButton *makeButton(const QString &text) { return new QPushButton(text, this); }
  int clicks_ = 0;
};

// The parent is the emitter and destroys it.
class ChildOk : public QObject {
public:
  explicit ChildOk(QPushButton *button) : QObject(button) {
    connect(button, &QPushButton::clicked, this, [this] { ++clicks_; });
    button->installEventFilter(this);
  }

private:
  int clicks_ = 0;
};

int main(int argc, char **argv) {
  QApplication application(argc, argv);
  QPushButton button;
  QLabel label;
  QObject::connect(&button, &QPushButton::clicked, [&label] { label.clear(); });
  QObject::connect(&button, SIGNAL(clicked()), &label, SLOT(clear()));
  QObject::connect(&application, &QApplication::lastWindowClosed, [] { qDebug("closed"); });
  return application.exec();
}
