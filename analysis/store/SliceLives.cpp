//===- SliceLives.cpp - what a file asks about the lives of objects -------===//
//
// Part of Perfidy.
//
// Problem: whether a listener is taken off, an object outlives another or a slot
// is emptied is decided by functions that the file neither calls nor is called
// by. Idea: the questions go by names, and for names there are lists:
//
//   the methods of a class       and of its bases, for those that listen
//   who makes an object          callers of constructors, and their classes
//   who takes a listener off     few, so all of them
//   who puts what into a field   by the field's name, for slots with a lambda
//   who registers a handler      by its name
//
// What leads from those to a registration is on the call graph.
//
// Cost: as many functions as such classes have. Must follow what the checks ask
// (checks/Lifetime.cpp, UnbalancedListenerCheck.cpp, RequestCaptureCheck.cpp):
// bench/cross-file.py compares their verdicts with those over the whole program.
//
//===----------------------------------------------------------------------===//
#include "analysis/store/Slicer.h"
#include <algorithm>

namespace perfidy {

namespace {

bool isThis(const Value &V) {
  return V.Path.Base == Root::This && V.Path.Fields.empty();
}

/// The call may run \p F: by name, as an overrider, or as a callable.
bool mayRun(const Call &C, const Function &F) {
  return C.Callee == F.Usr || C.Virtual ||
         std::any_of(C.Arguments.begin(), C.Arguments.end(),
                     [&](const Value &V) { return V.Callable == F.Usr; });
}

} // namespace

struct Slicer::Lives {
  Slicer &In;
  const Graph &Calls;
  const std::vector<const Function *> &Altered;
  Ids &Needed;
  Ids Leading; ///< functions that register, or reach one that does
  std::vector<const Function *> Listening; ///< of the file
  Ids Starts;                              ///< of ways to registrations
  std::unordered_map<std::string_view, std::vector<const Class *>> ByName;
  std::set<SharedText> Whole, Partly, Made;
  std::map<SharedText, int> Given; ///< with depth

  Lives(Slicer &In, const Graph &Calls,
        const std::vector<const Function *> &Altered, Ids &Needed)
      : In(In), Calls(Calls), Altered(Altered), Needed(Needed) {
    Leading = Graph::reach(Calls.Registering,
                           [&](int64_t Id) -> const std::vector<int64_t> & {
                             return Calls.callers(Id);
                           });
  }

  /// Null if the function has gone.
  const Function *need(int64_t Id) {
    if (In.Gone.count(Id))
      return nullptr;
    auto Own = In.FreshById.find(Id);
    if (Own != In.FreshById.end())
      return Own->second;
    Needed.insert(Id);
    return &In.load(Id).Facts;
  }

  void needTargets(const Call &C) {
    if (C.System || C.Callee.empty())
      return;
    if (int64_t Id = In.idOf(C.Callee))
      need(Id);
    if (C.Virtual)
      for (int64_t Id : In.list(In.Overridden, C.Callee))
        need(Id);
  }

  std::vector<const Function *> callersOf(const Function &F) {
    Ids All;
    if (int64_t Id = In.idOf(F.Usr))
      All.insert(Calls.callers(Id).begin(), Calls.callers(Id).end());
    else
      for (int64_t Id : In.list(In.Wanted, F.Usr))
        All.insert(Id);
    if (In.FreshByUsr.count(F.Usr))
      In.addBases(F, Calls, All);
    std::vector<const Function *> Result;
    for (int64_t Id : All)
      if (const Function *Caller = need(Id))
        Result.push_back(Caller);
    for (const Function *Now : Altered)
      if (std::any_of(Now->Calls.begin(), Now->Calls.end(),
                      [&](const Call &C) { return C.Callee == F.Usr; }))
        Result.push_back(Now);
    return Result;
  }

  std::vector<const Function *> methodsOf(const std::string &Class) {
    std::vector<const Function *> Result;
    for (int64_t Id : In.list(In.Methods, Class))
      if (const Function *Method = need(Id)) {
        Result.push_back(Method);
        Starts.insert(Id);
      }
    for (const Function *Now : Altered)
      if (Now->Class == Class)
        Result.push_back(Now);
    return Result;
  }

  std::vector<std::string> withBases(const std::string &Name) {
    std::vector<std::string> Result = {Name};
    for (size_t I = 0; I < Result.size() && I < 64; ++I) {
      auto Known = ByName.find(Result[I]);
      if (Known != ByName.end())
        for (const Class *Each : Known->second)
          Result.insert(Result.end(), Each->Bases.begin(), Each->Bases.end());
    }
    return Result;
  }

  /// What the class's fields hold.
  void classFields(const std::string &Name) {
    for (const std::string &Each : withBases(Name))
      if (!Each.empty() && Partly.insert(Each).second)
        methodsOf(Each);
  }

  /// What leads from the function to registrations counts.
  void start(const Function &F) {
    if (int64_t Id = In.idOf(F.Usr))
      Starts.insert(Id);
  }

  /// Where objects are made, with what, and what becomes of them.
  void makers(const Function &Constructor) {
    if (!Made.insert(Constructor.Usr).second)
      return;
    for (const Function *Caller : callersOf(Constructor)) {
      start(*Caller);
      classFields(Caller->Class);
      if (Caller->Kind == EntityKind::Constructor)
        for (const Function *Method : methodsOf(Caller->Class))
          if (Method->Kind == EntityKind::Constructor)
            makers(*Method);
    }
  }

  /// Whose listeners a helper takes off: what it is given.
  void takers(const Function &Helper, int Depth = 0) {
    constexpr int Deepest = 3;
    if (Depth == Deepest)
      return;
    for (const Function *Caller : callersOf(Helper))
      takers(*Caller, Depth + 1);
  }

  /// What decides about one registration, beside the classes of its objects.
  void registration(const Function &F, const Registration &Each) {
    const Call &C = F.Calls[size_t(Each.Call)];
    needTargets(C);
    if (Each.Taker != None)
      needTargets(F.Calls[size_t(Each.Taker)]);
    for (const Value &V : C.Arguments)
      if (int64_t Id = V.Callable.empty() ? 0 : In.idOf(V.Callable))
        need(Id);
    if (Each.Fresh)
      classFields(Each.ListenerType);
  }

  bool leads(const Function &F) {
    int64_t Id = In.idOf(F.Usr);
    return !F.Registrations.empty() || (Id && Leading.count(Id));
  }

  /// What begins and ends the life of the class's objects.
  void wholeClass(const std::string &Name) {
    for (const std::string &Each : withBases(Name)) {
      if (Each.empty() || !Whole.insert(Each).second)
        continue;
      for (const Function *Method : methodsOf(Each)) {
        if (Method->Kind == EntityKind::Constructor)
          makers(*Method);
        // Whether somebody calls it but the destructor of a base.
        if (!Method->Overrides.empty() && leads(*Method))
          callersOf(*Method);
        // A body that is not seen could take off anything.
        for (const Call &C : Method->Calls)
          if (isThis(C.Receiver) ||
              std::any_of(C.Arguments.begin(), C.Arguments.end(), isThis))
            needTargets(C);
      }
    }
  }

  /// Functions through which \p F is entered on the same object.
  void entries(const Function &F) {
    std::vector<const Function *> Found = {&F};
    for (size_t I = 0; I < Found.size() && Found.size() < 256; ++I)
      for (const Function *Caller : callersOf(*Found[I]))
        if (std::find(Found.begin(), Found.end(), Caller) == Found.end() &&
            std::any_of(Caller->Calls.begin(), Caller->Calls.end(),
                        [&](const Call &C) {
                          return isThis(C.Receiver) && mayRun(C, *Found[I]);
                        }))
          Found.push_back(Caller);
  }

  /// Who hands on to \p F what it was given itself: a request, maybe.
  void givers(const Function &F, int Depth) {
    constexpr int Deepest = 3;
    auto [Known, IsNew] = Given.try_emplace(F.Usr, Depth);
    if (Depth > Deepest || (!IsNew && Known->second <= Depth))
      return;
    Known->second = Depth;
    if (F.Kind == EntityKind::Lambda)
      if (int64_t Id = In.idOf(F.Parent))
        if (const Function *Around = need(Id))
          for (const Call &C : Around->Calls)
            if (mayRun(C, F))
              needTargets(C);
    for (const Function *Caller : callersOf(F))
      for (const Call &C : Caller->Calls)
        if (mayRun(C, F) && !C.Later &&
            std::any_of(C.Arguments.begin(), C.Arguments.end(),
                        [](const Value &V) {
                          return V.Path.Base == Root::Parameter;
                        })) {
          givers(*Caller, Depth + 1);
          break;
        }
  }

  /// Who empties the slot that the lambda lies in.
  void slot(const Function &Lambda, const Function &Around) {
    if (std::none_of(Lambda.Captures.begin(), Lambda.Captures.end(),
                     [](const Capture &Held) {
                       return Held.Kind != CaptureKind::Reference &&
                              Held.Kind != CaptureKind::This &&
                              (Held.How == Holds::Shared ||
                               (Held.How == Holds::Value && !Held.Moved));
                     }))
      return;
    std::set<std::string> Names;
    auto Add = [&](const AccessPath &Path, const Function &Of) {
      for (auto Field = Path.Fields.rbegin(); Field != Path.Fields.rend();
           ++Field)
        if (*Field != "[]") {
          Names.insert(*Field);
          return;
        }
      if (Path.Base == Root::Local)
        Names.insert(Of.Locals[size_t(Path.Position)].Name);
    };
    for (const Keep &Each : Around.Keeps)
      if (Each.What.Callable == Lambda.Usr)
        Add(Each.Into, Around);
    for (const Registration &Each : Around.Registrations)
      if (Each.Handler == Lambda.Usr)
        Add(Each.Emitter.Path, Around);
    for (const Call &C : Around.Calls) {
      const Call &Taker = C.Callee == Lambda.Usr && C.Taker != None
                              ? Around.Calls[size_t(C.Taker)]
                              : C;
      if (&Taker == &C && std::none_of(C.Arguments.begin(), C.Arguments.end(),
                                       [&](const Value &V) {
                                         return V.Callable == Lambda.Usr;
                                       }))
        continue;
      const AccessPath &On = Taker.Receiver.Path;
      Add(On, Around);
      if (On.Base == Root::Local)
        Add(Around.Locals[size_t(On.Position)].Of, Around);
      needTargets(Taker);
      std::vector<int64_t> Targets = {In.idOf(Taker.Callee)};
      if (Taker.Virtual)
        for (int64_t Id : In.list(In.Overridden, Taker.Callee))
          Targets.push_back(Id);
      for (int64_t Id : Targets)
        if (const Function *Target = Id ? need(Id) : nullptr)
          for (const Keep &Each : Target->Keeps)
            Add(Each.Into, *Target);
    }
    for (const std::string &Name : Names)
      for (int64_t Id : In.list(In.Changing, Name))
        need(Id);
  }

  /// Functions of the file that listen, or lead to what does.
  void findListening() {
    std::set<const Function *> Found, Now(Altered.begin(), Altered.end());
    std::set<SharedText> Usrs;
    auto Leads = [&](const Function &F) {
      if (!F.Registrations.empty())
        return true;
      auto Known = In.FreshEntities.find(F.Usr);
      if (Known != In.FreshEntities.end() && Leading.count(Known->second.Id))
        return true;
      if (Now.count(&F))
        for (int64_t Target : In.targetsOf(F))
          if (Leading.count(Target))
            return true;
      return std::any_of(F.Calls.begin(), F.Calls.end(), [&](const Call &C) {
        return Usrs.count(C.Callee) != 0;
      });
    };
    for (bool Grown = true; Grown;) {
      Grown = false;
      for (const Function &F : In.Fresh.Functions)
        if (!Found.count(&F) && Leads(F)) {
          Found.insert(&F);
          Usrs.insert(F.Usr);
          Listening.push_back(&F);
          Grown = true;
        }
    }
  }

  /// Classes whose accessors say where an emitter comes from: "Bus::instance()".
  void accessors(const Function &F) {
    for (const Registration &Each : F.Registrations) {
      const AccessPath &Path = Each.Emitter.Path;
      size_t Colons = Path.Name.rfind("::");
      if (Path.Base == Root::Global && Path.Name.ends_with("()") &&
          Colons != SharedText::npos)
        classFields(Path.Name.substr(0, Colons));
    }
  }

  void followListening() {
    for (const Function *F : Listening) {
      for (const Registration &Each : F->Registrations)
        registration(*F, Each);
      entries(*F);
      accessors(*F);
      wholeClass(F->Class);
      for (int64_t Target : In.targetsOf(*F))
        Starts.insert(Target);
      for (const SharedText *Name : {&F->Name, &F->Usr})
        for (int64_t Id : In.list(In.Handling, *Name))
          if (!In.FreshIds.count(Id) && !In.Gone.count(Id))
            In.Handled.insert(F->Usr);
    }
    for (int64_t Id : Calls.Removing)
      if (const Function *F = need(Id))
        if (std::any_of(F->Registrations.begin(), F->Registrations.end(),
                        [](const Registration &Each) {
                          const AccessPath &Of = Each.Listener.Path;
                          return !Each.Adds && Of.Base == Root::Parameter &&
                                 Of.Fields.empty();
                        }))
          takers(*F);
    // On the way to a registration everything counts, and there too what the
    // method does that is said to register.
    for (int64_t Id :
         Graph::reach(Starts, [&](int64_t At) -> const std::vector<int64_t> & {
           static const std::vector<int64_t> Nobody;
           return Leading.count(At) ? Calls.callees(At) : Nobody;
         })) {
      if (!Leading.count(Id))
        continue;
      const Function *F = need(Id);
      if (!F || F->Registrations.empty())
        continue;
      accessors(*F);
      for (const Registration &Each : F->Registrations)
        registration(*F, Each);
    }
  }

  void followCaptures() {
    for (const Function &F : In.Fresh.Functions) {
      for (const Bound &Made : F.Bounds)
        needTargets(F.Calls[size_t(Made.Taker)]);
      if (!F.Bounds.empty())
        givers(F, 0);
      auto Around = In.FreshByUsr.find(F.Parent);
      if (F.Captures.empty() || Around == In.FreshByUsr.end())
        continue;
      givers(*Around->second, 0);
      slot(F, *Around->second);
    }
  }
};

/// Adds to \p Needed what other files decide about the lives of the file's
/// objects. \p Altered: functions of the file that are new or changed.
void Slicer::addLives(const Graph &Calls,
                      const std::vector<const Function *> &Altered,
                      Ids &Needed) {
  Lives All(*this, Calls, Altered, Needed);
  All.findListening();
  bool Holds = std::any_of(Fresh.Functions.begin(), Fresh.Functions.end(),
                           [](const Function &F) {
                             return !F.Captures.empty() || !F.Bounds.empty();
                           });
  if (All.Listening.empty() && !Holds)
    return;
  unpacked(ClassesBlob, Classes.emplace(), From.file());
  for (const Class &Each : Fresh.Classes)
    All.ByName[Each.Name].push_back(&Each);
  for (const Class &Each : Classes->Classes)
    All.ByName[Each.Name].push_back(&Each);
  if (!All.Listening.empty())
    All.followListening();
  if (Holds)
    All.followCaptures();
}

} // namespace perfidy
