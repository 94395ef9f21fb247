//===- Models.h - which named API plays which role --------------*- C++ -*-===//
//
// Part of Perfidy. No library's name stands in C++ code: what a function does
// is data, in models/*.json, validated against models/schema.json.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_MODELS_MODELS_H
#define PERFIDY_ANALYSIS_MODELS_MODELS_H

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace perfidy {

/// Which operand of a call a model speaks of.
struct Operand {
  /// 0 and up: that argument. Below 0: from the end of the written arguments
  /// (-1 is the last). This: the object of a member call, or the object that a
  /// constructor makes. Result: what the call returns.
  static constexpr int This = 1000, Result = 1001;
  int Position = 0;
};

/// Where a call of a function or method stands in the picture. One function
/// may have several entries that differ in their number of arguments.
struct Model {
  std::string Name; ///< qualified, no template arguments or inline namespaces
  std::string Role; ///< see models/schema.json for all roles and meanings
  std::string Library;  ///< the file's "library"
  std::string Database; ///< "remote", "embedded" or empty
  std::string Cost;     ///< "constant", "log", "linear", "nlogn" or empty
  std::string Runs;     ///< when Callable runs: "each", "once", "later"
  std::string Lifetime; ///< connection.open: "raii", "handle", "registry"
  std::optional<Operand> Sql, Statement, Connection; ///< database roles
  std::optional<Operand> Container; ///< the container or range acted upon; a
                                    ///< begin iterator stands for its container
  std::optional<Operand> Key;       ///< what is looked up
  std::optional<Operand> Position;  ///< where to insert or erase
  std::optional<Operand> Callable;  ///< function object that the call runs
  std::optional<Operand> Text;      ///< text.build: what the text starts with
  std::optional<Operand> Handle;    ///< connection.open: where the handle lands
  std::optional<Operand> Emitter;   ///< listener.*: what keeps the listener
  std::optional<Operand> Event;     ///< listener.*: for which event
  std::optional<Operand> Receiver;  ///< the object a handler acts for
  std::optional<Operand> Token;     ///< what stands for the registration
  std::optional<Operand> Mode;      ///< listener.add: flags
  int ModeUnique = 0, ModeOnce = 0; ///< bits of Mode
  bool EndsWithReceiver = false, EndsWithToken = false, EndsAtOnce = false,
       EndsWithFalse = false;
  bool Unique = false;    ///< the same registration again changes nothing
  bool Completes = false; ///< defer: the callable is dropped when it has run
  bool Timer = false;     ///< defer: time alone runs it, which never fails
  /// Applies only to calls with at least / at most so many written arguments.
  std::optional<int> MinArguments, MaxArguments;
  /// Applies only if the class of the container (for free functions: of the
  /// iterator's container) has one of these type roles.
  std::vector<std::string> ContainerKinds;
  /// Applies only if these written arguments have these types: a class without
  /// references, pointers, const and template arguments, "text" (characters or
  /// a class of type role text) or "integer". Of several entries for a name the
  /// first that applies counts.
  std::map<int, std::string> ArgumentTypes;
  /// Applies only if these written arguments are one of these constants.
  std::map<int, std::vector<int>> ArgumentValues;
};

/// What a type is: "container" (with Kind), "connection", "result",
/// "statement".
struct TypeModel {
  std::string Name;
  std::string Role;  ///< see models/schema.json for all roles and meanings
  std::string Kind;  ///< container: "contiguous", "deque", "list", "tree",
                     ///< "hash", "fixed", "string"
  std::string Holds; ///< pointer: "alone", "shared", "weak" or empty
  std::string Library;
};

/// A set of models; immutable once loaded, so any thread may read it.
class Models {
public:
  /// The models built into the binary. Never fails: they are checked at build.
  static const Models &builtin();

  /// Adds a user's file. On error returns false and sets \p Error to
  /// "FILE:LINE: field 'x': what is wrong and what would be right".
  bool addFile(const std::string &Path, std::string &Error);
  bool addText(std::string_view Json, const std::string &FileName,
               std::string &Error);

  /// Entries for a qualified name, user's files first; empty if there are none.
  /// The span is valid as long as the Models.
  const std::vector<Model> &functions(const std::string &Name) const;
  const TypeModel *type(const std::string &Name) const;
  /// Role of a macro: "assert", "test"; empty if none.
  std::string_view macro(const std::string &Name) const;
  /// True if a model file speaks of the class: what it leaves out has no role.
  bool knowsClass(const std::string &ClassName) const;
  /// Changes whenever an entry does; part of the key of cached summaries.
  std::string fingerprint() const;
  /// Libraries in the order loaded.
  std::vector<std::string> libraries() const;

private:
  bool add(std::string_view Json, const std::string &FileName, bool Checked,
           std::string &Error);

  std::unordered_map<std::string, std::vector<Model>> Functions;
  std::unordered_map<std::string, TypeModel> Types;
  std::unordered_map<std::string, std::string> Macros;
  std::unordered_map<std::string, bool> Classes;
  std::vector<std::string> Libraries;
  std::string Hash;
};

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_MODELS_MODELS_H
