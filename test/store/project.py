"""A small program in a folder, and perfidy over it: what the tests of the store share."""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

FILES = {
    "src/db.h": """\
#pragma once
#include <string>
struct sqlite3;
struct Storage { virtual ~Storage(); virtual void put(int id); };
void load(sqlite3 *db, int id);
void prepareOnce(sqlite3 *db);
""",
    "src/db.cpp": """\
#include "db.h"
#include <sqlite3.h>
void load(sqlite3 *db, int id) {
  const std::string sql = "SELECT name FROM users WHERE id = " + std::to_string(id);
  sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
}
Storage::~Storage() {}
void Storage::put(int) {}
""",
    "src/users.h": """\
#pragma once
#include "db.h"
#include <vector>
void loadAll(sqlite3 *db, const std::vector<int> &ids);
void storeAll(Storage &storage, const std::vector<int> &ids);
""",
    "src/users.cpp": """\
#include "users.h"
void loadAll(sqlite3 *db, const std::vector<int> &ids) {
  for (int id : ids)
    load(db, id);
}
void storeAll(Storage &storage, const std::vector<int> &ids) {
  for (int id : ids)
    storage.put(id);
}
""",
    "src/disk.cpp": """\
#include "db.h"
#include <sqlite3.h>
struct DiskStorage : Storage {
  sqlite3 *db = nullptr;
  void put(int id) override;
};
void DiskStorage::put(int id) {
  const std::string sql = "INSERT INTO users VALUES (" + std::to_string(id) + ")";
  sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
}
""",
    "src/main.cpp": """\
#include "users.h"
int main(int argc, char **) {
  std::vector<int> ids(argc);
  loadAll(nullptr, ids);
  return 0;
}
""",
}


class Project:
    """perfidy: the command. More translation units than FILES has are made of users.cpp."""

    def __init__(self, perfidy, folder, more=0):
        self.perfidy = perfidy
        self.folder = Path(folder).resolve()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.flags = "-std=c++17"
        self.units = []
        # The folder is its own repository, so that the store lies in it.
        (self.folder / ".git").mkdir(parents=True)
        # Where headers are looked for first; that they appear would be a change.
        (self.folder / "first").mkdir()
        (self.folder / "second").mkdir()
        for name, text in FILES.items():
            self.write(name, text)
        for number in range(more):
            self.write(f"src/more{number}.cpp",
                       FILES["src/users.cpp"].replace("loadAll", f"loadAll{number}")
                       .replace("storeAll", f"storeAll{number}"))
        self.database()

    @property
    def store(self):
        return self.folder / ".perfidy/store.db"

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def database(self, without=()):
        entries = [{"directory": str(self.folder), "file": str(path.relative_to(self.folder)),
                    "command": f"c++ {self.flags} -I first -I second -c {path}"}
                   for path in sorted((self.folder / "src").glob("*.cpp"))
                   if path.name not in without]
        self.units = [entry["file"] for entry in entries]
        self.write("compile_commands.json", json.dumps(entries))

    def command(self, *options):
        return [self.perfidy, "scan", "-p", str(self.folder), "--format=json",
                "--min-confidence=low", *options]

    def run(self, *options, **how):
        return subprocess.run(self.command(*options), capture_output=True, text=True,
                              check=False, **how)

    def scan(self, *options):
        """(report, stderr); demands success, or 3 if a file has errors."""
        result = self.run(*options)
        if result.returncode not in (0, 3) or (
                result.returncode != 3 * bool(json.loads(result.stdout)["failed"])):
            sys.exit(f"scan {options} failed:\n{result.stdout}{result.stderr}")
        return result.stdout, result.stderr

    def last_run(self):
        """How many units the last scan had and how many of them it read."""
        with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as store:
            return store.execute("SELECT units, read FROM run ORDER BY id DESC").fetchone()

    def expect(self, what, read, *options):
        """A scan with the store reads so many units and says what one without says."""
        report, errors = self.scan(*options)
        clean, _ = self.scan("--no-store", *options)
        if errors:
            sys.exit(f"{what}: said\n{errors}")
        if report != clean:
            sys.exit(f"{what}: the store changes the report:\n{report}\nis not\n{clean}")
        if self.last_run()[1] != read:
            sys.exit(f"{what}: {self.last_run()[1]} units were read, not {read}")
        print(f"{what}: {read} read, {len(json.loads(report)['findings'])} findings")
        return json.loads(report)


def lines(report):
    return sorted((os.path.basename(f["file"]), f["line"], f["check"])
                  for f in (json.loads(report) if isinstance(report, str) else report)["findings"])
