// RUN: %check %s -- -std=c++20
// An algorithm that takes a lambda is a loop around that lambda; an algorithm
// that searches is a traversal.
#include <algorithm>
#include <execution>
#include <functional>
#include <iterator>
#include <numeric>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

struct Product {
  int id;
  std::string sku;
  double price;
};
struct Line {
  int productId;
  std::string sku;
  int quantity;
};

void forEachWarns(std::vector<Line> &lines, const std::vector<Product> &products) {
  std::for_each(lines.begin(), lines.end(), [&](Line &line) {
    auto product = std::find_if(products.begin(), products.end(), [&](const Product &p) { return p.id == line.productId; }); // expect: quadratic-loop
    if (product != products.end())
      line.sku = product->sku;
  });
}

std::vector<Line> knownLinesWarns(const std::vector<Line> &lines, const std::vector<int> &known) {
  std::vector<Line> result;
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(result), [&known](const Line &line) {
    return std::find(known.begin(), known.end(), line.productId) != known.end(); // expect: quadratic-loop
  });
  return result;
}

void removeGoneWarns(std::vector<Line> &lines, const std::vector<int> &gone) {
  lines.erase(std::remove_if(lines.begin(), lines.end(),
                             [&](const Line &line) {
                               return std::count(gone.begin(), gone.end(), line.productId) != 0; // expect: quadratic-loop
                             }),
              lines.end());
}

void removeEachWarns(std::vector<Line> &lines, const std::vector<int> &gone) {
  for (int id : gone)
    lines.erase(std::remove_if(lines.begin(), lines.end(), // expect: quadratic-loop
                               [id](const Line &line) { return line.productId == id; }),
                lines.end());
}

void eraseIfWarns(std::vector<Line> &lines, const std::vector<std::string> &skus) {
  std::erase_if(lines, [&](const Line &line) {
    return std::none_of(skus.begin(), skus.end(), [&](const std::string &sku) { return sku == line.sku; }); // expect: quadratic-loop
  });
}

std::vector<double> pricesWarns(const std::vector<Line> &lines, const std::vector<Product> &products) {
  std::vector<double> prices;
  prices.reserve(lines.size());
  std::transform(lines.cbegin(), lines.cend(), std::back_inserter(prices), [&](const Line &line) {
    for (const Product &product : products) // expect: quadratic-loop
      if (product.sku == line.sku)
        return product.price;
    return 0.0;
  });
  return prices;
}

double totalWarns(const std::vector<Line> &lines, const std::vector<Product> &products) {
  return std::accumulate(lines.begin(), lines.end(), 0.0, [&](double sum, const Line &line) {
    auto it = std::find_if(products.begin(), products.end(), [&line](const auto &p) { return p.sku == line.sku; }); // expect: quadratic-loop
    return it == products.end() ? sum : sum + it->price * line.quantity;
  });
}

bool allKnownWarns(const std::vector<Line> &lines, const std::vector<int> &ids) {
  return std::all_of(lines.begin(), lines.end(), [&](const Line &line) {
    return std::find(ids.begin(), ids.end(), line.productId) != ids.end(); // expect: quadratic-loop
  });
}

long unknownWarns(const std::vector<Line> &lines, const std::vector<int> &ids) {
  return std::count_if(lines.begin(), lines.end(), [&](const Line &line) {
    return std::find(ids.begin(), ids.end(), line.productId) == ids.end(); // expect: quadratic-loop
  });
}

void partitionWarns(std::vector<Line> &lines, const std::vector<int> &urgent) {
  std::stable_partition(lines.begin(), lines.end(), [&urgent](const Line &line) {
    return std::find(urgent.begin(), urgent.end(), line.productId) != urgent.end(); // expect: quadratic-loop
  });
}

// A comparator runs n log n times.
void sortByListWarns(std::vector<std::string> &names, const std::vector<std::string> &order) {
  auto rank = [&order](const std::string &name) {
    return std::find(order.begin(), order.end(), name) - order.begin();
  };
  std::sort(names.begin(), names.end(), [&](const std::string &a, const std::string &b) {
    const auto left = rank(a);  // expect: quadratic-loop
    const auto right = rank(b); // expect: quadratic-loop
    return left < right;
  });
}

void rangesFindWarns(const std::vector<Line> &lines, const std::vector<int> &ids, std::vector<int> &missing) {
  for (const Line &line : lines)
    if (std::ranges::find(ids, line.productId) == ids.end()) // expect: quadratic-loop
      missing.push_back(line.productId);
}

void projectionWarns(std::vector<Line> &lines, const std::vector<Product> &products) {
  for (Line &line : lines) {
    auto product = std::ranges::find(products, line.productId, &Product::id); // expect: quadratic-loop
    if (product != products.end())
      line.sku = product->sku;
  }
}

void rangesForEachWarns(std::vector<Line> &lines, const std::vector<Product> &products) {
  std::ranges::for_each(lines, [&](Line &line) {
    auto product = std::ranges::find_if(products, [&](const Product &p) { return p.id == line.productId; }); // expect: quadratic-loop
    if (product != products.end())
      line.sku = product->sku;
  });
}

int rangesAnyOfWarns(const std::vector<Line> &lines, const std::vector<Product> &products) {
  int known = 0;
  for (const Line &line : lines)
    if (std::ranges::any_of(products, [&](const Product &p) { return p.sku == line.sku; })) // expect: quadratic-loop
      ++known;
  return known;
}

int rangesCountWarns(const std::vector<std::string> &words) {
  int unique = 0;
  for (const std::string &word : words)
    if (std::ranges::count(words, word) == 1) // expect: quadratic-loop
      ++unique;
  return unique;
}

std::vector<std::string> rangesCopyIfWarns(const std::vector<std::string> &words, const std::vector<std::string> &stop) {
  std::vector<std::string> kept;
  std::ranges::copy_if(words, std::back_inserter(kept), [&](const std::string &word) {
    return std::ranges::find(stop, word) == stop.end(); // expect: quadratic-loop
  });
  return kept;
}

// The parallel overload is a loop as well.
void parallelWarns(std::vector<Line> &lines, const std::vector<Product> &products) {
  std::for_each(std::execution::par, lines.begin(), lines.end(), [&](Line &line) {
    for (const Product &product : products) // expect: quadratic-loop
      if (product.id == line.productId)
        line.sku = product.sku;
  });
}

// Two algorithms, one in the other, no loop keyword at all.
bool sameWarns(const std::vector<int> &a, const std::vector<int> &b) {
  return std::all_of(a.begin(), a.end(), [&b](int x) {
    return std::any_of(b.begin(), b.end(), [x](int y) { return x == y; }); // expect: quadratic-loop
  });
}

// A local function object instead of a lambda.
int functorWarns(const std::vector<Line> &lines, const std::vector<Product> &products) {
  struct HasSku {
    const std::string &sku;
    bool operator()(const Product &product) const { return product.sku == sku; }
  };
  int hits = 0;
  for (const Line &line : lines)
    hits += std::find_if(products.begin(), products.end(), HasSku{line.sku}) != products.end(); // expect: quadratic-loop
  return hits;
}

// Found again by what was found before.
std::vector<int> chainWarns(const std::vector<Line> &lines, const std::vector<Product> &products, const std::vector<double> &prices) {
  std::vector<int> positions;
  for (const Line &line : lines) {
    auto product = std::find_if(products.begin(), products.end(), [&](const Product &p) { return p.id == line.productId; }); // expect: quadratic-loop
    if (product == products.end())
      continue;
    auto price = std::find(prices.begin(), prices.end(), product->price); // expect: quadratic-loop
    positions.push_back(static_cast<int>(price - prices.begin()));
  }
  return positions;
}
