#!/usr/bin/env python3
"""diff.py PERFIDY FOLDER: --diff and --staged in a real git repository."""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

PERFIDY, ROOT = sys.argv[1], Path(sys.argv[2]).resolve()
# Whatever the user has set up must not matter, so some of it is set up here.
os.environ.update(GIT_CONFIG_GLOBAL=str(ROOT / "gitconfig"), GIT_CONFIG_NOSYSTEM="1",
                  GIT_AUTHOR_NAME="t", GIT_AUTHOR_EMAIL="t@t", GIT_COMMITTER_NAME="t",
                  GIT_COMMITTER_EMAIL="t@t")
CONFIG = """\
[diff]
  noprefix = true
  context = 9
  interHunkContext = 9
  relative = true
  mnemonicPrefix = true
[color]
  ui = always
[init]
  defaultBranch = main
"""
FILES = {
    "src/db.h": """\
#pragma once
#include <string>
#include <vector>
struct sqlite3;
using Ids = std::vector<std::string>;
void load(sqlite3 *db, const std::string &id);
void note(sqlite3 *db, const std::string &id);
""",
    "src/db.cpp": """\
#include "db.h"
#include <sqlite3.h>
void load(sqlite3 *db, const std::string &id) {
  sqlite3_exec(db, ("SELECT name FROM users WHERE id = " + id).c_str(), nullptr, nullptr, nullptr);
}
void note(sqlite3 *db, const std::string &id) {
  (void)db;
  (void)id;
}
""",
    "src/tools.h": """\
#pragma once
#include "db.h"
inline bool wanted(sqlite3 *db, const std::string &id) {
  (void)db;
  return !id.empty();
}
""",
    "src/users.cpp": """\
#include "tools.h"
void oldLoop(sqlite3 *db, const Ids &ids) {
  for (const std::string &id : ids)
    load(db, id);
}
void one(sqlite3 *db, const Ids &ids) {
  load(db, ids.front());
}
void noteAll(sqlite3 *db, const Ids &ids) {
  for (const std::string &id : ids)
    note(db, id);
}
int count(sqlite3 *db, const Ids &ids) {
  int number = 0;
  for (const std::string &id : ids)
    number += wanted(db, id);
  return number;
}
""",
    "src/third.cpp": "#include \"db.h\"\nint third() { return 3; }\n",
}


def run(*command, **how):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **how)


def git(*command):
    result = run("git", *command)
    assert result.returncode == 0, result.stderr
    return result.stdout


def write(name, text):
    path = ROOT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def edit(name, old, new):
    text = (ROOT / name).read_text()
    assert old in text, (name, old)
    write(name, text.replace(old, new))


def database():
    write("compile_commands.json", json.dumps(
        [{"directory": str(ROOT), "file": str(path), "arguments": ["c++", "-c", str(path)]}
         for path in sorted((ROOT / "src").rglob("*.cpp"))]))


def scan(*options):
    return run(PERFIDY, "scan", "-p", str(ROOT), "--format=json", *options)


def found(*options, says=""):
    """{function: line} of the findings that are shown."""
    result = scan(*options)
    assert result.returncode == 0, result.stderr
    assert says in result.stderr, result.stderr
    if not says:
        assert not result.stderr, result.stderr
    return {f["function"]: f["line"] for f in json.loads(result.stdout)["findings"]}


def expect(what, wanted, *options, **how):
    """As often as wanted: with the facts of before in the store, and with those of now."""
    for again in ("", ", again"):
        result = found(*options, **how)
        assert result == wanted, f"{what}{again}: {result}, not {wanted}"
    print(what)


def back():
    git("reset", "-q", "--hard")
    git("clean", "-qfd")
    database()


def fails(what, wanted, *options, **how):
    result = run(PERFIDY, "scan", *options, **how)
    assert result.returncode == 2 and wanted in result.stderr, (what, result.stderr)
    print(what)


shutil.rmtree(ROOT, ignore_errors=True)
write("gitconfig", CONFIG)
for file, content in FILES.items():
    write(file, content)
write(".gitignore", "compile_commands.json\ngitconfig\n")
database()
git("init", "-q")
git("add", ".")
git("commit", "-qm", "first")

# No store: only what is concerned is read, and that is said.
COLD = "perfidy: no scan is kept"
edit("src/users.cpp", "  load(db, ids.front());", "  for (auto &id : ids)\n    load(db, id);")
expect("cold: the query stands elsewhere", {}, "--diff", "HEAD", says=COLD)
expect("cold, all", {"oldLoop": 4, "one": 8}, "--no-store")
back()

found()  # warm
expect("no change", {}, "--diff", "HEAD")
edit("src/users.cpp", "  load(db, ids.front());", "  for (auto &id : ids)\n    load(db, id);")
expect("a new loop around an old query", {"one": 8}, "--diff", "HEAD")
expect("nothing is staged", {}, "--staged")
git("add", ".")
expect("staged", {"one": 8}, "--staged")
write("src/users.cpp", FILES["src/users.cpp"])
expect("staged, and gone from the work tree", {"one": 8}, "--staged")
expect("gone from the work tree", {}, "--diff", "HEAD")
quoted = run(PERFIDY, "scan", "-p", str(ROOT), "--staged").stdout
assert "     | load(db, id);" in quoted, quoted
back()

edit("src/users.cpp", "void one", "\n\n\nvoid one")
git("add", ".")
edit("src/users.cpp", "  load(db, ids.front());", "  for (auto &id : ids)\n    load(db, id);")
expect("not staged", {}, "--staged")
expect("in the work tree", {"one": 11}, "--diff", "HEAD")
back()

edit("src/db.cpp", "  (void)db;\n", "  load(db, id);\n")
expect("a query added to an old helper", {"noteAll": 11}, "--diff", "HEAD")
back()
edit("src/tools.h", "  (void)db;\n", "  load(db, id);\n")
expect("a header alone", {"count": 16}, "--diff", "HEAD")
git("add", ".")
write("src/tools.h", FILES["src/tools.h"])
expect("a header alone, staged", {"count": 16}, "--staged")
back()

# What is new without a line of its own: the line that kept it silent is gone.
write("src/once.cpp", FILES["src/users.cpp"].replace("(sqlite3", "Once(sqlite3").replace(
    "void oldLoopOnce(sqlite3 *db, const Ids &ids) {",
    "void oldLoopOnce(sqlite3 *db, const Ids &all) {\n  Ids ids = {all.front()};\n\n"))
git("add", ".")
git("commit", "-qm", "once")
database()
found()
edit("src/once.cpp", "const Ids &all) {\n  Ids ids = {all.front()};\n\n", "const Ids &ids) {\n\n")
assert found("--diff", "HEAD").keys() == {"oldLoopOnce"}
back()

# Names that git quotes, moves, files git does not know.
git("mv", "src/users.cpp", 'src/my "users" \u00fc.cpp')
database()
expect("a file moves", {}, "--diff", "HEAD")
edit('src/my "users" \u00fc.cpp', "  load(db, ids.front());", "  for (auto &id : ids)\n    load(db, id);")
expect("a file moves and changes", {"one": 8}, "--diff", "HEAD")
git("add", ".")
expect("a file moves and changes, staged", {"one": 8}, "--staged")
back()
write("src/new file.cpp", FILES["src/users.cpp"].replace("(sqlite3", "New(sqlite3"))
database()
expect("a file git does not know", {"oldLoopNew": 4}, "--diff", "HEAD")
expect("it is not staged", {}, "--staged")
back()
os.unlink(ROOT / "src/third.cpp")
database()
expect("a file goes", {}, "--diff", "HEAD")
back()

# Revisions.
git("checkout", "-qb", "work")
edit("src/users.cpp", "  load(db, ids.front());", "  for (auto &id : ids)\n    load(db, id);")
git("commit", "-qam", "loop")
git("checkout", "-q", "main")
edit("src/third.cpp", "3", "4")
git("commit", "-qam", "third")
git("checkout", "-q", "work")
expect("the branch alone", {"one": 8}, "--diff", "main...HEAD")
expect("since the commit", {"one": 8}, "--diff", "HEAD~1")
expect("nothing since HEAD", {}, "--diff", "HEAD")
HERE = ("-p", str(ROOT))
fails("not what is checked out", "'main' is not what is checked out", *HERE, "--diff", "work...main")
fails("no such revision", "there is no revision 'nowhere'", *HERE, "--diff", "nowhere")
fails("no option", "there is no revision '--all'", *HERE, "--diff=--all")
fails("no git", "there is no `git` in PATH", *HERE, "--diff", "HEAD", env={"PATH": "/nowhere"})
fails("both", "--diff excludes --staged", *HERE, "--diff", "HEAD", "--staged")
shutil.rmtree(ROOT / ".git")
(ROOT / ".git").mkdir()
fails("no repository", "--diff needs a git repository around", *HERE, "--diff", "HEAD",
      env={**os.environ, "GIT_CEILING_DIRECTORIES": str(ROOT.parent)})

# Before the first commit all is new.
git("init", "-q")
git("add", ".")
assert found("--staged").keys() == {"oldLoop", "one"}
print("done")
