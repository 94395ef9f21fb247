//===- Summary.cpp - the facts of one translation unit --------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/summary/Summary.h"
#include <algorithm>

namespace perfidy {

bool isPrefix(const AccessPath &Prefix, const AccessPath &Path) {
  if (!Prefix.known() || Prefix.Base != Path.Base ||
      Prefix.Position != Path.Position || Prefix.Name != Path.Name)
    return false;
  return Prefix.Fields.size() <= Path.Fields.size() &&
         std::equal(Prefix.Fields.begin(), Prefix.Fields.end(),
                    Path.Fields.begin());
}

} // namespace perfidy
