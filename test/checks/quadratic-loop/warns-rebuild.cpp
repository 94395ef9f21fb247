// RUN: %check %s -- -std=c++20
// Rebuild: a text or a list that grows is copied once per element.
#include <algorithm>
#include <string>
#include <vector>

struct Row {
  int id;
  std::string name;
};

// region: rebuild
std::string csvWarns(const std::vector<Row> &rows) {
  std::string text;
  for (const Row &row : rows)
    text = text + row.name + '\n'; // expect: quadratic-loop
  return text;
}
// endregion

std::string prependWarns(const std::vector<Row> &rows) {
  std::string path;
  for (std::size_t i = 0; i < rows.size(); ++i)
    path = "/" + rows[i].name + path; // expect: quadratic-loop
  return path;
}

std::string insertFrontWarns(const std::vector<Row> &rows) {
  std::string path;
  for (const Row &row : rows)
    path.insert(0, row.name); // expect: quadratic-loop
  return path;
}

std::string algorithmWarns(const std::vector<Row> &rows) {
  std::string text;
  std::for_each(rows.begin(), rows.end(), [&text](const Row &row) {
    text = text + row.name; // expect: quadratic-loop
  });
  return text;
}

static std::vector<int> with(std::vector<int> list, int value) {
  list.push_back(value);
  return list;
}

std::vector<int> byValueWarns(const std::vector<Row> &rows) {
  std::vector<int> ids;
  for (const Row &row : rows)
    ids = with(ids, row.id); // expect: quadratic-loop
  return ids;
}

static std::string appended(const std::string &text, const Row &row) { return text + "," + row.name; }

std::string helperWarns(const std::vector<Row> &rows) {
  std::string text;
  for (auto it = rows.cbegin(); it != rows.cend(); ++it)
    text = appended(text, *it); // expect: quadratic-loop
  return text;
}

class Report {
public:
  void memberWarns(const std::vector<Row> &rows) {
    for (const Row &row : rows)
      body_ = body_ + "<li>" + row.name + "</li>"; // expect: quadratic-loop
  }

private:
  std::string body_;
};

// Passing what grows by value to a reader.
static bool isLong(std::vector<int> list) { return list.size() > 1000; }

std::vector<int> growingArgumentWarns(const std::vector<Row> &rows) {
  std::vector<int> ids;
  for (const Row &row : rows) {
    ids.push_back(row.id);
    if (isLong(ids)) // expect: quadratic-loop
      ids.push_back(-1);
  }
  return ids;
}
