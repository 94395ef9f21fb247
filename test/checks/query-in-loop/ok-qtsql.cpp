// RUN: %check %s -- -std=c++17 -fPIC -isystem /usr/include/x86_64-linux-gnu/qt5 -isystem /usr/include/x86_64-linux-gnu/qt5/QtCore -isystem /usr/include/x86_64-linux-gnu/qt5/QtSql
#include <QList>
#include <QMap>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QString>
#include <QVariant>

struct Buffer {
  int id;
  QString name;
};

QList<Buffer> rowsOk(const QSqlDatabase &db) {
  QList<Buffer> buffers;
  QSqlQuery query("SELECT id, name FROM buffer", db);
  while (query.next())
    buffers << Buffer{query.value(0).toInt(), query.value(1).toString()};
  return buffers;
}

void batchOk(QSqlDatabase &db, const QList<Buffer> &buffers) {
  QVariantList ids, names;
  for (const Buffer &buffer : buffers) {
    ids << buffer.id;
    names << buffer.name;
  }
  QSqlQuery query(db);
  query.prepare("INSERT INTO buffer (id, name) VALUES (?, ?)");
  query.addBindValue(ids);
  query.addBindValue(names);
  query.execBatch();
}

// Binding is no round trip.
void bindOk(QSqlQuery &query, const QVariantMap &values) {
  for (auto it = values.begin(); it != values.end(); ++it)
    query.bindValue(":" + it.key(), it.value());
  query.exec();
}

// A query object without text does nothing yet.
QList<QSqlQuery> objectsOk(const QSqlDatabase &db, int count) {
  QList<QSqlQuery> queries;
  for (int i = 0; i < count; ++i)
    queries << QSqlQuery(db);
  return queries;
}

// One transaction, prepared once: low, as the server may be remote.
void transactionOk(QSqlDatabase &db, const QList<Buffer> &buffers) {
  db.transaction();
  QSqlQuery query(db);
  query.prepare("INSERT INTO buffer (id, name) VALUES (?, ?)");
  for (const Buffer &buffer : buffers) {
    query.addBindValue(buffer.id);
    query.addBindValue(buffer.name);
    query.exec(); // low: query-in-loop
  }
  db.commit();
}

// Columns of one row.
QStringList columnsOk(const QSqlQuery &query) {
  QStringList names;
  for (int i = 0; i < query.record().count(); ++i)
    names << query.record().fieldName(i);
  return names;
}

// Behind a cache: low.
class Names {
public:
  QString name(const QSqlDatabase &db, int id) {
    if (!names_.contains(id)) {
      QSqlQuery query(QString("SELECT name FROM buffer WHERE id = %1").arg(id), db);
      names_[id] = query.first() ? query.value(0).toString() : QString();
    }
    return names_.value(id);
  }

private:
  QMap<int, QString> names_;
};
QStringList cachedOk(const QSqlDatabase &db, Names &names, const QList<int> &ids) {
  QStringList out;
  for (int id : ids)
    out << names.name(db, id); // low: query-in-loop
  return out;
}
