// RUN: %check %s -- -std=c++17
#include <soci/soci.h>
#include <string>
#include <vector>

void bulkOk(soci::session &sql, std::vector<int> ids) {
  soci::transaction transaction(sql);
  sql << "INSERT INTO person (id) VALUES (:id)", soci::use(ids);
  transaction.commit();
}

int rowsetOk(soci::session &sql) {
  soci::rowset<soci::row> rows = (sql.prepare << "SELECT id, name FROM person");
  int sum = 0;
  for (const soci::row &row : rows)
    sum += row.get<int>(0);
  return sum;
}

int fetchOk(soci::session &sql) {
  int id = 0, sum = 0;
  soci::statement select = (sql.prepare << "SELECT id FROM person", soci::into(id));
  select.execute();
  while (select.fetch())
    sum += id;
  return sum;
}

// One transaction, prepared once: low.
void preparedOk(soci::session &sql, const std::vector<int> &ids) {
  soci::transaction transaction(sql);
  int id = 0;
  soci::statement insert = (sql.prepare << "INSERT INTO person (id) VALUES (:id)", soci::use(id));
  for (int next : ids) {
    id = next;
    insert.execute(true); // low: query-in-loop
  }
  transaction.commit();
}

// Blocks of a hundred rows.
int blocksOk(soci::session &sql) {
  std::vector<int> block(100);
  soci::statement select = (sql.prepare << "SELECT id FROM person", soci::into(block));
  select.execute();
  int sum = 0;
  while (select.fetch()) {
    for (int id : block)
      sum += id;
    block.resize(100);
  }
  return sum;
}
