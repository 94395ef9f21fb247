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
