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

// Opened where it is not: what it is used for finds it open the next time.
QSqlDatabase openedOk() {
  QSqlDatabase db = QSqlDatabase::database("shop", false);
  if (db.isOpen())
    return db;
  db.open();
  return db;
}
int useOpenedOk() {
  QSqlDatabase db = openedOk();
  QSqlQuery query("SELECT count(*) FROM users", db);
  return query.next() ? query.value(0).toInt() : 0;
}
int useByNameOk() {
  QSqlDatabase db = perThreadOk();
  QSqlQuery query("SELECT count(*) FROM users", db);
  return query.next() ? query.value(0).toInt() : 0;
}
int addOk(const QString &name) {
  if (!QSqlDatabase::contains(name)) {
    QSqlDatabase db = QSqlDatabase::addDatabase("QPSQL", name);
    db.open();
  }
  QSqlQuery query("SELECT count(*) FROM users", QSqlDatabase::database(name));
  return query.next() ? query.value(0).toInt() : 0;
}

// The name keeps it open, not the object.
void registeredOk() {
  QSqlDatabase db = QSqlDatabase::addDatabase("QPSQL", "audit");
  db.open();
}

// Once more, where the statement has failed.
bool againOk(QSqlQuery &first, const QString &name) {
  if (first.exec())
    return true;
  QSqlDatabase db = QSqlDatabase::addDatabase("QPSQL", name);
  db.open();
  bool done = QSqlQuery(db).exec("UPDATE hits SET count = count + 1");
  db.close();
  return done;
}
