//===- Workers.cpp - translation units side by side -----------------------===//
//
// Part of Perfidy.
//
// Precompiled headers are made first, side by side, and units wait for the one
// they use; those that use none, or one that is there, do not. Those of system
// headers come first, and then what continues them: OwnStage.h.
//
//===----------------------------------------------------------------------===//
#include "driver/Workers.h"
#include "analysis/store/Identity.h"
#include "analysis/summary/Cbor.h"
#include "driver/Failure.h"
#include "driver/Flags.h"
#include "driver/OwnStage.h"
#include "driver/PrecompiledGroups.h"
#include "driver/Tasks.h"
#include "driver/Unit.h"
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <numeric>
#include <set>

namespace perfidy {

/// True if \p Made would be another one were \p Instead on disk.
static bool touches(const Overlay &Instead, const Precompiled &Made) {
  auto Named = [&](const std::string &File) {
    return contentIn(Instead, File) != nullptr;
  };
  return std::any_of(Made.Absent.begin(), Made.Absent.end(), Named) ||
         std::any_of(Made.Files.begin(), Made.Files.end(),
                     [&](const PrecompiledFile &Each) {
                       return Named(Each.State.Path);
                     });
}

/// Long files first, so that none of them is left to the end when the other
/// cores have nothing to do.
static std::vector<size_t> longestFirst(const std::vector<Source> &Sources) {
  std::vector<uintmax_t> Sizes;
  for (const Source &Each : Sources) {
    std::error_code Error;
    uintmax_t Size = std::filesystem::file_size(Each.File, Error);
    Sizes.push_back(Error ? 0 : Size);
  }
  std::vector<size_t> Order(Sources.size());
  std::iota(Order.begin(), Order.end(), 0);
  std::sort(Order.begin(), Order.end(), [&](size_t A, size_t B) {
    return Sizes[A] != Sizes[B] ? Sizes[A] > Sizes[B] : A < B;
  });
  return Order;
}

namespace {

class Reader {
  const std::vector<Source> &Sources;
  const Overlay &Instead;
  const Reading &How;
  Profile &Spent;
  const std::function<void(size_t, Unit &)> &Done;

  std::optional<PrecompiledFolder> Folder;
  std::string FolderPath;
  std::vector<PrecompiledGroup> Groups;
  std::vector<PrecompiledGroup *> GroupOf; ///< of each source; null for none
  /// What each source is read with; null for nothing.
  std::vector<OwnStage::Header> HeaderOf;
  std::vector<std::unique_ptr<OwnStage>> Stages;
  /// Work of stages: a number for OwnStage::make(), or 0 for plan().
  struct StageWork {
    OwnStage *Of;
    size_t Number;
  };
  std::vector<StageWork> Works;
  std::vector<Unit> Results;
  /// To make one takes about as long as to parse a unit without.
  static constexpr size_t Least = 4;
  /// What can be started; the next one last.
  std::vector<size_t> Builds, Ready;
  Pool Workers;

  // Ids of the pool: sources, after them groups, and after those works.
  bool isUnit(size_t Id) const { return Id < Sources.size(); }
  size_t firstWork() const { return Sources.size() + Groups.size(); }
  bool isGroup(size_t Id) const { return !isUnit(Id) && Id < firstWork(); }
  PrecompiledGroup &groupAt(size_t Id) { return Groups[Id - Sources.size()]; }

  void openFolder() {
    if (!How.Precompile || Sources.empty())
      return;
    for (const std::string &Name : {How.Folder, std::string()})
      try {
        Folder.emplace(Name);
        FolderPath = Folder->path();
        return;
      } catch (const Failure &) {
        // Without is slower and says the same.
      }
  }

  /// Units whose group has settled: those with a header of system headers may
  /// come to more.
  void goOn(const std::vector<size_t> &Which) {
    std::map<std::shared_ptr<Precompiled>, std::vector<size_t>> ByHeader;
    std::vector<size_t> Plain;
    for (size_t Each : Which)
      if (GroupOf[Each] && GroupOf[Each]->Header)
        ByHeader[GroupOf[Each]->Header].push_back(Each);
      else
        Plain.push_back(Each);
    makeReady(Plain);
    for (auto &[Header, Units] : ByHeader)
      startStage(Header, std::move(Units));
  }

  void startStage(const std::shared_ptr<Precompiled> &System,
                  std::vector<size_t> Units) {
    for (size_t Each : Units)
      HeaderOf[Each] = System;
    std::vector<std::shared_ptr<Precompiled>> Known = Folder->after(System);
    std::erase_if(Known, [&](const auto &Each) {
      return !Instead.empty() && touches(Instead, *Each);
    });
    bool More = Instead.empty() && Units.size() >= Least;
    if (!More && Known.empty()) {
      makeReady(Units);
      return;
    }
    std::vector<const PrecompiledGroup *> Of;
    for (size_t Each : Units)
      Of.push_back(GroupOf[Each]);
    Stages.push_back(std::make_unique<OwnStage>(
        System, std::move(Known), std::move(Units), std::move(Of), More));
    addWorks(*Stages.back(), {0});
  }

  void addWorks(OwnStage &Of, const std::vector<size_t> &Numbers) {
    for (size_t Each : Numbers) {
      Builds.push_back(firstWork() + Works.size());
      Works.push_back({&Of, Each});
    }
  }

  void worked(const Outcome &What) {
    Spent.add(Phase::Precompile, What.Spent);
    auto [Of, Number] = Works[What.Id - firstWork()];
    std::optional<std::string> Answer;
    if (What.Reason.empty())
      Answer = What.Answer;
    else
      Spent.Unmade.push_back("headers of the project's own: " + What.Reason);
    addWorks(*Of, Number ? Of->made(Number, Answer)
                         : Of->planned(Answer.value_or("")));
    std::vector<size_t> Now;
    for (OwnStage::Started &Each : Of->takeReady()) {
      HeaderOf[Each.Unit] = std::move(Each.With);
      Now.push_back(Each.Unit);
    }
    makeReady(Now);
  }

  /// Long files first: the next is the last.
  void makeReady(const std::vector<size_t> &Which) {
    std::vector<Source> All;
    for (size_t Each : Which)
      All.push_back(Sources[Each]);
    std::vector<size_t> Order = longestFirst(All);
    for (auto Each = Order.rbegin(); Each != Order.rend(); ++Each)
      Ready.push_back(Which[*Each]);
  }

  void plan() {
    GroupOf.resize(Sources.size());
    HeaderOf.resize(Sources.size());
    openFolder();
    if (Folder)
      Groups =
          groupUnits(Sources, factsIdentity() + clangEnvironment(), *Folder);
    for (PrecompiledGroup &Each : Groups) {
      for (size_t Member : Each.Members)
        GroupOf[Member] = &Each;
      // What is read instead of files on disk must change nothing.
      if (!Instead.empty() && Each.Header && touches(Instead, *Each.Header))
        Each.Header.reset();
    }
    std::vector<size_t> Alone;
    // What others wait for comes first.
    for (bool Follows : {false, true})
      for (PrecompiledGroup &Each : Groups)
        if (Each.Follows == Follows)
          settle(Each, /*Failed=*/false, Alone);
    for (size_t I = 0; I < Sources.size(); ++I)
      if (!GroupOf[I])
        Alone.push_back(I);
    goOn(Alone);
    // The largest first.
    std::sort(Builds.rbegin(), Builds.rend());
  }

  bool isBuilding(const PrecompiledGroup &Family) const {
    return std::any_of(Groups.begin(), Groups.end(),
                       [&](const PrecompiledGroup &Each) {
                         return Each.Building && Each.isFamily(Family);
                       });
  }

  /// True if one is still to be made that may fit \p Group, too.
  bool mayFollow(const PrecompiledGroup &Group) const {
    return Group.Follows && std::any_of(Groups.begin(), Groups.end(),
                                        [&](const PrecompiledGroup &Each) {
                                          return Each.Key == Group.Key &&
                                                 !Each.Follows && !Each.Settled;
                                        });
  }

  /// Starts one more precompiled header for the groups of a family that have
  /// none yet, or says of these that there will be none: their units are added
  /// to \p Now. The largest group decides what is in it, so that it fits well
  /// there; others may find that it fits them.
  void settle(const PrecompiledGroup &Family, bool Failed,
              std::vector<size_t> &Now) {
    if (isBuilding(Family) || mayFollow(Family))
      return;
    std::vector<PrecompiledGroup *> Open;
    size_t Units = 0;
    for (PrecompiledGroup &Each : Groups)
      if (Each.isFamily(Family) && !Each.Settled) {
        Open.push_back(&Each);
        Units += Each.Members.size();
      }
    if (Open.empty())
      return;
    // None is made of what is not on disk: of no use to anybody later.
    if (Instead.empty() &&
        (Failed ? Open.front()->Members.size() : Units) >= Least) {
      Open.front()->Building = true;
      Builds.push_back(Sources.size() + size_t(Open.front() - Groups.data()));
      return;
    }
    for (PrecompiledGroup *Each : Open)
      finish(*Each, Now);
  }

  static void finish(PrecompiledGroup &Group, std::vector<size_t> &Now) {
    Group.Settled = true;
    Now.insert(Now.end(), Group.Members.begin(), Group.Members.end());
  }

  Task build(const PrecompiledGroup &Group) const {
    Task Wanted(Task::Kind::Build);
    Wanted.Key = Group.Key;
    auto Add = [&](const PrecompiledGroup &From) {
      Wanted.Members.insert(Wanted.Members.end(), From.Members.begin(),
                            From.Members.end());
    };
    Add(Group);
    // Each target has a macro of its own? Then what all of them include.
    for (const PrecompiledGroup &Each : Groups)
      if (Group.Members.size() < Least && &Each != &Group &&
          Each.isFamily(Group) && !Each.Settled)
        Add(Each);
    for (const PrecompiledGroup &Each : Groups)
      if (Each.Follows && Each.Key == Group.Key && !Each.Settled &&
          !Each.isFamily(Group))
        Wanted.Others.push_back(Each.Members.front());
    Wanted.Header = chainOf(Group.Header.get());
    return Wanted;
  }

  Task parse(size_t Id) const {
    Task Wanted(Task::Kind::Read);
    Wanted.Members = {Id};
    Wanted.Header = chainOf(HeaderOf[Id].get());
    return Wanted;
  }

  Task task(size_t Id) {
    if (isUnit(Id))
      return parse(Id);
    if (isGroup(Id))
      return build(groupAt(Id));
    auto [Of, Number] = Works[Id - firstWork()];
    return Number ? Of->make(Number) : Of->plan();
  }

  void startMore() {
    while (!(Builds.empty() && Ready.empty())) {
      std::vector<size_t> &From = Builds.empty() ? Ready : Builds;
      size_t Id = From.back();
      Pool::Where In = isGroup(Id) ? Pool::Where::Alone : Pool::Where::Any;
      if (!Workers.hasRoom(In))
        return;
      From.pop_back();
      Workers.start(Id, task(Id).request(), In);
    }
  }

  /// Units that use it can begin, with or without.
  void built(const Outcome &What) {
    Spent.add(Phase::Precompile, What.Spent);
    PrecompiledGroup &Group = groupAt(What.Id);
    Group.Building = false;
    bool Failed = !What.Reason.empty();
    if (Failed)
      Spent.Unmade.push_back(std::to_string(Group.Members.size()) +
                             " units: " + What.Reason);
    else {
      Group.Header.reset();
      std::optional<Precompiled> Made = Precompiled::load(What.Answer);
      if (Made && Group.fits(*Made))
        Group.Header = std::make_shared<Precompiled>(std::move(*Made));
    }
    std::vector<size_t> Now;
    finish(Group, Now);
    for (PrecompiledGroup &Each : Groups)
      if (!Each.Settled && Group.Header && Each.Key == Group.Key &&
          (Each.Follows || Each.isFamily(Group)) && Each.fits(*Group.Header)) {
        Each.Header = Group.Header;
        finish(Each, Now);
      }
    settle(Group, Failed, Now);
    // Nothing more to hope for from others?
    for (PrecompiledGroup &Each : Groups)
      if (Each.Key == Group.Key && Each.Follows && !Each.isFamily(Group))
        settle(Each, /*Failed=*/false, Now);
    goOn(Now);
  }

  void read(const Outcome &What) {
    Unit &Result = Results[What.Id];
    Result.File = Sources[What.Id].File;
    // A damaged precompiled header can make clang do anything.
    if (What.Crashed && HeaderOf[What.Id]) {
      HeaderOf[What.Id].reset();
      Ready.push_back(What.Id);
      Spent.add(Phase::Parse, What.Spent);
      return;
    }
    Told Beside;
    Result.Reason = What.Reason;
    if (What.Reason.empty())
      take(What.Answer, Result, Beside);
    Cost Extraction{Beside.ExtractionCpu, Beside.ExtractionWall};
    Spent.add(Phase::Extract, Extraction);
    Spent.add(Phase::Parse, What.Spent - Extraction);
    Spent.Units.push_back({Result.File, What.Spent, Beside.Precompiled,
                           Beside.Own, Beside.Conflict});
    Done(What.Id, Result);
  }

  static void take(std::string_view Answer, Unit &Into, Told &Beside) {
    try {
      Beside = takeTold(Answer);
    } catch (const std::runtime_error &Error) {
      Into.Reason = Error.what();
      return;
    }
    if (fromWire(Answer, Into.Facts.emplace(), Into.Reads, Into.Reason)) {
      Into.Reason = Into.Facts->Error;
      Into.Name = Into.Facts->digest();
    } else {
      Into.Facts.reset();
    }
  }

public:
  Reader(const std::vector<Source> &Sources, const Models &Known,
         const Overlay &Instead, const Reading &How, Profile &Spent,
         const std::function<void(size_t, Unit &)> &Done)
      : Sources(Sources), Instead(Instead), How(How), Spent(Spent), Done(Done),
        Results(Sources.size()),
        Workers(How.Most, Hand(Sources, Known, Instead, FolderPath)) {}

  std::vector<Unit> run() {
    {
      Profile::Timer Timer(Spent, Phase::Prepare);
      plan();
    }
    while (!(Builds.empty() && Ready.empty() && Workers.idle())) {
      startMore();
      for (const Outcome &Each : Workers.wait()) {
        Spent.LargestProcess = std::max(Spent.LargestProcess, Each.Peak);
        isUnit(Each.Id)    ? read(Each)
        : isGroup(Each.Id) ? built(Each)
                           : worked(Each);
      }
    }
    std::set<const Precompiled *> Used;
    for (const OwnStage::Header &Header : HeaderOf)
      if (Header)
        Used.insert(Header.get());
    Spent.PrecompiledHeaders = Used.size();
    if (Folder) {
      constexpr uint64_t Most = uint64_t(2) << 30;
      Folder->tidy(Most);
    }
    return std::move(Results);
  }
};

} // namespace

std::vector<Unit> readUnits(const std::vector<Source> &Sources,
                            const Models &Models, const Overlay &Instead,
                            const Reading &How, Profile &Spent,
                            const std::function<void(size_t, Unit &)> &Done) {
  resourceDirectory(); // fails once and here, not in every worker
  return Reader(Sources, Models, Instead, How, Spent, Done).run();
}

} // namespace perfidy
