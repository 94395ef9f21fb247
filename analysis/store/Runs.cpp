//===- Runs.cpp - what scans have found -----------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/store/FindingFields.h"
#include "analysis/store/Rows.h"
#include "analysis/store/Store.h"

namespace perfidy {

std::optional<std::vector<Finding>> FactStore::verdict(const Digest &Key) {
  Statement One =
      Data.prepare("SELECT findings, sum FROM verdict WHERE key = ?");
  if (!One.bindBlob(1, Key.octets()).step())
    return std::nullopt;
  if (One.blob(1) != sumOf({Key.octets(), One.blob(0)}).octets())
    failDamaged(file(), "findings are not what was written");
  Verdict Kept;
  unpacked(One.blob(0), Kept, file());
  return std::move(Kept.Findings);
}

void FactStore::saveVerdict(const Digest &Key,
                            const std::vector<Finding> &Findings) {
  std::string Blob = packed(Verdict{Findings});
  Digest Sum = sumOf({Key.octets(), Blob});
  Transaction Write(Data, Database::Access::Write);
  Data.prepare("INSERT OR REPLACE INTO verdict(key, findings, sum) "
               "VALUES(?, ?, ?)")
      .bindBlob(1, Key.octets())
      .bindBlob(2, Blob)
      .bindBlob(3, Sum.octets())
      .run();
  Write.commit();
}

void FactStore::record(const PastRun &Run) {
  Transaction Write(Data, Database::Access::Write);
  Data.prepare("INSERT INTO run(started, database, verdict, units, read, "
               "failed) VALUES(?, ?, ?, ?, ?, ?)")
      .bind(1, Run.Started)
      .bindText(2, Run.Database)
      .bindBlob(3, Run.Verdict.octets())
      .bind(4, static_cast<int64_t>(Run.Units))
      .bind(5, static_cast<int64_t>(Run.Read))
      .bind(6, static_cast<int64_t>(Run.Failed))
      .run();
  Data.run("DELETE FROM run WHERE id <= (SELECT max(id) FROM run) - 100");
  Write.commit();
}

std::vector<PastRun> FactStore::runs() {
  std::vector<PastRun> Result;
  Statement All = Data.prepare("SELECT id, started, database, verdict, units, "
                               "read, failed FROM run ORDER BY id DESC");
  while (All.step())
    Result.push_back({All.number(0), All.number(1), std::string(All.text(2)),
                      digestColumn(All, 3, file()), uint64_t(All.number(4)),
                      uint64_t(All.number(5)), uint64_t(All.number(6))});
  return Result;
}

} // namespace perfidy
