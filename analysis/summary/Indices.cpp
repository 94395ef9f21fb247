//===- Indices.cpp - do the indices of a summary point anywhere -----------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/summary/Indices.h"
#include "analysis/summary/Fields.h"
#include "analysis/summary/Serialize.h"
#include <algorithm>
#include <map>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

namespace perfidy {

namespace {

/// Walks a function with all it holds and notes the first index out of range.
class IndexCheck {
  const TUSummary &Summary;
  const Function *Of = nullptr;

  /// The size of the array that an index field points into. A field that is
  /// not listed is an error of its own, so none can be forgotten.
  size_t sizeFor(std::string_view Field) {
    static const std::unordered_map<std::string_view, int> Arrays = {
        {"Parent", 'L'},         {"Loop", 'L'},
        {"Varies", 'L'},         {"OtherObject", 'L'},
        {"Leaves", 'L'},         {"LeavesOnSuccess", 'L'},
        {"Decides", 'L'},        {"Guards", 'G'},
        {"ConditionCalls", 'C'}, {"ConditionLocals", 'V'},
        {"Element", 'V'},        {"Selects", 'E'},
        {"Parameter", 'P'},      {"Call", 'C'},
        {"Taker", 'C'},          {"Tests", 'C'}};
    auto Found = Arrays.find(Field);
    switch (Found == Arrays.end() ? 0 : Found->second) {
    case 'L':
      return Of->Loops.size();
    case 'G':
      return Of->Guards.size();
    case 'C':
      return Of->Calls.size();
    case 'V':
      return Of->Locals.size();
    case 'E':
      return Of->Compares.size();
    case 'P':
      return Of->Parameters.size();
    }
    fail(Field, "it is not known what this index points into");
    return 0;
  }

  void fail(std::string_view Field, std::string_view What) {
    if (Error.empty())
      Error = "function '" + Of->Name + "', field '" + std::string(Field) +
              "': " + std::string(What);
  }

  void within(const char *Field, Index At, size_t Size) {
    if (At != None && (At < 0 || size_t(At) >= Size))
      fail(Field, std::to_string(At) + " is out of range");
  }

  void visit(const char *Field, const Location &Where) {
    within(Field, Where.File, Summary.Files.size());
  }

  void visit(const char *Field, const AccessPath &Path) {
    if (Path.Base == Root::Local)
      within(Field, Path.Position, Of->Locals.size());
    else if (Path.Base == Root::Result)
      within(Field, Path.Position, Of->Calls.size());
    else if (Path.Position < None)
      fail(Field, "negative position");
  }

  /// What a lambda captured is in terms of the function around it.
  void visit(const char *, const Capture &Held) {
    const Function *Inside = Of;
    if (Alone)
      return;
    fields(Held, [&](const char *Name, const auto &Below) {
      using Type = std::remove_cvref_t<decltype(Below)>;
      if constexpr (std::is_same_v<Type, Value> ||
                    std::is_same_v<Type, AccessPath>) {
        if (this->Around) {
          Of = this->Around;
          this->visit(Name, Below);
          Of = Inside;
          return;
        }
        auto Around = std::lower_bound(
            Summary.Functions.begin(), Summary.Functions.end(), Inside->Parent,
            [](const Function &F, const std::string &Usr) {
              return F.Usr < Usr;
            });
        // Read by itself: the linker looks at it when both are there.
        if (Around == Summary.Functions.end() || Around->Usr != Inside->Parent)
          return;
        Of = &*Around;
        this->visit(Name, Below);
        Of = Inside;
      } else {
        this->visit(Name, Below);
      }
    });
  }

  /// Another callable than a lambda is no function: it holds what belongs to
  /// the one that makes it.
  void visit(const char *, const Bound &Made) {
    const Function *Outside = std::exchange(Around, Of);
    bool Was = std::exchange(Alone, false);
    fields(Made, [this](const char *Name, const auto &Below) {
      this->visit(Name, Below);
    });
    Around = Outside;
    Alone = Was;
  }

  template <class T> void visit(const char *Field, const std::vector<T> &All) {
    for (const T &One : All)
      visit(Field, One);
  }

  template <class T> void visit(const char *Field, const Few<T> &All) {
    visit(Field, All.all());
  }

  template <class T> void visit(const char *Field, const Seldom<T> &Value) {
    visit(Field, *Value);
  }

  template <class T> void visit(const char *Field, const T &Value) {
    if constexpr (std::is_same_v<T, Index>)
      within(Field, Value, sizeFor(Field));
    else if constexpr (std::is_class_v<T> && requires {
                         fields(Value, [](const char *, const auto &) {});
                       })
      fields(Value, [this](const char *Name, const auto &Below) {
        this->visit(Name, Below);
      });
  }

public:
  std::string Error;
  /// The function around a lambda, if it is known without looking.
  const Function *Around = nullptr;
  bool Alone = false; ///< the function around a lambda is not there

  explicit IndexCheck(const TUSummary &Summary) : Summary(Summary) {}

  void check(const Function &F) {
    Of = &F;
    visit("", F);
  }
  void checkCaptures(const Function &Lambda) {
    Of = &Lambda;
    for (const Capture &Held : Lambda.Captures) {
      Of = Around;
      visit("Of", Held.Of);
      visit("Borrowed", Held.Borrowed);
      Of = &Lambda;
    }
  }
  /// What stands in no function: a class, a remark.
  template <class T> void checkAlone(const T &What) {
    static const Function Nowhere;
    Of = &Nowhere;
    visit("", What);
  }
};

} // namespace

bool checkIndices(const Function &Of, size_t Files, std::string &Error) {
  TUSummary Around;
  Around.Files.resize(Files);
  IndexCheck Check(Around);
  Check.Alone = true;
  Check.check(Of);
  Error = Check.Error;
  return Error.empty();
}

void dropUnfit(std::vector<TUSummary *> Summaries) {
  std::unordered_map<std::string_view, const Function *> ByUsr;
  std::vector<Function *> Holding;
  for (TUSummary *Summary : Summaries)
    for (Function &F : Summary->Functions) {
      ByUsr.emplace(F.Usr, &F);
      if (!F.Captures.empty())
        Holding.push_back(&F);
    }
  TUSummary Pair; // the function around first: it is looked for by USR
  for (Function *Lambda : Holding) {
    auto Around = ByUsr.find(Lambda->Parent);
    bool Fits = Around != ByUsr.end();
    std::string Error;
    if (Fits) {
      IndexCheck Check(Pair);
      Check.Around = Around->second;
      Check.checkCaptures(*Lambda);
      Fits = Check.Error.empty();
    }
    if (!Fits)
      Lambda->Captures.clear();
  }
}

bool checkIndices(const TUSummary &Summary, std::string &Error) {
  IndexCheck Check(Summary);
  for (const Function &F : Summary.Functions)
    Check.check(F);
  for (const Class &C : Summary.Classes)
    Check.checkAlone(C);
  for (const Remark &Each : Summary.Remarks)
    Check.checkAlone(Each);
  Error = Check.Error;
  return Error.empty();
}

} // namespace perfidy
