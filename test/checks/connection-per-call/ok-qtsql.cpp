// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtSql
// Qt keeps connections under a name: looking one up opens nothing.
#include <QObject>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QThread>
#include <QVariant>

int lookUpOk() {
  QSqlDatabase db = QSqlDatabase::database("shop");
  QSqlQuery query("SELECT count(*) FROM users", db);
  return query.next() ? query.value(0).toInt() : 0;
}

bool reopenOk() {
  QSqlDatabase db = QSqlDatabase::database("shop");
  if (!db.isOpen() && !db.open())
    return false;
  return db.tables().contains("users");
}

// One for each thread, kept under the thread's name.
QSqlDatabase perThreadOk() {
  const QString name = QString::number(reinterpret_cast<quintptr>(QThread::currentThread()));
  if (QSqlDatabase::contains(name))
    return QSqlDatabase::database(name);
  QSqlDatabase db = QSqlDatabase::addDatabase("QPSQL", name);
  db.setDatabaseName("shop");
  db.open();
  return db;
}

class Storage : public QObject {
public:
  bool initOk(const QString &host) {
    QSqlDatabase db = QSqlDatabase::addDatabase("QPSQL", "shop");
    db.setHostName(host);
    return db.open();
  }
  void closeOk() { QSqlDatabase::database("shop").close(); }

private:
  QSqlDatabase member_;
};
