// RUN: %check %s -- -std=c++20 -I/usr/include/postgresql
// In coroutines, awaited and not.
#include <coroutine>
#include <exception>
#include <libpq-fe.h>
#include <optional>
#include <string>
#include <utility>
#include <vector>

template <typename T> class Task {
public:
  struct promise_type {
    std::optional<T> value;
    std::coroutine_handle<> next;
    Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(T result) { value = std::move(result); }
    void unhandled_exception() { std::terminate(); }
  };
  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  Task(Task &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  ~Task() {
    if (handle_)
      handle_.destroy();
  }
  bool await_ready() const { return handle_.done(); }
  void await_suspend(std::coroutine_handle<> next) { handle_.promise().next = next; }
  T await_resume() { return std::move(*handle_.promise().value); }

private:
  std::coroutine_handle<promise_type> handle_;
};

static Task<std::string> userName(PGconn *db, int id) {
  const std::string sql = "SELECT name FROM users WHERE id = " + std::to_string(id);
  PGresult *result = PQexec(db, sql.c_str());
  std::string name = PQntuples(result) ? PQgetvalue(result, 0, 0) : "";
  PQclear(result);
  co_return name;
}

Task<int> awaitedWarns(PGconn *db, std::vector<int> ids) {
  int length = 0;
  for (int id : ids) {
    const std::string name = co_await userName(db, id); // expect: query-in-loop
    length += static_cast<int>(name.size());
  }
  co_return length;
}

static Task<std::string> label(PGconn *db, int id) { co_return "user " + co_await userName(db, id); }
Task<int> deepWarns(PGconn *db, std::vector<int> ids) {
  int length = 0;
  for (std::size_t i = 0; i < ids.size(); ++i)
    length += static_cast<int>((co_await label(db, ids[i])).size()); // expect: query-in-loop
  co_return length;
}

Task<int> directWarns(PGconn *db, std::vector<int> ids) {
  for (int id : ids) {
    const std::string sql = "DELETE FROM users WHERE id = " + std::to_string(id);
    PQclear(PQexec(db, sql.c_str())); // expect: query-in-loop
  }
  co_return 0;
}

Task<std::string> onceOk(PGconn *db, int id) { co_return co_await userName(db, id); }
