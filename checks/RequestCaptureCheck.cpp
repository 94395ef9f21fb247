//===- RequestCaptureCheck.cpp - lambdas that hold too much ---------------===//
//
// Part of Perfidy. See docs/checks/request-capture.md.
//
//===----------------------------------------------------------------------===//
#include "checks/RequestCaptureCheck.h"
#include "analysis/summary/Words.h"
#include "checks/Lifetime.h"
#include "checks/Wording.h"
#include <algorithm>
#include <optional>
#include <set>

namespace perfidy {

namespace {

/// Where a lambda goes when it has been made.
struct Fate {
  bool Later = false;          ///< it outlives the statement
  bool Completes = false;      ///< and is dropped once it has run
  bool Timer = false;          ///< nothing but time runs it
  bool Joins = false;          ///< what takes it waits for it
  bool Guessed = false;        ///< by the taker's signature alone
  const Call *Taker = nullptr; ///< the call that takes it
  Index TakerAt = None;
  const Registration *As = nullptr; ///< taken as a listener
  const Keep *Into = nullptr;       ///< put into a variable
};

/// "submit", "enqueue", "runLater": names of what takes work.
bool takesWork(const std::string &Name) {
  static const std::set<std::string> Verbs = {
      "submit", "enqueue", "push",   "post",  "schedule", "dispatch",
      "defer",  "async",   "spawn",  "queue", "execute",  "add",
      "later",  "start",   "launch", "delay", "emplace"};
  std::vector<std::string> Words = wordsOf(shortName(Name));
  return std::any_of(Words.begin(), Words.end(), [](const std::string &Word) {
    return Verbs.count(Word) != 0;
  });
}

/// What the local points to is kept elsewhere too, or freed by somebody else.
bool handedOn(const Function &In, const AccessPath &Holder) {
  if (In.Locals[Holder.Position].Escapes)
    return true;
  for (const Keep &S : In.Keeps)
    if (S.What.Path == Holder && S.Into.Base != Root::Local)
      return true;
  return In.Locals[Holder.Position].Pointer &&
         std::none_of(In.Calls.begin(), In.Calls.end(), [&](const Call &C) {
           return C.Form == CallForm::Destructor && C.Receiver.Path == Holder;
         });
}

/// A slot that outlives the function: not one of its own locals, unless that
/// is a pointer to an object that others hold too.
bool livesOn(const Function &In, const AccessPath &Into) {
  switch (Into.Base) {
  case Root::This:
  case Root::Global:
  case Root::Result:
    return true;
  case Root::Parameter:
    return true;
  case Root::Local:
    if (std::find(In.Returns.begin(), In.Returns.end(), Into) !=
        In.Returns.end())
      return true;
    if (In.Locals[Into.Position].Pointer || In.Locals[Into.Position].Owns)
      return !Into.Fields.empty() || handedOn(In, Into);
    return false;
  case Root::Unknown:
    break;
  }
  return false;
}

Fate fateOf(const Program &P, const Function &Lambda, const Function &Around) {
  Fate Result;
  for (const Keep &S : Around.Keeps)
    if (S.What.Callable == Lambda.Usr && livesOn(Around, S.Into)) {
      Result.Later = true;
      Result.Into = &S;
    }
  for (const Registration &R : Around.Registrations)
    if (R.Adds && R.Handler == Lambda.Usr) {
      Result.Later = true;
      Result.As = &R;
      Result.Taker = &Around.Calls[R.Call];
      Result.TakerAt = R.Call;
      Result.Completes |= R.Once;
    }
  for (Index I = 0; I < static_cast<Index>(Around.Calls.size()); ++I) {
    const Call &C = Around.Calls[I];
    if (C.Form == CallForm::Implicit && C.Callee == Lambda.Usr && C.Later) {
      Result.Later = true;
      Result.Completes |= C.Completes;
      Result.Timer |= C.Timer;
      Result.Joins |= C.Joins;
      if (C.Taker != None) {
        Result.Taker = &Around.Calls[C.Taker];
        Result.TakerAt = C.Taker;
      }
      continue;
    }
    for (Index A = 0; A < static_cast<Index>(C.Arguments.size()); ++A) {
      const Value &Given = C.Arguments[A];
      if (Given.Callable != Lambda.Usr || C.Form == CallForm::Implicit ||
          C.Later)
        continue;
      if (P.targets(C).empty()) {
        bool Guess = !C.System && C.Role.empty() && Given.HandedOver &&
                     C.Form != CallForm::Constructor && takesWork(C.Name);
        if (!Guess || Result.Later)
          continue;
        Result.Guessed = true;
      } else if (!P.keeps(C, A)) {
        continue;
      }
      Result.Later = true;
      if (!Result.Taker) {
        Result.Taker = &C;
        Result.TakerAt = I;
      }
    }
  }
  return Result;
}

/// The function waits for the lambda: joins the thread, gets the future, runs
/// the loop that it was posted to.
bool waitedFor(const Function &Around, const Fate &Goes) {
  if (!Goes.Taker)
    return false;
  if (Goes.As && Goes.As->Scoped && Goes.As->Fate == TokenFate::Kept &&
      Goes.As->Token.Path.Base == Root::Local &&
      !Around.Locals[Goes.As->Token.Path.Position].Escapes)
    return true; // the token ends with the function
  const AccessPath &Made = Goes.Taker->Target;
  if (Goes.Joins) {
    if (!Made.known()) // it dies at the end of the statement, if nobody has it
      return std::none_of(
          Around.Calls.begin(), Around.Calls.end(), [&](const Call &C) {
            const AccessPath &In = C.Receiver.Path;
            bool Own =
                In.Base == Root::Local && !Around.Locals[In.Position].Escapes;
            return !Own && std::any_of(C.Arguments.begin(), C.Arguments.end(),
                                       [&](const Value &V) {
                                         return V.Path.Base == Root::Result &&
                                                V.Path.Position == Goes.TakerAt;
                                       });
          });
    if (Made.Base == Root::Local && !Around.Locals[Made.Position].Escapes)
      return true;
  }
  std::vector<AccessPath> Involved;
  if (Goes.Taker->Form != CallForm::Constructor)
    Involved.push_back(Goes.Taker->Receiver.Path);
  for (const Value &Argument : Goes.Taker->Arguments)
    if (Argument.Callable.empty())
      Involved.push_back(Argument.Path);
  // A pool or loop of the function's own is gone before its locals are.
  for (const AccessPath &Path : Involved)
    if (Path.Base == Root::Local && Path.Fields.empty()) {
      const Local &Taking = Around.Locals[Path.Position];
      if (Taking.Fresh && !Taking.Pointer && !Taking.Reference &&
          !Taking.Owns && !Taking.Escapes && !Taking.Static)
        return true;
    }
  Involved.push_back(Made);
  for (size_t I = static_cast<size_t>(Goes.TakerAt) + 1;
       I < Around.Calls.size(); ++I) {
    const Call &After = Around.Calls[I];
    if (After.Role == "wait")
      return true;
    if (After.Form == CallForm::Implicit || After.Later)
      continue;
    for (const AccessPath &Path : Involved) {
      if (Path.Base != Root::Local)
        continue;
      AccessPath Whole;
      Whole.Base = Path.Base;
      Whole.Position = Path.Position;
      if (isPrefix(Whole, After.Receiver.Path) ||
          isPrefix(Whole, After.Subject->Path))
        return true;
    }
  }
  return false;
}

/// Work comes to the function from outside: a request handler, a callback.
bool isHandler(const Program &P, const Function &F, int Depth = 0) {
  if (P.heat(F) == Heat::Handler || P.addressTaken(F) || F.Event)
    return true;
  if (Depth > 3)
    return false;
  if (F.Kind == EntityKind::Lambda) {
    const Function *Around = P.find(F.Parent);
    if (Around && fateOf(P, F, *Around).Later)
      return true;
  }
  // A handler hands on what it was given.
  const auto &Sites = P.callers(F);
  return std::any_of(Sites.begin(), Sites.end(), [&](const auto &S) {
    const Call &C = S.Caller->Calls[S.Call];
    return S.Caller != &F && !C.Later &&
           std::any_of(
               C.Arguments.begin(), C.Arguments.end(),
               [](const Value &V) { return V.Path.Base == Root::Parameter; }) &&
           isHandler(P, *S.Caller, Depth + 1);
  });
}

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

AccessPath objectOf(const Capture &Held) {
  AccessPath Object = Held.Of.Path;
  if (Held.OfThis) {
    Object = {};
    Object.Base = Root::This;
  }
  return Object;
}

/// One of the two classes is the other, or derives from it.
bool related(const Program &P, const std::string &A, const std::string &B) {
  auto Has = [&](const std::string &Whole, const std::string &Base) {
    for (const Class *C : P.withBases(Whole))
      if (C->Name == Base)
        return true;
    return Whole == Base;
  };
  return Has(A, B) || Has(B, A);
}

/// The slot of an object of class \p Of is emptied somewhere: what it holds
/// does not stay.
bool emptied(const Program &P, const std::string &Of, const std::string &Slot,
             const AccessPath &Token, const Function &Around) {
  for (const Function &F : P.functions()) {
    auto Names = [&](const AccessPath &Path) {
      // A field of that name in another class is another one.
      if (Path.Base == Root::This && !Path.Fields.empty() &&
          Path.Fields.front() == Slot && !F.Class.empty() && !Of.empty() &&
          !related(P, F.Class, Of))
        return false;
      for (const std::string &Field : Path.Fields)
        if (Field == Slot)
          return true;
      return false;
    };
    if (F.Kind == EntityKind::Destructor) // it never runs
      continue;
    bool Fills = false;
    for (const Keep &S : F.Keeps)
      if (Names(S.Into)) {
        if (S.What.Constant == 0)
          return true;
        Fills = true;
      }
    // Written, and not by what puts something in: cleared, swapped, exchanged.
    if (!Fills && &F != &Around && F.Kind != EntityKind::Constructor &&
        std::any_of(F.Writes.begin(), F.Writes.end(), Names))
      return true;
    for (const Registration &R : F.Registrations)
      if (!R.Adds && (Names(R.Emitter.Path) ||
                      (!Token.Fields.empty() && !R.Token.Path.Fields.empty() &&
                       Token.Fields.back() == R.Token.Path.Fields.back())))
        return true;
  }
  return false;
}

/// A method of what lies in the slot of an object of class \p Of is called.
bool asked(const Program &P, const std::string &Of, const std::string &Slot) {
  return std::any_of(
      P.functions().begin(), P.functions().end(), [&](const Function &F) {
        return F.Kind != EntityKind::Destructor &&
               std::any_of(F.Calls.begin(), F.Calls.end(), [&](const Call &C) {
                 const AccessPath &On = C.Receiver.Path;
                 return C.Form == CallForm::Member && !On.Fields.empty() &&
                        On.Fields.back() == Slot &&
                        (On.Base != Root::This || related(P, F.Class, Of));
               });
      });
}

/// The call of \p F by which it comes to \p Around again, whatever happens but
/// an error that it is told of; null if there is none.
const Call *comesAgain(const Program &P, const Function &F,
                       const Function &Around, int Depth = 0) {
  auto OfError = [&](Index G) {
    const Few<AccessPath> &Reads = F.Guards[G].Reads;
    return !Reads.empty() &&
           std::all_of(Reads.begin(), Reads.end(), [&](const AccessPath &Read) {
             return Read.Base == Root::Parameter && !isCaptured(F, Read);
           });
  };
  for (const Call &C : F.Calls) {
    if (C.Later || C.Loop != None ||
        !std::all_of(C.Guards.begin(), C.Guards.end(), OfError))
      continue;
    for (const Function *Target : P.targets(C))
      if (Target == &Around ||
          (Depth < 2 && comesAgain(P, *Target, Around, Depth + 1)))
        return &C;
  }
  return nullptr;
}

/// Objects of the class are made by what comes from outside, again and again.
bool madePerEvent(const Program &P, const std::string &Class) {
  for (const Function *M : P.methods(Class))
    if (M->Kind == EntityKind::Constructor)
      for (const Program::Site &S : P.callers(*M))
        if (isHandler(P, *S.Caller))
          return true;
  return false;
}

/// An object that keeps alive what keeps it.
struct Cycle {
  std::string Slot;            ///< what keeps the lambda
  const Call *Again = nullptr; ///< a timer: by which it is set anew
  Confidence Sure = Confidence::High;
};

/// The lambda keeps alive the object that keeps the lambda.
std::optional<Cycle> keepsItself(const Program &P, const Function &Lambda,
                                 const Function &Around, const Fate &Goes,
                                 const Capture &Held) {
  bool Copy = Held.How == Holds::Value && !Held.Moved && Goes.Into;
  if ((Held.How != Holds::Shared && !Copy) ||
      Held.Kind == CaptureKind::Reference || Held.Kind == CaptureKind::This)
    return std::nullopt;
  AccessPath Object = objectOf(Held);
  if (!Object.known())
    return std::nullopt;
  auto Inside = [&](const AccessPath &Path) {
    return isPrefix(Object, Path) &&
           (Path.Fields.size() > Object.Fields.size() || Goes.Into);
  };
  auto SlotOf = [&](const AccessPath &Path) -> std::string {
    for (auto Field = Path.Fields.rbegin(); Field != Path.Fields.rend();
         ++Field)
      if (*Field != "[]")
        return *Field;
    return Path.Base == Root::Local ? Around.Locals[Path.Position].Name : "";
  };
  Cycle Found;
  std::string &Slot = Found.Slot;
  if (Goes.Into && Inside(Goes.Into->Into)) {
    Slot = SlotOf(Goes.Into->Into);
  } else if (Goes.As && !Goes.As->Once && Inside(Goes.As->Emitter.Path)) {
    Slot = SlotOf(Goes.As->Emitter.Path);
  } else if (Goes.Taker && !Goes.Completes && !Goes.Guessed) {
    const AccessPath &On = Goes.Taker->Receiver.Path;
    if (Inside(On)) {
      Slot = SlotOf(On);
    } else if (On == Object ||
               (On.Base == Root::This && Held.OfThis && On.Fields.empty())) {
      // A setter of the object itself: the field that it fills.
      for (const Function *Target : P.targets(*Goes.Taker))
        for (const Keep &S : Target->Keeps)
          if (S.Into.Base == Root::This &&
              S.What.Path.Base == Root::Parameter && !S.Into.Fields.empty())
            Slot = SlotOf(S.Into);
    } else if (Inside(Goes.Taker->Target)) {
      // A future keeps what it runs until somebody gets the result.
      Slot = SlotOf(Goes.Taker->Target);
      if (asked(P, Held.Type, Slot))
        return std::nullopt;
    }
  } else if (Goes.Timer && Goes.Taker && Goes.Taker->Guards.empty() &&
             Inside(Goes.Taker->Receiver.Path) && !livesForever(P, Held.Type)) {
    // Its own timer, each time for one more time.
    Found.Again = comesAgain(P, Lambda, Around);
    if (Found.Again)
      Slot = SlotOf(Goes.Taker->Receiver.Path);
    Found.Sure =
        madePerEvent(P, Held.Type) ? Confidence::Medium : Confidence::Low;
  }
  if (Slot.empty() ||
      emptied(P, Held.Type, Slot, Goes.As ? Goes.As->Token.Path : AccessPath(),
              Around))
    return std::nullopt;
  return Found;
}

/// Refers to an object that is gone when it runs.
bool dangles(const Program &P, const Function &Around, const Fate &Goes,
             const Capture &Held) {
  if (Held.Kind != CaptureKind::Reference)
    return false;
  const AccessPath &Of = Held.Of.Path;
  if (!Of.Fields.empty())
    return false;
  if (Of.Base == Root::Local) {
    const Local &Variable = Around.Locals[Of.Position];
    if (Variable.Static || Variable.Reference)
      return false;
  } else if (Of.Base != Root::Parameter) {
    return false;
  }
  // A service is given by reference too: what is only read is the request.
  if (!Held.Request &&
      !(Held.Costly && isHandler(P, Around) && isGiven(Around, Held) &&
        !Around.Parameters[Of.Position].Mutable))
    return false;
  // A lambda put into a local slot dies with it.
  return !waitedFor(Around, Goes);
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

/// Holds all of it to read a part.
bool holdsTooMuch(const Program &P, const Function &Around, const Fate &Goes,
                  const Capture &Held) {
  bool Self = Held.OfThis ||
              (Held.Kind == CaptureKind::This && Held.How == Holds::Pointer);
  if (Held.Kind == CaptureKind::Reference || Held.Moved ||
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
  constexpr size_t SmallPart = 3;
  size_t Read = parts(Held).size();
  if (Read > SmallPart ||
      (!Held.Request && !Self &&
       (Held.Members < 3 || Read * 2 > Held.Members)) ||
      waitedFor(Around, Goes))
    return false;
  return !worksOnIt(P, Around, Goes, Held);
}

//===----------------------------------------------------------------------===//
// Say
//===----------------------------------------------------------------------===//

std::string takerName(const Fate &Goes) {
  if (Goes.Taker && !Goes.Taker->Name.empty())
    return "'" + Goes.Taker->Name + "'";
  return Goes.Into && Goes.Into->Into.Base == Root::Result ? "the caller"
                                                           : "what keeps it";
}

Step whereItGoes(const Program &P, const Fate &Goes) {
  if (Goes.Into && !Goes.Taker)
    return {P.point(Goes.Into->Where), Goes.Into->Into.Base == Root::Result
                                           ? "the lambda is returned here"
                                           : "the lambda is kept here"};
  return {P.point(Goes.Taker->Where), "the lambda is handed to '" +
                                          Goes.Taker->Name +
                                          "' here, which runs it later"};
}

std::string typeOf(const Capture &Held) {
  std::string Text = shortName(Held.Type);
  if (!Held.Contents.empty())
    Text += ", " + Held.Contents;
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

Finding begin(const Program &P, const Function &Lambda, const Function &Around,
              const Capture &Held, const Fate &Goes) {
  Finding Found;
  Found.Check = "request-capture";
  Found.Where = Level::Memory;
  Found.Runs = P.heat(Around);
  Found.Function = Around.Name;
  bool Named = !Held.Implicit && Held.Where.valid();
  Found.At = P.point(Named ? Held.Where : Lambda.Where);
  Found.Path.push_back(whereItGoes(P, Goes));
  Found.Sure = Goes.Guessed ? Confidence::Medium : Confidence::High;
  return Found;
}

} // namespace

void checkRequestCapture(const Program &P, const Function &F,
                         std::vector<Finding> &Out) {
  if (F.Kind != EntityKind::Lambda || F.Captures.empty())
    return;
  const Function *Around = P.find(F.Parent);
  if (!Around)
    return;
  Fate Goes = fateOf(P, F, *Around);
  if (!Goes.Later)
    return;
  for (const Capture &Held : F.Captures) {
    std::string Name = "'" + Held.Name + "'";
    if (std::optional<Cycle> Closed = keepsItself(P, F, *Around, Goes, Held)) {
      Finding Found = begin(P, F, *Around, Held, Goes);
      Found.Degree = 2;
      Found.Sure = std::min(Found.Sure, Closed->Sure);
      Found.Message =
          "the lambda holds " + Name + ", a shared pointer to the " +
          shortName(Held.Type) + " that keeps the lambda in '" + Closed->Slot +
          "'" +
          (Closed->Again ? ", set anew each time and never cancelled" : "") +
          ": it keeps itself alive and is never freed";
      if (Closed->Again)
        Found.Path.push_back(
            {P.point(Closed->Again->Where),
             "sets '" + Closed->Slot + "' anew from here, unless it fails"});
      Found.Growth = "one " + shortName(Held.Type) + " per call, for good";
      Found.Suggestion = "capture a weak_ptr and lock() it in the lambda";
      Out.push_back(std::move(Found));
    } else if (dangles(P, *Around, Goes, Held)) {
      Finding Found = begin(P, F, *Around, Held, Goes);
      Found.Degree = 2;
      Found.Message = "dangling: the lambda refers to " + Name + " (" +
                      typeOf(Held) + "), which is gone when " +
                      takerName(Goes) + " runs it";
      Found.Growth = "undefined behaviour";
      Found.Suggestion = "capture by value what the lambda needs of it";
      if (readsParts(Held))
        Found.Fixes = projections(P, F, Held);
      Out.push_back(std::move(Found));
    } else if (holdsTooMuch(P, *Around, Goes, Held)) {
      Finding Found = begin(P, F, *Around, Held, Goes);
      std::vector<const Use *> Read = parts(Held);
      if (!Held.Request)
        Found.Sure = Confidence::Medium;
      Found.Message = "the lambda holds " + Name + " (" + typeOf(Held) +
                      ") as long as it waits, to read " + listed(Read);
      Found.Growth = "one whole " + shortName(Held.Type) + " per pending call";
      Found.Suggestion = "capture what is read: [" +
                         (Read[0]->Name.empty() ? "value" : Read[0]->Name) +
                         " = " + Read[0]->Text + "]";
      Found.Fixes = projections(P, F, Held);
      for (const Use *Part : Read)
        Found.Path.push_back(
            {P.point(Part->Where), "reads '" + Part->Text + "' here"});
      Out.push_back(std::move(Found));
    }
  }
}

} // namespace perfidy
