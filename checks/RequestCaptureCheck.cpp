//===- RequestCaptureCheck.cpp - lambdas that hold too much ---------------===//
//
// Part of Perfidy. See docs/checks/request-capture.md.
//
//===----------------------------------------------------------------------===//
#include "checks/RequestCaptureCheck.h"
#include "analysis/summary/Words.h"
#include "checks/Cycle.h"
#include "checks/Lifetime.h"
#include "checks/Wording.h"
#include <algorithm>
#include <optional>
#include <set>

namespace perfidy {

namespace {

//===----------------------------------------------------------------------===//
// Decide
//===----------------------------------------------------------------------===//

/// The object is a parameter of the function, not something it captured.
bool isGiven(const Function &Around, const Capture &Held) {
  const AccessPath &Of = Held.Of.Path;
  if (Of.Base != Root::Parameter || !Of.Fields.empty() ||
      Of.Position >= static_cast<Index>(Around.Parameters.size()))
    return false;
  return !isCaptured(Around, Of);
}

/// A local made of nothing but a parameter of its own type.
bool copiesGiven(const Function &Around, const Capture &Held) {
  if (Held.Of.Path.Base != Root::Local || !Held.Of.Path.Fields.empty() ||
      Held.Of.Inputs.size() != 1)
    return false;
  const AccessPath &From = Held.Of.Inputs.front();
  return From.Base == Root::Parameter && From.Fields.empty() &&
         From.Position < static_cast<Index>(Around.Parameters.size()) &&
         !isCaptured(Around, From) &&
         Around.Parameters[From.Position].Type == Held.Type;
}

/// What is read of the object, in order of first mention.
std::vector<const Use *> parts(const Capture &Held) {
  std::vector<const Use *> Result;
  for (const Use &U : Held.Uses)
    if (std::none_of(Result.begin(), Result.end(),
                     [&](const Use *Other) { return Other->Text == U.Text; }))
      Result.push_back(&U);
  return Result;
}

/// Every mention is of a part.
bool readsParts(const Capture &Held) {
  return !Held.Uses.empty() &&
         std::none_of(Held.Uses.begin(), Held.Uses.end(),
                      [](const Use &U) { return U.Text.empty(); });
}

/// Refers to an object that is gone when it runs, and how sure that is. \p Read:
/// all that is done with the object is in its uses.
std::optional<Confidence> dangles(const Program &P, const Function &Around,
                                  const Fate &Goes, const Capture &Held,
                                  bool Read) {
  const AccessPath &Of = Held.Borrowed;
  bool Given = Of.Base == Root::Parameter &&
               Of.Position < static_cast<Index>(Around.Parameters.size()) &&
               !isCaptured(Around, Of);
  if (!Given && Of.Base != Root::Local)
    return std::nullopt;
  // A service is given by reference too: what is only read is the request.
  if (!Held.Request &&
      !(Held.Costly && Given && !Around.Parameters[Of.Position].Mutable))
    return std::nullopt;
  bool Serves = isHandler(P, Around);
  if (!Held.Request && !Serves)
    return std::nullopt;
  bool ByReference = Given && !Around.Parameters[Of.Position].ByValue;
  // What is made for the caller, or put into an object of its, may refer to
  // what the caller gave.
  bool IntoGiven = Goes.Into && Goes.Into->Into.Base == Root::Parameter &&
                   !isCaptured(Around, Goes.Into->Into);
  // An object that is made around a reference is made by who has the referent.
  bool IntoMade = Goes.Into && Goes.Into->Into.Base == Root::This &&
                  Around.Kind == EntityKind::Constructor;
  if (ByReference && (IntoGiven || IntoMade || isReturned(Around, Goes)))
    return std::nullopt;
  // What is never mentioned may be gone.
  if (Read && Held.Uses.empty())
    return std::nullopt;
  // A lambda put into a local slot dies with it.
  if (waitedFor(P, Around, Goes))
    return std::nullopt;
  // Who calls it may own the object for longer.
  if (ByReference && !Serves)
    return Confidence::Low;
  return Held.Request ? Confidence::High : Confidence::Medium;
}

/// What runs meanwhile works on the object, which so must stay: a buffer of it
/// is being written, its own timer waits.
bool worksOnIt(const Program &P, const Function &Around, const Fate &Goes,
               const Capture &Held) {
  if (!Goes.Taker || Held.How != Holds::Shared)
    return false;
  AccessPath Object = objectOf(Held);
  auto PartOf = [&](const AccessPath &Path) {
    if (!isPrefix(Object, Path))
      return false;
    if (Path.Fields.size() == Object.Fields.size())
      return true;
    // What it only refers to is not its own.
    if (const Class *C = P.findClass(Held.Type))
      for (const Field &F : C->Fields)
        if (F.Name == Path.Fields[Object.Fields.size()])
          return F.How == Holds::Value || F.How == Holds::Alone;
    return true;
  };
  if (PartOf(Goes.Taker->Receiver.Path))
    return true;
  // response.extract_json().then(...): a task of the object's own.
  if (const AccessPath &On = Goes.Taker->Receiver.Path;
      On.Base == Root::Result) {
    const Call &Before = Around.Calls[On.Position];
    if (PartOf(Before.Receiver.Path) ||
        std::any_of(Before.Arguments.begin(), Before.Arguments.end(),
                    [&](const Value &V) { return PartOf(V.Path); }))
      return true;
  }
  // Inputs look through a local to what it was made of.
  bool Copies = copiesGiven(Around, Held);
  auto Involves = [&](const AccessPath &Path) {
    return PartOf(Path) || (Copies && isPrefix(Held.Of.Inputs.front(), Path));
  };
  for (const Value &Argument : Goes.Taker->Arguments) {
    if (!Argument.Callable.empty())
      continue;
    if (PartOf(Argument.Path))
      return true;
    if (!Argument.Path.known() &&
        std::any_of(Argument.Inputs.begin(), Argument.Inputs.end(), Involves))
      return true;
  }
  return false;
}

/// Nobody else ends an object of the class: it lives as long as callbacks do.
bool deletesItself(const Program &P, const std::string &Class) {
  auto Deletes = [](const Function &F) {
    return std::any_of(F.Calls.begin(), F.Calls.end(), [](const Call &C) {
      return C.Form == CallForm::Destructor &&
             C.Receiver.Path.Base == Root::This &&
             C.Receiver.Path.Fields.empty();
    });
  };
  for (const Function *F : P.methods(Class))
    if (Deletes(*F))
      return true;
  return false;
}

/// A handler makes objects of the class around what it is given.
bool givenByHandler(const Program &P, const std::string &Class,
                    const Field &Of) {
  for (const Function *M : P.methods(Class)) {
    if (M->Kind != EntityKind::Constructor)
      continue;
    for (const Keep &K : M->Keeps) {
      const AccessPath &From = K.What.Path;
      if (K.Into.Base != Root::This || K.Into.Fields.size() != 1 ||
          K.Into.Fields.front() != Of.Name || From.Base != Root::Parameter)
        continue;
      for (const Program::Site &S : P.callers(*M)) {
        const Call &Makes = S.Caller->Calls[S.Call];
        if (From.Position >= static_cast<Index>(Makes.Arguments.size()))
          continue;
        const AccessPath &Given = Makes.Arguments[From.Position].Path;
        if (Given.Base == Root::Parameter && Given.Fields.empty() &&
            !isCaptured(*S.Caller, Given) && isHandler(P, *S.Caller))
          return true;
      }
    }
  }
  return false;
}

/// All that is read of the object is its request.
bool readsItsRequest(const Program &P, const Capture &Held) {
  const Class *C = P.findClass(Held.Type);
  return C &&
         std::all_of(Held.Uses.begin(), Held.Uses.end(), [&](const Use &U) {
           return std::any_of(
               C->Fields.begin(), C->Fields.end(), [&](const Field &F) {
                 return F.How == Holds::Value && U.Field == F.Name &&
                        (F.Request ||
                         (F.Costly && givenByHandler(P, C->Name, F)));
               });
         });
}

/// What is read of an object that others have, too, is set again by whom the
/// lambda is made: "request->timer = after(second, [request] { ... })".
bool readsWhatIsSet(const Function &Around, const Fate &Goes,
                    const Capture &Held) {
  if (Held.How != Holds::Shared)
    return false;
  AccessPath Object = objectOf(Held);
  return std::any_of(Held.Uses.begin(), Held.Uses.end(), [&](const Use &U) {
    auto Names = [&](const AccessPath &Path) {
      return isPrefix(Object, Path) &&
             Path.Fields.size() > Object.Fields.size() &&
             Path.Fields[Object.Fields.size()] == U.Field;
    };
    return !U.Field.empty() &&
           ((Goes.Taker && Names(Goes.Taker->Target)) ||
            std::any_of(Around.Writes.begin(), Around.Writes.end(), Names));
  });
}

/// Of a class whose weight is one container, that is read.
bool readsWhatWeighs(const Capture &Held) {
  auto Bulk = std::count_if(Held.Uses.begin(), Held.Uses.end(),
                            [](const Use &U) { return U.Bulk; });
  return !Held.Request && Bulk > 0 && Held.Containers <= 1;
}

constexpr size_t SmallPart = 3;

/// The call \p Later is made on what \p Earlier returned, or on what was made
/// of that: task.then(a).then(b).
bool continues(const Function &Around, Index Later, Index Earlier) {
  while (Later > Earlier) {
    const AccessPath &On = Around.Calls[Later].Receiver.Path;
    if (On.Base != Root::Result || On.Position >= Later)
      return false;
    Later = On.Position;
  }
  return Later == Earlier;
}

/// Another callable of the same call, or of the same chain of calls, holds the
/// object as well and needs more of it: nothing is gained by holding less.
bool heldBeside(const Program &P, const Function &Around, const Fate &Goes,
                const Capture &Held) {
  if (!Goes.Taker || (Held.How != Holds::Shared && !Held.Contents.empty()))
    return false;
  for (const Function &Beside : P.functions()) {
    if (Beside.Kind != EntityKind::Lambda || Beside.Parent != Around.Usr)
      continue;
    for (const Capture &Other : Beside.Captures) {
      if (&Other == &Held || objectOf(Other) != objectOf(Held) ||
          (readsParts(Other) && parts(Other).size() <= SmallPart))
        continue;
      Fate Its = fateOf(P, Beside, Around);
      if (Its.Taker && (continues(Around, Its.TakerAt, Goes.TakerAt) ||
                        continues(Around, Goes.TakerAt, Its.TakerAt)))
        return true;
    }
  }
  return false;
}

/// Holds all of it to read a part.
bool holdsTooMuch(const Program &P, const Function &Around, const Fate &Goes,
                  const Capture &Held) {
  bool Self = Held.OfThis ||
              (Held.Kind == CaptureKind::This && Held.How == Holds::Pointer);
  if (Held.Kind == CaptureKind::Reference || Held.Borrowed.known() ||
      Held.Moved ||
      (!Self && Held.How != Holds::Value && Held.How != Holds::Shared))
    return false;
  if (!readsParts(Held))
    return false;
  if (Self) {
    if (Goes.As || !readsItsRequest(P, Held) ||
        (!Held.OfThis && !deletesItself(P, Held.Type)))
      return false;
  } else if (!Held.Request) {
    if (!Held.Costly || !isHandler(P, Around) ||
        !(isGiven(Around, Held) || copiesGiven(Around, Held)))
      return false;
  }
  size_t Read = parts(Held).size();
  if (Read > SmallPart ||
      (!Held.Request && !Self &&
       (Held.Members < 3 || Read * 2 > Held.Members)) ||
      readsWhatWeighs(Held) || readsWhatIsSet(Around, Goes, Held) ||
      waitedFor(P, Around, Goes))
    return false;
  return !worksOnIt(P, Around, Goes, Held) &&
         !heldBeside(P, Around, Goes, Held);
}

//===----------------------------------------------------------------------===//
// Say
//===----------------------------------------------------------------------===//

/// What holds an object, and where that is.
struct Holder {
  const Function &Around;
  const Capture &Held;
  const Fate &Goes;
  const Function *Lambda = nullptr; ///< null if it is no lambda
  std::string Name = "the lambda";
};

std::string takerName(const Fate &Goes) {
  if (Goes.Taker && !Goes.Taker->Name.empty())
    return "'" + Goes.Taker->Name + "'";
  return Goes.Into && Goes.Into->Into.Base == Root::Result ? "the caller"
                                                           : "what keeps it";
}

Step whereItGoes(const Program &P, const Holder &By) {
  const Fate &Goes = By.Goes;
  if (Goes.Into && !Goes.Taker)
    return {P.point(Goes.Into->Where), Goes.Into->Into.Base == Root::Result
                                           ? "the lambda is returned here"
                                           : "the lambda is kept here"};
  return {P.point(Goes.Taker->Where), By.Name + " is handed to '" +
                                          Goes.Taker->Name +
                                          "' here, which runs it later"};
}

std::string typeOf(const Capture &Held) {
  std::string Text = shortName(Held.Type);
  if (!Held.Contents.empty())
    Text += ", " + Held.Contents;
  return Text;
}

std::string partName(const Use &Part) {
  return Part.Name.empty() ? "value" : Part.Name;
}

/// "path = req.path(), body = std::string(req.body())": values that own.
std::string projected(const std::vector<const Use *> &Parts) {
  std::string Text;
  for (const Use *Each : Parts) {
    if (!Text.empty())
      Text += ", ";
    Text += partName(*Each) + " = " +
            (Each->Owning.empty() ? Each->Text : Each->Owning);
  }
  return Text;
}

std::string listed(const std::vector<const Use *> &Parts) {
  std::string Text;
  for (size_t I = 0; I < Parts.size(); ++I) {
    if (I > 0)
      Text += I + 1 == Parts.size() ? " and " : ", ";
    Text += "'" + Parts[I]->Text + "'";
  }
  return Text;
}

/// Names, members and calls: what is put behind it belongs to all of it.
bool isPostfix(std::string_view Expression) {
  for (size_t I = 0; I < Expression.size(); ++I) {
    constexpr std::string_view Operators = " *&+-!~?=\"'\n";
    if (Expression.substr(I).starts_with("->"))
      ++I;
    else if (Operators.find(Expression[I]) != Operators.npos)
      return false;
  }
  return !Expression.empty();
}

/// Puts what the init-capture \p Held was made of in place of its name at \p At.
bool outside(std::string &Text, size_t At, const Capture &Held) {
  std::string_view Made = Held.Of.Spelling;
  size_t Length = Held.Name.size();
  // *query: query->name()
  bool Pointee = Made.starts_with('*');
  if (Pointee) {
    if (Text.compare(At + Length, 1, ".") != 0)
      return false;
    Made.remove_prefix(1);
    ++Length;
  }
  if (!isPostfix(Made))
    return false;
  Text.replace(At, Length, std::string(Made) + (Pointee ? "->" : ""));
  return true;
}

/// [req] -> [path = req.path()], and "path" where the body says req.path().
/// Nothing if that cannot be written down.
std::vector<Edit> projections(const Program &P, const Function &Lambda,
                              const Capture &Held) {
  if (!Held.Editable)
    return {};
  std::set<std::string> Taken;
  for (const Parameter &Known : Lambda.Parameters)
    Taken.insert(Known.Name);
  for (const Local &Known : Lambda.Locals)
    Taken.insert(Known.Name);
  for (const Capture &Known : Lambda.Captures)
    Taken.insert(Known.Name);
  std::string Captures;
  std::set<std::string> Names;
  for (const Use *Part : parts(Held)) {
    if (Part->Owning.empty() || Part->Name.empty() || Taken.count(Part->Name) ||
        !Names.insert(Part->Name).second)
      return {};
    std::string Owning = Part->Owning;
    // [r = req] reads r in the body and req outside.
    if (Held.Kind == CaptureKind::Init && !Part->OfThis) {
      size_t At = Owning.find(Held.Name);
      if (At == std::string::npos || Held.Of.Spelling.empty())
        return {};
      if (!outside(Owning, At, Held))
        return {};
    }
    if (!Captures.empty())
      Captures += ", ";
    Captures += Part->Name + " = " + Owning;
  }
  std::vector<Edit> Edits;
  Edits.push_back({P.point(Held.Where), Held.Length,
                   Held.Implicit ? ", " + Captures : Captures});
  for (const Use &U : Held.Uses) {
    if (U.Length == 0)
      return {};
    Edits.push_back({P.point(U.Where), U.Length, U.Name});
  }
  return Edits;
}

Finding begin(const Program &P, const Holder &By) {
  Finding Found;
  Found.Check = "request-capture";
  Found.Where = Level::Memory;
  Found.Runs = P.heat(By.Around);
  Found.Function = By.Around.Name;
  bool Named = !By.Held.Implicit && By.Held.Where.valid();
  Found.At = P.point(Named || !By.Lambda ? By.Held.Where : By.Lambda->Where);
  Found.Path.push_back(whereItGoes(P, By));
  Found.Sure = By.Goes.Guessed ? Confidence::Medium : Confidence::High;
  return Found;
}

Finding sayCycle(const Program &P, const Holder &By, const Cycle &Closed) {
  std::string Type = shortName(By.Held.Type);
  std::string Slot = "'" + Closed.Slot + "'";
  Finding Found = begin(P, By);
  Found.Degree = 2;
  Found.Sure = std::min(Found.Sure, Closed.Sure);
  if (Closed.Copies) {
    Found.Message = "the lambda holds '" + By.Held.Name + "', a copy of the " +
                    Type + " that keeps the lambda in " + Slot +
                    ": each keeps the one before, with all that it holds";
    Found.Growth = "one " + Type + " per call";
    Found.Suggestion = "capture what the lambda reads of it";
    return Found;
  }
  Found.Message =
      "the lambda holds '" + By.Held.Name + "', a shared pointer to the " +
      Type + " that keeps the lambda in " + Slot +
      (Closed.Again ? ", set anew each time and never cancelled" : "") +
      ": it keeps itself alive and is never freed";
  if (Closed.Again)
    Found.Path.push_back({P.point(Closed.Again->Where),
                          "sets " + Slot + " anew from here, unless it fails"});
  Found.Growth = "one " + Type + " per call, for good";
  Found.Suggestion = "capture a weak_ptr and lock() it in the lambda";
  return Found;
}

Finding sayDangling(const Program &P, const Holder &By, Confidence Sure) {
  const AccessPath &Of = By.Held.Borrowed;
  std::string Name = Of.Base == Root::Local
                         ? By.Around.Locals[Of.Position].Name
                         : By.Around.Parameters[Of.Position].Name;
  Finding Found = begin(P, By);
  Found.Degree = 2;
  Found.Sure = std::min(Found.Sure, Sure);
  Found.Message = "dangling: " + By.Name + " refers to '" + Name + "' (" +
                  typeOf(By.Held) + "), which is gone when " +
                  takerName(By.Goes) + " runs it";
  Found.Growth = "undefined behaviour";
  Found.Suggestion = By.Lambda ? "capture by value what the lambda needs of it"
                               : "hand over by value what is needed of it";
  if (By.Lambda && readsParts(By.Held))
    Found.Fixes = projections(P, *By.Lambda, By.Held);
  return Found;
}

Finding sayTooMuch(const Program &P, const Holder &By) {
  const Capture &Held = By.Held;
  Finding Found = begin(P, By);
  std::vector<const Use *> Read = parts(Held);
  // Others may share it for as long, as what answers a request often does.
  if (!Held.Request || Held.How == Holds::Shared)
    Found.Sure = Confidence::Medium;
  Found.Message = By.Name + " holds '" + Held.Name + "' (" + typeOf(Held) +
                  ") as long as it waits, to read " + listed(Read);
  Found.Growth = "one whole " + shortName(Held.Type) + " per pending call";
  if (By.Lambda) {
    Found.Suggestion = "capture what is read: [" + projected(Read) + "]";
    Found.Fixes = projections(P, *By.Lambda, Held);
  } else {
    Found.Suggestion =
        "hand over what is read of it: '" + partName(*Read[0]) + "'";
  }
  for (const Use *Each : Read)
    Found.Path.push_back(
        {P.point(Each->Where), "reads '" + Each->Text + "' here"});
  return Found;
}

void judge(const Program &P, const Holder &By, std::vector<Finding> &Out) {
  std::optional<Cycle> Closed;
  if (By.Lambda)
    Closed = keepsItself(P, *By.Lambda, By.Around, By.Goes, By.Held);
  if (Closed)
    Out.push_back(sayCycle(P, By, *Closed));
  else if (auto Sure =
               dangles(P, By.Around, By.Goes, By.Held, By.Lambda != nullptr))
    Out.push_back(sayDangling(P, By, *Sure));
  else if (holdsTooMuch(P, By.Around, By.Goes, By.Held))
    Out.push_back(sayTooMuch(P, By));
}

} // namespace

void checkRequestCapture(const Program &P, const Function &F,
                         std::vector<Finding> &Out) {
  for (const Bound &Made : F.Bounds) {
    Fate Goes = fateOf(P, Made, F);
    Holder By{F, Made.Held, Goes};
    if (!Made.Callable.empty())
      By.Name = "'" + Made.Callable + "'";
    if (Goes.Later)
      judge(P, By, Out);
  }
  if (F.Kind != EntityKind::Lambda || F.Captures.empty())
    return;
  const Function *Around = P.find(F.Parent);
  if (!Around)
    return;
  Fate Goes = fateOf(P, F, *Around);
  if (!Goes.Later)
    return;
  for (const Capture &Held : F.Captures)
    judge(P, {*Around, Held, Goes, &F}, Out);
}

} // namespace perfidy
