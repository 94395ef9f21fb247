// RUN: %check %s -- -std=c++20
// Text that begins like SQL and is none, or goes where no database is.
#include <cstdio>
#include <fmt/core.h>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

class Window {
public:
  void setStatus(const std::string &text);
  bool ask(const std::string &question);
  void addItem(const char *label);
};
class Trace {
public:
  Trace &operator<<(const std::string &text);
};
std::string tr(const char *text);

// English.
void statusOk(Window &window, const std::vector<std::string> &files) {
  for (const std::string &file : files) {
    window.setStatus("Select a target for " + file);
    window.setStatus("Update of " + file + " finished");
    window.setStatus("Select an entry from " + file);
    if (window.ask("Delete " + file + "?"))
      window.setStatus("Deleted");
  }
}

void labelsOk(Window &window, const std::vector<std::string> &names) {
  for (const std::string &name : names) {
    window.addItem("Insert");
    window.addItem("Create");
    window.addItem(name.c_str());
  }
}

void translateOk(const std::vector<std::string> &names, std::vector<std::string> &out) {
  for (std::size_t i = 0; i < names.size(); ++i)
    out.push_back(tr("Select all"));
}

// SQL that is shown, logged, collected or written to a file.
void printOk(const std::vector<int> &ids) {
  for (int id : ids)
    std::printf("DELETE FROM users WHERE id = %d;\n", id);
}
void coutOk(const std::vector<int> &ids) {
  for (int id : ids)
    std::cout << "DELETE FROM users WHERE id = " << id << ";\n";
}
void traceOk(Trace &trace, const std::vector<int> &ids) {
  for (int id : ids)
    trace << "DELETE FROM users WHERE id = " << std::to_string(id);
}
void dumpOk(const std::vector<int> &ids) {
  std::ofstream out("dump.sql");
  for (int id : ids)
    out << "INSERT INTO users VALUES (" << id << ");\n";
}
void collectOk(const std::vector<int> &ids, std::vector<std::string> &statements) {
  for (int id : ids)
    statements.push_back("DELETE FROM users WHERE id = " + std::to_string(id));
}
void appendOk(const std::vector<int> &ids, std::string &script) {
  for (int id : ids)
    script.append("DELETE FROM users WHERE id = ").append(std::to_string(id)).append(";\n");
}
void keyOk(std::map<std::string, int> &counts, const std::vector<std::string> &tables) {
  for (const std::string &table : tables)
    ++counts["SELECT * FROM " + table];
}
void compareOk(const std::vector<std::string> &lines, int &count) {
  for (const std::string &line : lines)
    if (line.compare("SELECT 1 FROM dual") == 0 || line.starts_with("SELECT name FROM "))
      ++count;
}
void formatOk(const std::vector<int> &ids, std::string &out) {
  for (int id : ids)
    out += fmt::format("DELETE FROM users WHERE id = {};", id);
}

// The body is known: it only stores.
class Script {
public:
  void add(const std::string &sql) { statements_.push_back(sql); }

private:
  std::vector<std::string> statements_;
};
void scriptOk(Script &script, const std::vector<int> &ids) {
  for (int id : ids)
    script.add("DELETE FROM users WHERE id = " + std::to_string(id));
}

// Text of unknown content.
class Runner {
public:
  bool run(const std::string &command);
};
void commandsOk(Runner &runner, const std::vector<std::string> &commands) {
  for (const std::string &command : commands)
    runner.run(command);
}
void otherLanguageOk(Runner &runner, const std::vector<std::string> &names) {
  for (const std::string &name : names)
    runner.run("GET /users/" + name + " HTTP/1.1");
}

// Once.
void singleOk(Runner &runner) { runner.run("DELETE FROM sessions"); }
