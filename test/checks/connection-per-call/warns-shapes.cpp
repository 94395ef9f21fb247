// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// Connections under other names, opened by other hands.
#include <cstdio>
#include <functional>
#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// A class that is opened and closed by its methods.
class Database {
public:
  bool open(const std::string &address) {
    handle_ = PQconnectdb(address.c_str());
    return PQstatus(handle_) == CONNECTION_OK;
  }
  void close() {
    PQfinish(handle_);
    handle_ = nullptr;
  }
  void run(const char *sql) { PQclear(PQexec(handle_, sql)); }

private:
  PGconn *handle_ = nullptr;
};
bool openCloseWarns(const std::string &address) {
  Database db;
  if (!db.open(address)) // expect: connection-per-call
    return false;
  db.run("DELETE FROM carts");
  db.close();
  return true;
}

// A class with a smart pointer and a deleter of its own.
struct Finish {
  void operator()(PGconn *db) const { PQfinish(db); }
};
class Session {
public:
  explicit Session(const char *address) : db_(PQconnectdb(address)) {
    if (PQstatus(db_.get()) != CONNECTION_OK)
      throw std::runtime_error(PQerrorMessage(db_.get()));
  }
  int count(const char *sql) {
    PGresult *result = PQexec(db_.get(), sql);
    const int rows = PQntuples(result);
    PQclear(result);
    return rows;
  }

private:
  std::unique_ptr<PGconn, Finish> db_;
};
int deleterWarns() {
  Session session("dbname=shop"); // expect: connection-per-call
  return session.count("SELECT 1 FROM users");
}
int bracesWarns() {
  auto session = Session{"dbname=shop"}; // expect: connection-per-call
  return session.count("SELECT 1 FROM users");
}
int newDeleteWarns() {
  Session *session = new Session("dbname=shop"); // expect: connection-per-call
  const int count = session->count("SELECT 1 FROM users");
  delete session;
  return count;
}
int optionalWarns(bool wanted) {
  std::optional<Session> session;
  if (wanted)
    session.emplace("dbname=shop"); // expect: connection-per-call
  return session ? session->count("SELECT 1 FROM users") : 0;
}
int tryWarns() {
  try {
    Session session("dbname=shop"); // expect: connection-per-call
    return session.count("SELECT 1 FROM users");
  } catch (const std::exception &e) {
    std::puts(e.what());
    return -1;
  }
}
int temporaryWarns() {
  return Session("dbname=shop").count("SELECT 1 FROM users"); // expect: connection-per-call
}

// Derived from one.
class Reports : private Session {
public:
  Reports() : Session("dbname=reports") {}
  int rows() { return count("SELECT 1 FROM reports"); }
};
int derivedWarns() {
  Reports reports; // expect: connection-per-call
  return reports.rows();
}

// Two deep: a service that has a store that has a session.
class Store {
public:
  Store() : session_("dbname=shop") {}
  int users() { return session_.count("SELECT 1 FROM users"); }

private:
  Session session_;
};
class Service {
public:
  int users() { return store_.users(); }

private:
  Store store_;
};
int nestedWarns() {
  Service service; // expect: connection-per-call
  return service.users();
}

// Factories.
static std::unique_ptr<Session> makeSession() { return std::make_unique<Session>("dbname=shop"); }
static Session byValue() { return Session("dbname=shop"); }
class Factory {
public:
  std::shared_ptr<Session> create() const { return std::make_shared<Session>(address_.c_str()); }

private:
  std::string address_;
};
int factoryWarns() {
  auto session = makeSession(); // expect: connection-per-call
  return session->count("SELECT 1 FROM users");
}
int valueFactoryWarns() {
  Session session = byValue(); // expect: connection-per-call
  return session.count("SELECT 1 FROM users");
}
int classFactoryWarns(const Factory &factory) {
  const auto session = factory.create(); // expect: connection-per-call
  return session->count("SELECT 1 FROM users");
}
int chainedFactoryWarns() {
  return makeSession()->count("SELECT 1 FROM users"); // expect: connection-per-call
}

// A helper runs the work over a connection of its own.
template <typename Work> static auto withSession(Work work) {
  Session session("dbname=shop"); // expect: connection-per-call
  return work(session);
}
int callback() {
  return withSession([](Session &session) { return session.count("SELECT 1 FROM users"); });
}

// A virtual method of a handler.
class Handler {
public:
  virtual ~Handler() = default;
  virtual std::string answer(const std::string &path) = 0;
};
class Users : public Handler {
public:
  std::string answer(const std::string &path) override { return std::to_string(countWarns()) + path; }

private:
  int countWarns() {
    PGconn *db = PQconnectdb("dbname=shop"); // expect: connection-per-call
    PGresult *result = PQexec(db, "SELECT 1 FROM users");
    const int rows = PQntuples(result);
    PQclear(result);
    PQfinish(db);
    return rows;
  }
};

// In a loop, one for each element.
static void touch(int id) {
  Session session("dbname=shop"); // expect: connection-per-call
  const std::string sql = "UPDATE users SET seen = now() WHERE id = " + std::to_string(id);
  session.count(sql.c_str());
}
void loopWarns(const std::vector<int> &ids) {
  for (int id : ids)
    touch(id); // expect: query-in-loop
}
void inLoopWarns(const std::vector<int> &ids) {
  for (int id : ids) {
    Session session("dbname=shop"); // expect: connection-per-call
    const std::string sql = "DELETE FROM users WHERE id = " + std::to_string(id);
    session.count(sql.c_str()); // expect: query-in-loop
  }
}
