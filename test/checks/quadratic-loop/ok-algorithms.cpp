// RUN: %check %s -- -std=c++20
// Algorithms in loops that are not a lookup per element of something else.
#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>
#include <ranges>
#include <string>
#include <unordered_set>
#include <vector>

struct Product {
  int id;
  std::string sku;
  double price;
  std::vector<int> parts;
};
struct Line {
  int productId;
  std::string sku;
};

// A hash set in the lambda.
void removeGoneOk(std::vector<Line> &lines, const std::vector<int> &gone) {
  const std::unordered_set<int> ids(gone.begin(), gone.end());
  lines.erase(std::remove_if(lines.begin(), lines.end(), [&](const Line &line) { return ids.count(line.productId) != 0; }),
              lines.end());
}

// What is in every one of the sets: a look into a hash table for each element, no search.
std::vector<int> commonOk(const std::vector<Product> &products, std::vector<int> common) {
  for (const Product &product : products) {
    const std::unordered_set<int> parts(product.parts.begin(), product.parts.end());
    common.erase(std::remove_if(common.begin(), common.end(), [&parts](int part) { return parts.count(part) == 0; }),
                 common.end());
  }
  return common;
}

// One algorithm alone.
bool anyOk(const std::vector<Product> &products, const std::string &sku) {
  return std::any_of(products.begin(), products.end(), [&](const Product &p) { return p.sku == sku; });
}

// Walks what belongs to the element.
int partsOk(const std::vector<Product> &products, int part) {
  return static_cast<int>(std::count_if(products.begin(), products.end(), [part](const Product &product) {
    return std::find(product.parts.begin(), product.parts.end(), part) != product.parts.end();
  }));
}

std::vector<double> sumsOk(const std::vector<std::vector<double>> &rows) {
  std::vector<double> sums;
  std::transform(rows.begin(), rows.end(), std::back_inserter(sums),
                 [](const std::vector<double> &row) { return std::accumulate(row.begin(), row.end(), 0.0); });
  return sums;
}

void sortRowsOk(std::vector<std::vector<int>> &rows) {
  std::ranges::for_each(rows, [](std::vector<int> &row) { std::ranges::sort(row); });
}

// Sorted once, searched by halves.
int sortedOk(const std::vector<Line> &lines, std::vector<int> ids) {
  std::sort(ids.begin(), ids.end());
  return static_cast<int>(std::count_if(lines.begin(), lines.end(), [&](const Line &line) {
    return std::binary_search(ids.begin(), ids.end(), line.productId);
  }));
}

// Sets against sets in one pass.
std::vector<int> intersectionOk(std::vector<int> a, std::vector<int> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  std::vector<int> both;
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  return both;
}

// No equality: no hash could answer it.
int cheaperOk(const std::vector<double> &limits, const std::vector<Product> &products) {
  int count = 0;
  for (double limit : limits)
    count += static_cast<int>(std::count_if(products.begin(), products.end(), [limit](const Product &p) { return p.price < limit; }));
  return count;
}

std::vector<double> nearestOk(const std::vector<double> &points, const std::vector<double> &centres) {
  std::vector<double> nearest;
  for (double point : points)
    nearest.push_back(*std::min_element(centres.begin(), centres.end(), [point](double a, double b) {
      return std::abs(a - point) < std::abs(b - point);
    }));
  return nearest;
}

// The predicate is somebody else's.
int matchingOk(const std::vector<std::function<bool(const Product &)>> &filters, const std::vector<Product> &products) {
  int count = 0;
  for (const auto &filter : filters)
    count += std::any_of(products.begin(), products.end(), filter);
  return count;
}

// Goes on where it stopped: linear in all.
int runsOk(const std::vector<int> &values) {
  int runs = 0;
  for (auto it = values.begin(); it != values.end();) {
    it = std::find_if(it, values.end(), [first = *it](int value) { return value != first; });
    ++runs;
  }
  return runs;
}

std::vector<std::string> wordsOk(const std::string &text) {
  std::vector<std::string> words;
  for (auto from = text.begin(); from != text.end();) {
    auto to = std::find(from, text.end(), ' ');
    words.emplace_back(from, to);
    from = to == text.end() ? to : to + 1;
  }
  return words;
}

// Two cursors move together.
std::vector<int> mergeOk(const std::vector<int> &a, const std::vector<int> &b) {
  std::vector<int> both;
  std::size_t j = 0;
  for (int x : a) {
    while (j < b.size() && b[j] < x)
      ++j;
    if (j < b.size() && b[j] == x)
      both.push_back(x);
  }
  return both;
}

// A sliding window of constant size.
int windowOk(const std::vector<int> &values) {
  int peaks = 0;
  for (std::size_t i = 4; i < values.size(); ++i)
    peaks += *std::max_element(values.begin() + static_cast<std::ptrdiff_t>(i - 4), values.begin() + static_cast<std::ptrdiff_t>(i)) == values[i];
  return peaks;
}

// The list lives in this round only.
int distinctPerRowOk(const std::vector<std::vector<int>> &rows) {
  int count = 0;
  for (const auto &row : rows) {
    std::vector<int> sorted = row;
    std::sort(sorted.begin(), sorted.end());
    count += static_cast<int>(std::unique(sorted.begin(), sorted.end()) - sorted.begin());
  }
  return count;
}

// Before the loop, after the loop, between two loops.
int sequenceOk(const std::vector<Line> &lines, const std::vector<int> &ids, int id) {
  int count = 0;
  for (const Line &line : lines)
    count += line.productId > 0;
  count += static_cast<int>(std::count(ids.begin(), ids.end(), id));
  for (int other : ids)
    count += other == id;
  return count;
}

// The lambda is kept, not run.
std::vector<std::function<bool(int)>> keptOk(const std::vector<Line> &lines, const std::vector<int> &ids) {
  std::vector<std::function<bool(int)>> tests;
  for (const Line &line : lines)
    tests.push_back([&ids, id = line.productId](int offset) { return std::find(ids.begin(), ids.end(), id + offset) != ids.end(); });
  return tests;
}

// The loop ends with the first hit of both.
const Line *firstKnownOk(const std::vector<Line> &lines, const std::vector<int> &ids) {
  for (const Line &line : lines) {
    const bool known = std::find(ids.begin(), ids.end(), line.productId) != ids.end();
    return known ? &line : nullptr;
  }
  return nullptr;
}
