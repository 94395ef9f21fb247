//===- Tasks.cpp - what workers are asked for -----------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Tasks.h"
#include "analysis/summary/Cbor.h"
#include "driver/Failure.h"
#include "driver/OwnHeaders.h"
#include "driver/Unit.h"
#include <algorithm>

namespace perfidy {

// clang-format off
PERFIDY_FIELDS(Task::Flags, (), Macros, Folders)
PERFIDY_FIELDS(Task, (), What, Members, Others, Header, Key, List, More, Known, Commands, CommandOf)
PERFIDY_FIELDS(Told, (), ExtractionCpu, ExtractionWall, Precompiled, Own, Conflict)
// clang-format on

HeaderChain chainOf(const Precompiled *Header) {
  HeaderChain Result;
  for (; Header; Header = Header->Base.get())
    Result.push_back(Precompiled::beside(Header->File));
  std::reverse(Result.begin(), Result.end());
  return Result;
}

std::string Task::request() const { return cborOf(*this); }

std::shared_ptr<const Precompiled> Hand::header(const HeaderChain &Chain) {
  std::shared_ptr<const Precompiled> Result;
  for (const std::string &Each : Chain) {
    auto [Place, New] = Headers.try_emplace(Each);
    if (New)
      if (std::optional<Precompiled> Read = Precompiled::load(Each, Result))
        Place->second = std::make_shared<Precompiled>(std::move(*Read));
    if (!Place->second)
      return nullptr;
    Result = Place->second;
  }
  return Result;
}

std::vector<const Source *>
Hand::at(const std::vector<uint64_t> &Positions) const {
  std::vector<const Source *> Result;
  for (uint64_t Each : Positions)
    Result.push_back(&Sources.at(Each));
  return Result;
}

std::string Hand::read(const Source &Of, const Precompiled *With) {
  UnitFacts Read = readUnit(Of, Known, Instead, With);
  return cborOf(Told{Read.Extraction.Cpu, Read.Extraction.Wall,
                     Read.Precompiled, Read.Own, Read.Conflict}) +
         toWire(pack(Read.Summary), Read.Reads);
}

std::string Hand::plan(const Task &Wanted, const Precompiled &System) {
  std::vector<CommandMacros> Macros;
  for (const Task::Flags &Each : Wanted.Commands) {
    Macros.emplace_back();
    for (const std::string &Given : Each.Macros)
      Macros.back()[macroName(Given)] = Given;
  }
  std::vector<Member> Units;
  for (size_t I = 0; I < Wanted.Members.size(); ++I) {
    uint64_t Command = Wanted.CommandOf.at(I);
    Units.push_back({&Sources.at(Wanted.Members[I]), &Macros.at(Command),
                     &Wanted.Commands[Command].Folders});
  }
  std::vector<std::shared_ptr<const Precompiled>> There;
  for (const HeaderChain &Each : Wanted.Known)
    There.push_back(header(Each));
  return toText(planOwnHeaders(Units, System, There, Wanted.More));
}

std::string Hand::operator()(std::string_view Request) {
  Task Wanted;
  CborReader(Request).read(Wanted);
  std::shared_ptr<const Precompiled> Header = header(Wanted.Header);
  switch (Task::Kind(Wanted.What)) {
  case Task::Kind::Read:
    return read(Sources.at(Wanted.Members.at(0)), Header.get());
  case Task::Kind::Build:
    return buildPrecompiled(at(Wanted.Members), Wanted.Key, Folder,
                            Header.get(), at(Wanted.Others));
  case Task::Kind::Plan:
  case Task::Kind::Continue:
    break;
  }
  if (!Header)
    throw Failure("the precompiled header of system headers is gone");
  if (Task::Kind(Wanted.What) == Task::Kind::Plan)
    return plan(Wanted, *Header);
  return buildOwn(Sources.at(Wanted.Members.at(0)), Wanted.List, Header, Folder,
                  at(Wanted.Others));
}

Told takeTold(std::string_view &Answer) {
  Told Result;
  CborReader Reader(Answer);
  Reader.read(Result);
  Answer = Reader.remaining();
  return Result;
}

} // namespace perfidy
