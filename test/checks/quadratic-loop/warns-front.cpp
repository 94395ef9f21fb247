// RUN: %check %s -- -std=c++20
// Front work: erase and insert at the front or the middle, once per element.
#include <algorithm>
#include <deque>
#include <string>
#include <vector>

struct Job {
  int id;
  int priority;
  bool done;
};
void run(const Job &job);

// region: front
void drainWarns(std::vector<Job> &jobs) {
  while (!jobs.empty()) {
    run(jobs.front());
    jobs.erase(jobs.begin()); // expect: quadratic-loop
  }
}
// endregion

void sweepWarns(std::vector<Job> &jobs) {
  for (auto it = jobs.begin(); it != jobs.end();) {
    if (it->done)
      it = jobs.erase(it); // expect: quadratic-loop
    else
      ++it;
  }
}

void sweepByIndexWarns(std::vector<Job> &jobs) {
  for (std::size_t i = 0; i < jobs.size();) {
    if (jobs[i].done)
      jobs.erase(jobs.begin() + i); // expect: quadratic-loop
    else
      ++i;
  }
}

void sweepBackwardsWarns(std::vector<Job> &jobs) {
  for (int i = static_cast<int>(jobs.size()) - 1; i >= 0; --i)
    if (jobs[i].done)
      jobs.erase(jobs.begin() + i); // expect: quadratic-loop
}

void sweepDequeWarns(std::deque<Job> &jobs) {
  auto it = jobs.begin();
  while (it != jobs.end())
    if (it->done)
      it = jobs.erase(it); // expect: quadratic-loop
    else
      ++it;
}

std::vector<int> reversedWarns(const std::vector<int> &values) {
  std::vector<int> out;
  for (int value : values)
    out.insert(out.begin(), value); // expect: quadratic-loop
  return out;
}

std::vector<Job> sortedWarns(const std::vector<Job> &jobs) {
  std::vector<Job> sorted;
  for (const Job &job : jobs) {
    auto at = std::upper_bound(sorted.begin(), sorted.end(), job,
                               [](const Job &a, const Job &b) { return a.priority < b.priority; });
    sorted.insert(at, job); // expect: quadratic-loop
  }
  return sorted;
}

int sumDigitsWarns(std::string text) {
  int sum = 0;
  while (!text.empty()) {
    sum += text[0] - '0';
    text.erase(0, 1); // expect: quadratic-loop
  }
  return sum;
}

void stripWarns(std::string &text) {
  for (auto it = text.begin(); it != text.end();) {
    if (*it == '\r')
      it = text.erase(it); // expect: quadratic-loop
    else
      ++it;
  }
}

// Remove-erase in itself is linear; here it is done once per id.
void removeAllWarns(std::vector<int> &values, const std::vector<int> &unwanted) {
  for (int id : unwanted)
    values.erase(std::remove(values.begin(), values.end(), id), values.end()); // expect: quadratic-loop
}

void eraseEachWarns(std::vector<std::string> &names, const std::vector<std::string> &unwanted) {
  for (const std::string &name : unwanted)
    std::erase(names, name); // expect: quadratic-loop
}

// The queue is a member, the erase stands in a helper.
class Worker {
public:
  void drainMemberWarns() {
    while (!jobs_.empty())
      runFirst(); // expect: quadratic-loop
  }

private:
  void runFirst() {
    run(jobs_.front());
    jobs_.erase(jobs_.begin());
  }
  std::vector<Job> jobs_;
};

static void pushFront(std::vector<int> &values, int value) { values.insert(values.begin(), value); }

std::vector<int> historyWarns(const std::vector<int> &values) {
  std::vector<int> history;
  for (std::size_t i = 0; i < values.size(); ++i)
    pushFront(history, values[i]); // expect: quadratic-loop
  return history;
}
