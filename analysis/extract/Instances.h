//===- Instances.h - what is made of headers' templates ---------*- C++ -*-===//
//
// Part of Perfidy. An editor reads a file again and again, and its headers once.
// To make functions of the headers' templates costs as much as to read the rest
// of the file, and gives the same facts each time: so those are kept.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_EXTRACT_INSTANCES_H
#define PERFIDY_ANALYSIS_EXTRACT_INSTANCES_H

#include "analysis/summary/Summary.h"
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace clang {
class Decl;
class FunctionDecl;
class SourceManager;
} // namespace clang

namespace perfidy {

struct KeptBodies;

/// All that was learnt when one instantiation was read.
struct KeptInstance {
  /// Of functions of the main file in which types are that it is made for: their
  /// text by USR. Empty for what is made for types of headers.
  std::map<std::string, std::string> Within;
  unsigned Body = 0; ///< raw location, the same for all of one template
  std::vector<Function> Functions; ///< itself and what is inside
  std::vector<Class> Classes;
  std::set<std::string> Taken, Filled, Grown; ///< see TUSummary
  std::vector<std::string> Runs;              ///< USRs of other instantiations
};

/// See TuContext::Inverse.
struct KeptInverse {
  std::string Usr; ///< empty if there is none
  std::string Name;
  bool Adds = false;
};

/// What was learnt of headers while files that include them were read. Safe on
/// any thread.
class KeptFacts {
  mutable std::mutex Guard;
  std::map<std::string, std::shared_ptr<const KeptInstance>> ByUsr;
  std::map<std::string, KeptInverse> InverseByUsr;
  std::shared_ptr<const KeptBodies> Bodies;

public:
  /// Null if it was never read.
  std::shared_ptr<const KeptInstance> find(const std::string &Usr) const;
  void add(const std::string &Usr, KeptInstance Read);

  /// The functions of the file that was read last; null if none can be used.
  std::shared_ptr<const KeptBodies> bodies() const;
  void setBodies(std::shared_ptr<const KeptBodies> Read);

  /// What takes back what a method of a header does; nothing if nobody has
  /// looked. To look, all of its class has to be loaded.
  std::optional<KeptInverse> inverse(const std::string &Usr) const;
  void addInverse(const std::string &Usr, KeptInverse Found);
};

/// The facts of the headers at the top of a file, which are read once.
struct HeaderFacts {
  TUSummary Summary;
  /// Locations are in the first files of Summary.
  KeptFacts Kept;
};

/// Adds to \p Others what \p Made, an instantiation, is made for that is not
/// written in headers; false if that cannot be told.
bool namedForInstance(const clang::FunctionDecl &Made,
                      const clang::SourceManager &Sources,
                      std::vector<const clang::Decl *> &Others);

/// \p Made is an instantiation of a template of the project's headers that were
/// read from an AST file.
bool madeOfHeaders(const clang::FunctionDecl &Made,
                   const clang::SourceManager &Sources);

/// The same, for types of headers only: it is the same as long as they are.
bool madeOfHeadersAlone(const clang::FunctionDecl &Made,
                        const clang::SourceManager &Sources);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_EXTRACT_INSTANCES_H
