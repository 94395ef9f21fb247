//===- CheckModels.cpp - the build's check of models/*.json ---------------===//
//
// Part of Perfidy. Run by cmake/Embed.cmake on all model files:
// perfidy-check-models FILE... prints what is wrong with them and fails.
//
//===----------------------------------------------------------------------===//
#include "analysis/models/Json.h"
#include "analysis/models/Models.h"
#include <cstdio>
#include <fstream>
#include <sstream>

namespace {

/// Our own files must not correct each other: which one won would depend on
/// the order of their names.
class Owners {
public:
  /// True if no name of \p File stands in a file given before.
  bool add(const std::string &File) {
    std::ifstream In(File);
    std::ostringstream Text;
    Text << In.rdbuf();
    perfidy::JsonValue Root;
    parseJson(Text.str(), Root);
    bool Ok = true;
    for (const char *Section : {"functions", "types", "macros"})
      if (const perfidy::JsonValue *Entries = Root.find(Section))
        for (const perfidy::JsonValue &Entry : Entries->Items)
          Ok &= addNames(File, Section, *Entry.find("name"));
    return Ok;
  }

private:
  bool addNames(const std::string &File, const std::string &Section,
                const perfidy::JsonValue &Name) {
    bool Ok = true;
    for (const perfidy::JsonValue &Item : Name.Items)
      Ok &= addNames(File, Section, Item);
    if (Name.Type != perfidy::JsonValue::String)
      return Ok;
    const std::string &Owner =
        FileOf.emplace(Section + " " + Name.Text, File).first->second;
    if (Owner == File)
      return Ok;
    std::fprintf(stderr,
                 "%s:%d: field 'name': '%s' stands in %s too; one file must "
                 "have it alone\n",
                 File.c_str(), Name.Line, Name.Text.c_str(), Owner.c_str());
    return false;
  }

  std::map<std::string, std::string> FileOf;
};

} // namespace

int main(int Count, char **Arguments) {
  bool Ok = true;
  perfidy::Models Models;
  Owners Owners;
  for (int I = 1; I < Count; ++I) {
    std::string Error;
    if (!Models.addFile(Arguments[I], Error)) {
      std::fprintf(stderr, "%s\n", Error.c_str());
      Ok = false;
    } else if (!Owners.add(Arguments[I])) {
      Ok = false;
    }
  }
  return Ok ? 0 : 1;
}
