#!/usr/bin/env python3
"""precommit.py PERFIDY SOURCE FOLDER: the hooks under the real pre-commit, in a git repository."""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

perfidy, source, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
shutil.rmtree(folder, ignore_errors=True)
home, hooks, repo = folder / "home", folder / "hooks", folder / "repo"
home.mkdir(parents=True)
environment = {**os.environ, "HOME": str(home), "PRE_COMMIT_HOME": str(home / "pre-commit"),
               "XDG_CACHE_HOME": str(home), "PERFIDY": perfidy, "GIT_CONFIG_NOSYSTEM": "1",
               "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c",
               "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.c", "LC_ALL": "C.UTF-8"}


def run(*command, cwd=repo, **changes):
    return subprocess.run(command, cwd=cwd, env={**environment, **changes}, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


def must(*command, cwd=repo):
    result = run(*command, cwd=cwd)
    if result.returncode != 0:
        sys.exit(f"{command}: {result.stdout}")


def commit(what, **changes):
    """Commits what is staged; prints what became of it and what was said."""
    result = run("git", "commit", "-m", what, **changes)
    print(f"--- {what}: {'refused' if result.returncode else 'done'}")
    print(result.stdout.replace(str(repo) + "/", ""))


def write(name, text):
    (repo / name).parent.mkdir(parents=True, exist_ok=True)
    (repo / name).write_text(text)
    must("git", "add", name)


# The hooks as a repository, as others would take them from a host.
(hooks / "scripts").mkdir(parents=True)
shutil.copy(source / ".pre-commit-hooks.yaml", hooks)
shutil.copytree(source / "scripts/pre-commit", hooks / "scripts/pre-commit")
for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "hooks"), ("tag", "v1.0.0")):
    must("git", *command, cwd=hooks)

repo.mkdir()
must("git", "init", "-q")


def configure(hook, *args):
    given = f"\n        args: {json.dumps(args)}" if args else ""
    write(".pre-commit-config.yaml", f"""repos:
  - repo: {hooks}
    rev: v1.0.0
    hooks:
      - id: {hook}{given}
""")


configure("perfidy")
must("pre-commit", "install")

LOAD = """#include "db.h"
#include <sqlite3.h>
#include <string>
void load(sqlite3 *db, int id) {
  sqlite3_exec(db, ("SELECT name FROM users WHERE id = " + std::to_string(id)).c_str(), nullptr, nullptr, nullptr);
}
"""
LOOP = """#include "db.h"
#include <vector>
void all(sqlite3 *db, const std::vector<int> &ids) {
  for (int id : ids)
    load(db, id);
}
"""
ONCE = LOOP.replace("for (int id : ids)", "if (int id = int(ids.size()))")
write(".gitignore", "build/\n")
write("src/db.h", "#pragma once\nstruct sqlite3;\nvoid load(sqlite3 *db, int id);\n")
write("src/db.cpp", LOAD)
commit("no compile database")

build = repo / "build"
build.mkdir()
(build / "compile_commands.json").write_text(json.dumps(
    [{"directory": str(build), "file": f"../src/{name}.cpp", "command": f"c++ -c ../src/{name}.cpp"}
     for name in ("db", "users")]))
write("src/users.cpp", ONCE)
commit("clean")

write("src/users.cpp", LOOP)
commit("a query in a loop")

# What is not staged does not count, neither for nor against.
write("src/users.cpp", ONCE + "// staged\n")
(repo / "src/users.cpp").write_text(LOOP)
commit("the loop is not staged")
write("src/users.cpp", LOOP)
(repo / "src/users.cpp").write_text(ONCE)
commit("the loop is staged, its repair is not")
must("git", "checkout", "-q", "HEAD", "--", "src/users.cpp")

# A header is read by way of those who include it.
write("src/db.h", """#pragma once
#include <vector>
struct sqlite3;
void load(sqlite3 *db, int id);
inline void each(sqlite3 *db, const std::vector<int> &ids) {
  for (int id : ids)
    load(db, id);
}
""")
commit("a loop in a header")
must("git", "checkout", "-q", "HEAD", "--", "src/db.h")

# A query that an old helper gains counts for the loop that calls it.
write("src/db.cpp", '#include "db.h"\nvoid load(sqlite3 *, int) {}\n')
commit("a helper without its query")
write("src/users.cpp", LOOP)
commit("a loop around it")
write("src/db.cpp", LOAD)
commit("the query comes back into the helper")
must("git", "checkout", "-q", "HEAD", "--", "src/db.cpp")

# Files that are no C++, and C++ that the build does not know yet.
write("notes.txt", "nothing\n")
commit("no code")
write("src/new.cpp", LOOP)
commit("not in the compile database")

# Options: what fails, what is shown.
configure("perfidy", "--fail-on=1", "--min-confidence", "high")
write("src/db.cpp", LOAD)
commit("only level 1 is refused")
configure("perfidy")
commit("all levels are")

# What was there before is not the commit's, be it in a file that it touches ...
write("src/users.cpp", LOOP + "void more() {}\n")
commit("beside an old finding")
# ... or on the path of one; what is committed by name or with -a is in an index of its own.
write("src/db.cpp", "// loads\n" + LOAD)
must("git", "reset", "-q")
result = run("git", "commit", "-m", "-", "src/db.cpp")
print(f"--- by name, before an old query: {result.returncode}\n{result.stdout}")
(repo / "src/users.cpp").write_text(LOOP.replace("load(db, id)", "load(db, id + 1)"))
result = run("git", "commit", "-a", "-m", "-")
print(f"--- with -a, the call in the loop: {result.returncode}\n{result.stdout}")
must("git", "checkout", "-q", "HEAD", "--", ".")

# Over everything, and over commits, as CI does; by file, for those who want that.
result = run("pre-commit", "run", "--all-files")
print(f"--- all files: {result.returncode}\n{result.stdout}")
for first, what in (("HEAD~1", "the last commit"), ("HEAD~8", "the last commits")):
    result = run("pre-commit", "run", "--from-ref", first, "--to-ref", "HEAD")
    print(f"--- {what}: {result.returncode}\n{result.stdout}")
configure("perfidy", "--fail-on=5", "--touching")
write("src/users.cpp", LOOP + "void more() {}\nvoid most() {}\n")
commit("by file, beside an old finding")
configure("perfidy", "--fail-on=5", "--diff=HEAD")
commit("with --diff, beside an old finding")

# What pre-commit leaves out is no part of the commit.
write(".pre-commit-config.yaml", (repo / ".pre-commit-config.yaml").read_text()
      .replace("args", "exclude: users\n        args").replace("--diff=HEAD", "--no-pch"))
write("src/users.cpp", LOOP.replace("load(db, id)", "load(db, id + 2)"))
write("src/db.cpp", "// loads more\n" + LOAD)
commit("the loop is in a file that is left out")

configure("perfidy-clang-tidy")
write("src/users.cpp", LOOP.replace("load(db, id)", "sqlite3_exec(db, \"SELECT 1\", nullptr, nullptr, nullptr)")
      .replace('"db.h"', "<sqlite3.h>"))
commit("clang-tidy sees the loop")
write("src/users.cpp", ONCE)
commit("clang-tidy sees no loop")

write("src/users.cpp", ONCE + "//\n")
commit("no perfidy", PERFIDY="/nowhere/perfidy", PATH="/usr/bin:/bin")
