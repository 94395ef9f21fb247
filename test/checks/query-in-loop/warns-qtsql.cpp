// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtSql
#include <QDebug>
#include <QList>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

struct Buffer {
  int id;
  QString name;
};

// Runs in the constructor.
void constructorWarns(QSqlDatabase &db, const QList<int> &ids) {
  for (int id : ids) {
    QSqlQuery query(QString("DELETE FROM buffer WHERE id = %1").arg(id), db); // expect: query-in-loop
    if (query.lastError().isValid())
      qWarning() << query.lastError().text();
  }
}

void databaseExecWarns(QSqlDatabase db, const QList<int> &ids) {
  for (int id : ids)
    db.exec(QString("DELETE FROM buffer WHERE id = %1").arg(id)); // expect: query-in-loop
}

// Prepared for each one.
void prepareWarns(QSqlDatabase &db, const QList<Buffer> &buffers) {
  Q_FOREACH (const Buffer &buffer, buffers) {
    QSqlQuery query(db);
    query.prepare("UPDATE buffer SET name = :name WHERE id = :id");
    query.bindValue(":name", buffer.name);
    query.bindValue(":id", buffer.id);
    query.exec(); // expect: query-in-loop
  }
}

// A query inside the loop over another one's rows.
QList<Buffer> rowsWarns(QSqlDatabase &db) {
  QList<Buffer> buffers;
  QSqlQuery ids("SELECT id FROM buffer", db);
  while (ids.next()) {
    const int id = ids.value(0).toInt();
    QSqlQuery name(QString("SELECT name FROM buffer WHERE id = %1").arg(id), db); // expect: query-in-loop
    if (name.first())
      buffers << Buffer{id, name.value(0).toString()};
  }
  return buffers;
}

static QString bufferName(const QSqlDatabase &db, int id) {
  QSqlQuery query(db);
  query.prepare("SELECT name FROM buffer WHERE id = :id");
  query.bindValue(":id", id);
  query.exec();
  return query.first() ? query.value(0).toString() : QString();
}

QStringList foreachWarns(const QSqlDatabase &db, const QList<int> &ids) {
  QStringList names;
  foreach (int id, ids)
    names << bufferName(db, id); // expect: query-in-loop
  return names;
}

QStringList indexWarns(const QSqlDatabase &db, const QList<int> &ids) {
  QStringList names;
  for (int i = 0; i < ids.count(); i++)
    names.append(bufferName(db, ids.at(i))); // expect: query-in-loop
  return names;
}

// No transaction: each row is committed by itself.
void noTransactionWarns(QSqlDatabase &db, const QList<Buffer> &buffers) {
  QSqlQuery query(db);
  query.prepare("INSERT INTO buffer (id, name) VALUES (?, ?)");
  for (const Buffer &buffer : buffers) {
    query.addBindValue(buffer.id);
    query.addBindValue(buffer.name);
    query.exec(); // expect: query-in-loop
  }
}
