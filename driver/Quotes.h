//===- Quotes.h - the source lines that reports quote -----------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_QUOTES_H
#define PERFIDY_DRIVER_QUOTES_H

#include "analysis/rank/Finding.h"
#include "driver/Overlay.h"
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace perfidy {

/// A stretch of a file. Lines and columns count from 1; the end is the place
/// behind the last character. Columns, Offset and Length are in UTF-16 code
/// units, as editors and SARIF count; a byte that is not UTF-8 is one.
struct Region {
  size_t StartLine = 0, StartColumn = 0;
  size_t EndLine = 0, EndColumn = 0;
  size_t Offset = 0, Length = 0;
  std::string Text; ///< UTF-8
};

/// Reads each file once, when it is first asked for, as it is now. Of a file
/// that has gone, and of a place behind its end, it knows nothing. Not for
/// several threads.
class Quotes {
  class File;
  const Overlay *Instead;
  std::map<std::string, std::unique_ptr<File>> Files;

  const File &file(const std::string &Name);

public:
  /// \p Instead, if given, is read in place of files, and has to outlive this.
  explicit Quotes(const Overlay *Instead = nullptr);
  ~Quotes();

  /// The line without its indentation; empty if unknown. Lives as long as this.
  std::string_view line(const SourcePoint &Where);

  /// The name with its qualifiers, number or single character that begins at the place.
  std::optional<Region> word(const SourcePoint &Where);
  /// \p Length bytes from Where.Offset on.
  std::optional<Region> stretch(const SourcePoint &Where, size_t Length);
  /// The whole lines around the place, with one line above and below.
  std::optional<Region> context(const SourcePoint &Where);
};

} // namespace perfidy

#endif // PERFIDY_DRIVER_QUOTES_H
