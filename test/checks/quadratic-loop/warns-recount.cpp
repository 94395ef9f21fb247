// RUN: %check %s -- -std=c++20
// Recount: the loop asks a linear question on each round. Restart: it searches
// from the beginning after each replacement.
#include <algorithm>
#include <cctype>
#include <cstring>
#include <iterator>
#include <list>
#include <map>
#include <string>
#include <vector>

// region: recount
void upperWarns(char *text) {
  for (std::size_t i = 0; i < std::strlen(text); ++i) // expect: quadratic-loop
    text[i] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[i])));
}
// endregion

int spacesWarns(const char *text) {
  int spaces = 0;
  unsigned i = 0;
  while (i < strlen(text)) // expect: quadratic-loop
    spaces += text[i++] == ' ';
  return spaces;
}

int sumListWarns(const std::list<int> &values) {
  int sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    sum += *std::next(values.begin(), i); // expect: quadratic-loop
  return sum;
}

int sumAdvanceWarns(const std::list<int> &values) {
  int sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto it = values.begin();
    std::advance(it, i); // expect: quadratic-loop
    sum += *it;
  }
  return sum;
}

int pairsWarns(const std::list<int> &values) {
  int pairs = 0;
  for (auto it = values.begin(); std::distance(it, values.end()) > 1; ++it) // expect: quadratic-loop
    pairs += *it == *std::next(it);
  return pairs;
}

std::vector<int> mediansWarns(const std::vector<int> &samples) {
  std::vector<int> seen, medians;
  for (int sample : samples) {
    seen.push_back(sample);
    std::sort(seen.begin(), seen.end()); // expect: quadratic-loop
    medians.push_back(seen[seen.size() / 2]);
  }
  return medians;
}

struct Task {
  int priority;
  std::string name;
};

void schedulerWarns(std::vector<Task> &tasks, const std::vector<Task> &arriving, std::vector<std::string> &started) {
  for (const Task &task : arriving) {
    tasks.push_back(task);
    std::stable_sort(tasks.begin(), tasks.end(), [](const Task &a, const Task &b) { return a.priority > b.priority; }); // expect: quadratic-loop
    started.push_back(tasks.front().name);
  }
}

static int length(const char *text) {
  int n = 0;
  while (text[n])
    ++n;
  return n;
}

int ownLengthWarns(const char *text) {
  int digits = 0;
  for (int i = 0; i < length(text); ++i) // expect: quadratic-loop
    digits += text[i] >= '0' && text[i] <= '9';
  return digits;
}

static int activeCount(const std::vector<Task> &tasks) {
  return static_cast<int>(std::count_if(tasks.begin(), tasks.end(), [](const Task &t) { return t.priority > 0; }));
}

void countInConditionWarns(const std::vector<Task> &tasks, std::vector<int> &out) {
  for (int i = 0; i < activeCount(tasks); ++i) // expect: quadratic-loop
    out.push_back(i);
}

// region: restart
void escapeWarns(std::string &text) {
  std::size_t at;
  while ((at = text.find('\t')) != std::string::npos) // expect: quadratic-loop
    text.replace(at, 1, "    ");
}
// endregion

void squeezeWarns(std::string &text) {
  for (auto at = text.find("  "); at != std::string::npos; at = text.find("  ")) // expect: quadratic-loop
    text.replace(at, 2, " ");
}

void foreverWarns(std::string &text, const std::string &name, const std::string &value) {
  while (true) {
    auto at = text.find(name); // expect: quadratic-loop
    if (at == std::string::npos)
      break;
    text.replace(at, name.size(), value);
  }
}

void doWhileWarns(std::string &text) {
  std::size_t at = 0;
  do {
    at = text.find("\r\n"); // expect: quadratic-loop
    if (at != std::string::npos)
      text.replace(at, 2, "\n");
  } while (at != std::string::npos);
}
