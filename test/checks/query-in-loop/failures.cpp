// RUN: %check %s -- -std=c++20
// A branch that says what went wrong and leaves: what it puts right is rare.
#include <cstdio>
#include <map>
#include <pqxx/pqxx>
#include <stdexcept>
#include <string>
#include <vector>

struct Item {
  int id = 0;
  int type = 0;
};
struct Log {
  void outErrorDb(const char *format, ...);
  void outString(const char *format, ...);
};
extern Log sLog;
void write_log(int level, const char *text);
#define LOG(severity, text) LOG_##severity(text)
#define LOG_ERROR(text) write_log(3, text)
#define LOG_INFO(text) write_log(1, text)

void deleteOrphansLow(pqxx::work &tx, const std::vector<Item> &items, const std::map<int, int> &types) {
  for (const Item &item : items) {
    auto type = types.find(item.type);
    if (type == types.end()) {
      sLog.outErrorDb("item %d has no type %d, deleted", item.id, item.type);
      tx.exec_params("DELETE FROM items WHERE id = $1", item.id); // low: query-in-loop
      continue;
    }
    std::printf("%d\n", type->second);
  }
}

void macroLow(pqxx::work &tx, const std::vector<Item> &items) {
  for (const Item &item : items) {
    if (item.type < 0) {
      LOG(ERROR, "no type");
      tx.exec_params("DELETE FROM items WHERE id = $1", item.id); // low: query-in-loop
      continue;
    }
    LOG(INFO, "kept");
  }
}

// Said, and gone on with: it is part of the work.
void repairWarns(pqxx::work &tx, const std::vector<Item> &items) {
  for (const Item &item : items) {
    if (item.type < 0)
      sLog.outErrorDb("item %d has no type", item.id);
    tx.exec_params("UPDATE items SET seen = true WHERE id = $1", item.id);
// CHECK: :[[@LINE-1]]:8: warning: 'exec_params' runs one query per element of 'items' [perfidy-query-in-loop]
  }
}

// Not a failure, by its name.
void skipWarns(pqxx::work &tx, const std::vector<Item> &items) {
  for (const Item &item : items) {
    if (item.type < 0) {
      sLog.outString("deleting %d", item.id);
      tx.exec_params("DELETE FROM items WHERE id = $1", item.id);
// CHECK: :[[@LINE-1]]:10: warning: 'exec_params' runs one query per element of 'items' [perfidy-query-in-loop]
      continue;
    }
    LOG(INFO, "kept");
  }
}

// An error is looked up, nobody says it.
std::string error(int code);
void errorTextWarns(pqxx::work &tx, const std::vector<Item> &items) {
  for (const Item &item : items) {
    if (item.type != 0) {
      std::string text = error(item.type);
      tx.exec_params("UPDATE items SET text = $2 WHERE id = $1", item.id, text);
// CHECK: :[[@LINE-1]]:10: warning: 'exec_params' runs one query per element of 'items' [perfidy-query-in-loop]
      continue;
    }
    LOG(INFO, "kept");
  }
}
