// Small helpers on lists of words.
#ifndef STOREFRONT_DOMAIN_TEXT_H
#define STOREFRONT_DOMAIN_TEXT_H

#include <string>
#include <string_view>
#include <vector>

namespace shop {

/// True if one of \p words is \p word.
bool contains(const std::vector<std::string> &words, const std::string &word);

/// "1,2,3"
template <typename Range> std::string join(const Range &range) {
  std::string out;
  for (const auto &item : range) {
    if (!out.empty())
      out += ',';
    out += std::to_string(item);
  }
  return out;
}

/// Quotes a field for a CSV file.
std::string csvField(std::string_view text);

} // namespace shop

#endif
