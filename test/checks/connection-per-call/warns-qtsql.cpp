// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtSql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QUuid>
#include <QVariant>

int countWarns(const QString &host) {
  const QString name = QUuid::createUuid().toString();
  int count = 0;
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QPSQL", name);
    db.setHostName(host);
    db.open(); // expect: connection-per-call
    QSqlQuery query("SELECT count(*) FROM users", db);
    if (query.next())
      count = query.value(0).toInt();
    db.close();
  }
  QSqlDatabase::removeDatabase(name);
  return count;
}

// Closed by whoever has it opened.
static QSqlDatabase opened(const QString &name) {
  QSqlDatabase db = QSqlDatabase::addDatabase("QPSQL", name);
  db.open();
  return db;
}
void closedWarns(const QString &name) {
  QSqlDatabase db = opened(name); // expect: connection-per-call
  QSqlQuery query("UPDATE hits SET count = count + 1", db);
  db.close();
}

// Where the statement went well.
bool copyWarns(QSqlQuery &first, const QString &name) {
  if (!first.exec())
    return false;
  QSqlDatabase db = QSqlDatabase::addDatabase("QPSQL", name);
  db.open(); // expect: connection-per-call
  bool done = QSqlQuery(db).exec("UPDATE hits SET count = count + 1");
  db.close();
  return done;
}
