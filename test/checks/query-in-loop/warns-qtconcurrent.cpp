// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtConcurrent -isystem /usr/include/x86_64-linux-gnu/qt5/QtSql
// Side by side is still one round trip per element.
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVector>
#include <QtConcurrentMap>

struct Item {
  int id;
  int count;
};

static int stock(int id) {
  QSqlQuery query(QString("SELECT count FROM stock WHERE item = %1").arg(id), QSqlDatabase::database());
  return query.next() ? query.value(0).toInt() : 0;
}

void mapWarns(QVector<Item> &items) {
  QtConcurrent::blockingMap(items, [](Item &item) {
    item.count = stock(item.id); // expect: query-in-loop
  });
}

QVector<int> mappedWarns(const QVector<int> &ids) {
  return QtConcurrent::blockingMapped<QVector<int>>(ids, stock); // expect: query-in-loop
}
