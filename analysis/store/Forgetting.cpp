//===- Forgetting.cpp - what a store need not keep any longer -------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/store/Rows.h"
#include "analysis/store/Store.h"
#include <algorithm>
#include <filesystem>
#include <unordered_map>
#include <unordered_set>

namespace fs = std::filesystem;

namespace perfidy {

/// Deletes the rows of \p Table whose \p Column is not in \p Used.
static void keepOnly(Database &Data, const char *Table, const char *Column,
                     const std::vector<int64_t> &Used) {
  // Both in ascending order: one walk.
  std::vector<int64_t> Gone;
  Statement All = Data.prepare(std::string("SELECT ") + Column + " FROM " +
                               Table + " ORDER BY " + Column);
  auto Next = Used.begin();
  while (All.step()) {
    int64_t Id = All.number(0);
    while (Next != Used.end() && *Next < Id)
      ++Next;
    if (Next == Used.end() || *Next != Id)
      Gone.push_back(Id);
  }
  Statement Delete = Data.prepare(std::string("DELETE FROM ") + Table +
                                  " WHERE " + Column + " = ?");
  for (int64_t Id : Gone)
    Delete.bind(1, Id).run();
}

static void sortUnique(std::vector<int64_t> &Numbers) {
  std::sort(Numbers.begin(), Numbers.end());
  Numbers.erase(std::unique(Numbers.begin(), Numbers.end()), Numbers.end());
}

void FactStore::touch(const std::vector<int64_t> &Units) {
  Transaction Write(Data, Database::Access::Write);
  int64_t Run = currentRun();
  // Most have no other beside them: nothing is written for those.
  Statement Mark = Data.prepare(
      "UPDATE unit SET used = ?1 WHERE id = ?2 AND EXISTS(SELECT 1 FROM unit "
      "AS other WHERE other.path = unit.path AND other.id <> unit.id AND "
      "(other.used, other.id) > (unit.used, unit.id))");
  for (int64_t Unit : Units)
    Mark.bind(1, Run).bind(2, Unit).run();
  Write.commit();
}

/// Units of the same sources as \p Kept that are worth keeping beside them.
static std::vector<int64_t> usedBefore(Database &Data,
                                       const std::vector<int64_t> &Kept,
                                       const Digest &Tool) {
  // As they are and were before a change, with and without clang-tidy's checks.
  constexpr size_t Most = 4;
  std::unordered_map<std::string, size_t> Room;
  std::unordered_set<int64_t> Known(Kept.begin(), Kept.end());
  struct Other {
    int64_t Id;
    std::string Path;
  };
  std::vector<Other> Others;
  Statement All = Data.prepare(
      "SELECT id, path, tool FROM unit ORDER BY used DESC, id DESC");
  while (All.step()) {
    int64_t Id = All.number(0);
    if (Known.count(Id))
      Room.emplace(All.text(1), Most).first->second -= 1;
    else if (All.blob(2) == Tool.octets())
      Others.push_back({Id, std::string(All.text(1))});
  }
  std::vector<int64_t> Result;
  for (const Other &Each : Others)
    if (auto Left = Room.find(Each.Path); Left != Room.end() && Left->second) {
      --Left->second;
      Result.push_back(Each.Id);
    }
  return Result;
}

void FactStore::prune(const std::vector<int64_t> &Kept, const Digest &Tool) {
  touch(Kept);
  Transaction Write(Data, Database::Access::Write);
  std::vector<int64_t> Units = usedBefore(Data, Kept, Tool), Files, Functions;
  Units.insert(Units.end(), Kept.begin(), Kept.end());
  // Programs of compile databases that are gone are no programs.
  Statement Programs = Data.prepare("SELECT id, database, units FROM program");
  std::vector<int64_t> Left;
  while (Programs.step()) {
    std::error_code Error;
    if (!fs::exists(std::string(Programs.text(1)), Error) && !Error)
      continue;
    Left.push_back(Programs.number(0));
    for (int64_t Unit : unpackNumbers(Programs.blob(2), file()))
      Units.push_back(Unit);
  }
  sortUnique(Left);
  for (const char *Table : {"member", "entity", "wanted", "overridden",
                            "method", "changing", "handling"}) {
    std::string List;
    for (int64_t Id : Left)
      List += (List.empty() ? "" : ",") + std::to_string(Id);
    Data.run((std::string("DELETE FROM ") + Table + " WHERE program NOT IN (" +
              List + ")")
                 .c_str());
  }
  keepOnly(Data, "program", "id", Left);
  sortUnique(Units);
  keepOnly(Data, "unit", "id", Units);

  Statement All = Data.prepare("SELECT reads, functions FROM unit");
  while (All.step()) {
    for (int64_t Id : unpackNumbers(All.blob(0), file()))
      Files.push_back(Id);
    for (int64_t Id : unpackNumbers(All.blob(1), file()))
      Functions.push_back(Id);
    // Headers are read by many: keep the lists from growing with that.
    if (Files.size() > 4'000'000)
      sortUnique(Files);
    if (Functions.size() > 4'000'000)
      sortUnique(Functions);
  }
  // Entities of a program hold functions until the program is linked again.
  Statement Entities = Data.prepare("SELECT DISTINCT function FROM entity");
  while (Entities.step())
    Functions.push_back(Entities.number(0));
  sortUnique(Files);
  sortUnique(Functions);
  keepOnly(Data, "file", "id", Files);
  keepOnly(Data, "function", "id", Functions);
  keepOnly(Data, "content", "function", Functions);
  Data.run("DELETE FROM verdict WHERE key NOT IN (SELECT verdict FROM run)");
  Write.commit();
  FileIds.clear();
  FunctionIds.clear();
}

} // namespace perfidy
