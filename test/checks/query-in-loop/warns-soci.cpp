// RUN: %check %s -- -std=c++17
#include <soci/soci.h>
#include <string>
#include <vector>

struct Person {
  int id;
  std::string name;
};

// Runs when the temporary dies, at the end of the statement.
void selectWarns(soci::session &sql, std::vector<Person> &people) {
  for (Person &person : people)
    sql << "SELECT name FROM person WHERE id = :id", soci::use(person.id), soci::into(person.name); // expect: query-in-loop
}

void plainWarns(soci::session &sql, const std::vector<int> &ids) {
  for (int id : ids)
    sql << "DELETE FROM person WHERE id = " << id; // expect: query-in-loop
}

// The rows of one query, and a query for each.
void rowsetWarns(soci::session &sql, std::vector<Person> &people) {
  soci::rowset<int> ids = (sql.prepare << "SELECT id FROM person");
  for (int id : ids) {
    Person person{id, ""};
    sql << "SELECT name FROM person WHERE id = :id", soci::use(id), soci::into(person.name); // expect: query-in-loop
    people.push_back(person);
  }
}

static std::string nameOf(soci::session &sql, int id) {
  std::string name;
  sql << "SELECT name FROM person WHERE id = :id", soci::use(id), soci::into(name);
  return name;
}
void helperWarns(soci::session &sql, const std::vector<int> &ids, std::vector<std::string> &names) {
  for (auto it = ids.begin(); it != ids.end(); ++it)
    names.push_back(nameOf(sql, *it)); // expect: query-in-loop
}

// The rowset in the loop runs its query in the constructor.
int innerRowsetWarns(soci::session &sql, const std::vector<int> &ids) {
  int count = 0;
  for (int id : ids) {
    soci::rowset<std::string> tags = (sql.prepare << "SELECT tag FROM tags WHERE person = :id", soci::use(id)); // expect: query-in-loop
    for (const std::string &tag : tags)
      count += !tag.empty();
  }
  return count;
}
