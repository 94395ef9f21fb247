// RUN: %check %s -- -std=c++20
// Erase, insert and build that look like front work or rebuilding and are not.
#include <algorithm>
#include <deque>
#include <list>
#include <map>
#include <queue>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

struct Job {
  int id;
  std::string name;
  bool done;
};
void run(const Job &job);

// region: front
void drainOk(std::deque<Job> &jobs) {
  while (!jobs.empty()) {
    run(jobs.front());
    jobs.pop_front();
  }
}
// endregion

void queueOk(std::queue<Job> jobs) {
  for (; !jobs.empty(); jobs.pop())
    run(jobs.front());
}

void popBackOk(std::vector<Job> &jobs) {
  while (!jobs.empty()) {
    run(jobs.back());
    jobs.pop_back();
  }
}

void listSweepOk(std::list<Job> &jobs) {
  for (auto it = jobs.begin(); it != jobs.end();)
    it = it->done ? jobs.erase(it) : std::next(it);
}

void mapSweepOk(std::map<int, Job> &jobs) {
  for (auto it = jobs.begin(); it != jobs.end();) {
    if (it->second.done)
      it = jobs.erase(it);
    else
      ++it;
  }
}

void setFrontOk(std::set<int> &ids) {
  while (!ids.empty())
    ids.erase(ids.begin());
}

void removeIfOk(std::vector<Job> &jobs) {
  jobs.erase(std::remove_if(jobs.begin(), jobs.end(), [](const Job &job) { return job.done; }), jobs.end());
}

void swapWithLastOk(std::vector<Job> &jobs) {
  for (std::size_t i = 0; i < jobs.size();) {
    if (jobs[i].done) {
      std::swap(jobs[i], jobs.back());
      jobs.pop_back();
    } else {
      ++i;
    }
  }
}

// Each erase works on its own small list.
void perElementOk(std::vector<std::vector<int>> &rows) {
  for (std::vector<int> &row : rows)
    if (!row.empty())
      row.erase(row.begin());
}

void trimEachOk(std::vector<std::string> &lines) {
  for (std::string &line : lines)
    if (!line.empty() && line.front() == ' ')
      line.erase(0, 1);
}

// Found, erased, left.
bool eraseOneOk(std::vector<Job> &jobs, int id) {
  for (auto it = jobs.begin(); it != jobs.end(); ++it) {
    if (it->id == id) {
      jobs.erase(it);
      return true;
    }
  }
  return false;
}

void eraseOneBreakOk(std::vector<Job> &jobs, int id) {
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (jobs[i].id == id) {
      jobs.erase(jobs.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
  }
}

// At the end is not at the front.
std::vector<int> insertEndOk(const std::vector<std::vector<int>> &parts) {
  std::vector<int> all;
  for (const auto &part : parts)
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

void eraseTailOk(std::string &text) {
  while (!text.empty() && text.back() == '/')
    text.erase(text.size() - 1);
}

void eraseLastOk(std::vector<int> &values) {
  while (!values.empty() && values.back() == 0)
    values.erase(values.end() - 1);
}

// Once, after the loop.
std::vector<int> reverseOk(const std::vector<int> &values) {
  std::vector<int> out;
  for (int value : values)
    out.push_back(value);
  std::reverse(out.begin(), out.end());
  out.insert(out.begin(), 0);
  return out;
}

// The list is capped.
void historyOk(std::deque<std::string> &history, const std::vector<std::string> &lines) {
  for (const std::string &line : lines) {
    history.push_back(line);
    if (history.size() > 100)
      history.pop_front();
  }
}

// At most a few times.
void headerOk(std::vector<std::string> &lines) {
  for (int i = 0; i < 3 && !lines.empty(); ++i)
    lines.erase(lines.begin());
}

// Building in place.

// region: rebuild
std::string csvOk(const std::vector<Job> &jobs) {
  std::string text;
  for (const Job &job : jobs) {
    text += job.name;
    text += '\n';
  }
  return text;
}
// endregion

std::string streamOk(const std::vector<Job> &jobs) {
  std::ostringstream out;
  for (const Job &job : jobs)
    out << job.name << '\n';
  return out.str();
}

// The left operand is moved, not copied.
std::string movedOk(const std::vector<Job> &jobs) {
  std::string text;
  for (const Job &job : jobs)
    text = std::move(text) + job.name;
  return text;
}

static std::vector<int> with(std::vector<int> list, int value) {
  list.push_back(value);
  return list;
}
std::vector<int> movedThroughOk(const std::vector<Job> &jobs) {
  std::vector<int> ids;
  for (const Job &job : jobs)
    ids = with(std::move(ids), job.id);
  return ids;
}

// A new text each round.
void perRoundOk(const std::vector<Job> &jobs) {
  for (const Job &job : jobs) {
    std::string text = "job ";
    text = text + job.name;
    text = text + "!";
    run({job.id, text, false});
  }
}

// Overwritten, not grown.
std::string lastOk(const std::vector<Job> &jobs) {
  std::string last;
  for (const Job &job : jobs)
    last = job.name + "!";
  return last;
}

// Numbers do not grow in size.
int sumOk(const std::vector<Job> &jobs) {
  int sum = 0;
  for (const Job &job : jobs)
    sum = sum + job.id;
  return sum;
}

// A list of constant size passed by value.
static int longest(std::vector<int> list) { return list.empty() ? 0 : *std::max_element(list.begin(), list.end()); }
int eachRowOk(const std::vector<std::vector<int>> &rows) {
  int most = 0;
  for (const auto &row : rows)
    most = std::max(most, longest(row));
  return most;
}

// The path grows by levels, a handful.
std::string fewOk(const std::string &name) {
  std::string path = name;
  for (int i = 0; i < 3; ++i)
    path = "../" + path;
  return path;
}

// Another text each time: what is put in front of it is no accumulation.
static std::string decrypted(std::string text) {
  std::string plain(text.rbegin(), text.rend());
  text = plain;
  text = "> " + text + '\n';
  return text;
}
std::string decryptOk(const std::vector<Job> &jobs, std::string message) {
  for (const Job &job : jobs) {
    message = decrypted(message);
    run(job);
  }
  return message;
}

// What is dead goes when the next one speaks; a second time there is nothing.
class Signal {
public:
  void emit(int value) {
    callbacks_.erase(
        std::remove_if(callbacks_.begin(), callbacks_.end(), [](const Callback &callback) { return callback.dead; }),
        callbacks_.end());
    for (Callback &callback : callbacks_)
      callback.last = value;
  }

private:
  struct Callback {
    bool dead = false;
    int last = 0;
  };
  std::vector<Callback> callbacks_;
};
void emitAllOk(Signal &signal, const std::vector<int> &values) {
  for (int value : values)
    signal.emit(value);
}
