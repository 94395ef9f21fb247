// RUN: %check %s -- -std=c++20
// Conditions and searches that cost nothing, or go on where they stopped.
#include <algorithm>
#include <cctype>
#include <cstring>
#include <iterator>
#include <list>
#include <string>
#include <string_view>
#include <vector>

// region: recount
void upperOk(char *text) {
  const std::size_t length = std::strlen(text);
  for (std::size_t i = 0; i < length; ++i)
    text[i] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[i])));
}
// endregion

void initOk(const char *text, std::vector<char> &out) {
  for (std::size_t i = 0, n = std::strlen(text); i < n; ++i)
    out.push_back(text[i]);
}

int sizeOk(const std::string &text) {
  int spaces = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    spaces += text[i] == ' ';
  for (std::size_t i = 0; i < text.length(); ++i)
    spaces += text[i] == '\t';
  return spaces;
}

// Constant since C++11.
int listSizeOk(const std::list<int> &values) {
  int n = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    ++n;
  return n;
}

int distanceOk(const std::vector<int> &values) {
  int pairs = 0;
  for (auto it = values.begin(); std::distance(it, values.end()) > 1; ++it)
    pairs += *it == *std::next(it);
  return pairs;
}

// One step is one step.
int neighboursOk(const std::list<int> &values) {
  int pairs = 0;
  for (auto it = values.begin(); it != values.end(); ++it)
    if (std::next(it) != values.end())
      pairs += *it == *std::next(it);
  return pairs;
}

int randomAccessOk(const std::vector<int> &values) {
  int sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    sum += *std::next(values.begin(), static_cast<std::ptrdiff_t>(i));
  return sum;
}

// Each round has its own text.
std::size_t totalOk(const std::vector<const char *> &texts) {
  std::size_t sum = 0;
  for (const char *text : texts)
    sum += std::strlen(text);
  return sum;
}

std::size_t argumentsOk(int argc, char **argv) {
  std::size_t sum = 0;
  for (int i = 1; i < argc; ++i)
    sum += strlen(argv[i]);
  return sum;
}

std::size_t conditionOnElementOk(const std::vector<const char *> &texts) {
  std::size_t n = 0;
  while (n < texts.size() && std::strlen(texts[n]) > 3)
    ++n;
  return n;
}

// Ends at the terminator.
int terminatorOk(const char *text) {
  int n = 0;
  for (const char *p = text; *p; ++p)
    n += *p == ',';
  return n;
}

// Each list is sorted once.
void sortEachOk(std::vector<std::vector<int>> &rows) {
  for (auto &row : rows)
    std::sort(row.begin(), row.end());
}

std::vector<int> sortAfterOk(const std::vector<int> &values) {
  std::vector<int> out;
  for (int value : values)
    if (value > 0)
      out.push_back(value);
  std::sort(out.begin(), out.end());
  return out;
}

void sortLocalOk(const std::vector<std::string> &words, std::vector<std::string> &keys) {
  for (const std::string &word : words) {
    std::string key = word;
    std::sort(key.begin(), key.end());
    keys.push_back(key);
  }
}

// region: restart
void escapeOk(std::string &text) {
  std::size_t at = 0;
  while ((at = text.find('\t', at)) != std::string::npos) {
    text.replace(at, 1, "    ");
    at += 4;
  }
}
// endregion

int occurrencesOk(const std::string &text, const std::string &word) {
  int count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size()))
    ++count;
  return count;
}

std::vector<std::string> splitOk(std::string_view text) {
  std::vector<std::string> parts;
  std::size_t from = 0, to;
  while ((to = text.find(',', from)) != std::string_view::npos) {
    parts.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  parts.emplace_back(text.substr(from));
  return parts;
}

std::vector<std::string_view> shrinkingViewOk(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t to; (to = text.find('\n')) != std::string_view::npos; text.remove_prefix(to + 1))
    parts.push_back(text.substr(0, to));
  return parts;
}

// Each text is searched from its own beginning.
int linesWithOk(const std::vector<std::string> &lines, const std::string &word) {
  int count = 0;
  for (const std::string &line : lines)
    count += line.find(word) != std::string::npos;
  return count;
}

void replaceFirstInEachOk(std::vector<std::string> &lines) {
  for (std::string &line : lines) {
    auto at = line.find("TODO");
    if (at != std::string::npos)
      line.replace(at, 4, "DONE");
  }
}

void iteratorGoesOnOk(std::vector<int> &values) {
  auto it = values.begin();
  while ((it = std::find(it, values.end(), 0)) != values.end())
    *it++ = 1;
}
