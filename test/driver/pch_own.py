#!/usr/bin/env python3
"""pch_own.py PERFIDY FOLDER: headers of the project's own in precompiled headers change no fact."""
import filecmp
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

perfidy, folder = sys.argv[1], Path(sys.argv[2]).resolve()
store = folder / ".perfidy/store.db"

# So much that it is worth it.
PADDING = "".join(f"int padding{{0}}_{n}(int first, const char *second, double third);\n"
                  for n in range(200))
LOOP = """
inline void FUNCTION(std::vector<int> &a, const std::vector<int> &b) {
  for (int x : a)
    if (std::find(b.begin(), b.end(), x) != b.end())
      a[0] += x;
}
"""
SYSTEM = "#include <algorithm>\n#include <string>\n#include <vector>\n"


def header(name, text, guard="#pragma once\n"):
    (folder / f"src/{name}.h").write_text(guard + SYSTEM + PADDING.replace("{0}", name) + text)


def loop(name):
    return LOOP.replace("FUNCTION", name)


def unit(name, includes, text="", flags=""):
    """What begins the file, in order: "a.h", "#define X", a declaration."""
    lines = "".join(f'#include "{each}"\n' if re.fullmatch(r"\w+\.\w+", each) else f"{each}\n"
                    for each in includes)
    (folder / f"src/{name}.cpp").write_text(lines + SYSTEM + text + loop(f"in_{name}"))
    units[name] = flags


def write_database():
    (folder / "compile_commands.json").write_text(json.dumps(
        [{"directory": str(folder), "file": str(folder / f"src/{name}.cpp"),
          "command": f"c++ -std=c++17 {flags} -c src/{name}.cpp"} for name, flags in units.items()]))


def begin():
    global units
    units = {}
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("src", ".git"):
        (folder / name).mkdir(parents=True)


def scan(*options):
    result = subprocess.run([perfidy, "scan", "-p", str(folder), "--format=json", "--min-confidence=low",
                             "--profile-self", "--allow-errors", *options],
                            capture_output=True, text=True, check=True)
    return result.stdout, result.stderr


def extract(to, *options):
    shutil.rmtree(folder / to, ignore_errors=True)
    (folder / to).mkdir()
    subprocess.run([perfidy, "extract", "-p", str(folder), "--allow-errors", "-o", f"{folder / to}/", *options,
                    *(str(folder / f"src/{name}.cpp") for name in units)], capture_output=True, check=True)
    return folder / to


def show(what):
    """How many units were read with headers of the project's own; facts are as without."""
    report, profile = scan()
    assert '"findings": []' not in report
    with_own, without = extract("with"), extract("without", "--no-pch")
    names = sorted(path.name for path in without.iterdir())
    assert len(names) == len(units), names
    _, different, missing = filecmp.cmpfiles(with_own, without, names, shallow=False)
    if different or missing:
        sys.exit(f"{what}: other facts: {different} {missing}")
    tell(what, profile)
    return report + profile


def tell(what, profile):
    read = re.search(r"(\d+) units read", profile)[1]
    own = re.search(r"(\d+) with headers of the project's own", profile)
    print(f"{what}: {read} read, {own[1] if own else 0} with own headers")


# One header includes another that others include themselves; facts come from inline functions,
# templates and their instances, initialisers and classes.
begin()
header("base", loop("in_base") + """
template <class T> bool holds(const std::vector<T> &all, const T &one) {
  for (const T &each : all) if (each == one) return true;
  return false;
}
struct Base {
  virtual ~Base() = default;
  virtual void run(std::vector<int> &a, const std::vector<int> &b) = 0;
};
#endif
""", guard="#ifndef BASE_H\n#define BASE_H\n")
header("first", """
#include "base.h"
struct First : Base {
  std::vector<int> numbers;
  void run(std::vector<int> &a, const std::vector<int> &b) override {
    for (int x : a) if (holds(b, x)) numbers.push_back(x);
  }
};
static const std::vector<std::string> names = {std::string("a"), std::string("b")};
""")
header("second", """
#include "base.h"
template <class T> struct Second {
  std::vector<T> all;
  void add(const std::vector<T> &more) { for (const T &each : more) if (!holds(all, each)) all.push_back(each); }
};
namespace own { inline void add(Second<std::string> &to) { to.add({"c"}); } }
""")
# What is read anew wherever it is included.
(folder / "src/list.def").write_text("ITEM(one)\nITEM(two)\n")
header("third", """
#pragma pack(push, 1)
struct Packed { char a; int b; };
#pragma pack(pop)
#define ITEM(name) inline int value_##name() { return 1; }
#include "list.def"
#undef ITEM
""")
ALL = ("first.h", "second.h", "third.h")
INSTANCES = """
template <int N> struct Number { int value = N; bool operator==(const Number &) const { return true; } };
""" + "".join(f"inline bool has{n}(const std::vector<Number<{n}>> &in) {{ return holds(in, Number<{n}>()); }}\n"
              for n in range(6))
for n in range(5):
    unit(f"all{n}", ALL)
unit("order", ALL[::-1])
unit("instances", ALL, INSTANCES)
# Declares what another of the headers defines, and includes only one of them.
unit("few", ("base.h",), "struct First;\nFirst *made();\nint holds(int, int);\n")
unit("list", ALL, "#define ITEM(name) inline int name() { return 2; }\n#include \"list.def\"\n")
unit("list_first", ("#define ITEM(name) inline int name() { return 2; }", "list.def", "#undef ITEM") + ALL)
unit("inside", ("first.h", "second.h"), "namespace inner {\n#include \"third.h\"\n}\n")
unit("broken", ALL, "int x = nothing;\n")
write_database()
show("shared")

# One is changed: its users are read again, and their facts change.
time.sleep(2.5)
third = folder / "src/third.h"
third.write_text(third.read_text() + loop("added_to_third"))
assert "added_to_third" in show("a header is changed")
(folder / "src/all0.cpp").write_text((folder / "src/all0.cpp").read_text() + "int more;\n")
show("a source is changed")

# Two headers have a class of the same name; nobody includes both.
begin()
header("left", "struct Thing { std::vector<int> v; void f(const std::vector<int> &b) {"
               " for (int x : v) if (std::find(b.begin(), b.end(), x) != b.end()) v[0] += x; } };\n")
header("right", "struct Thing { std::string s; };\nvoid f(Thing);\n")
for n in range(5):
    unit(f"left{n}", ("left.h",), "void g(Thing &t) { t.f(t.v); }\n")
    unit(f"right{n}", ("right.h",), "void g(Thing &t) { t.s += 'x'; }\n")
write_database()
show("same name")

# Headers that ask for a macro: of the command, of the unit, of another header; that have no guard,
# or cannot be read alone.
begin()
header("asks", "#ifdef MODE\n" + loop("in_mode") + "#endif\n")
header("says", "#define MODE 1\n")
header("open", "int opened();\n", guard="")
header("wants", "#ifndef SAID\n#error says SAID first\n#endif\n" + loop("in_wants"))
for n in range(5):
    unit(f"plain{n}", ("asks.h", "open.h"))
    unit(f"given{n}", ("asks.h",), flags="-DMODE=2")
    unit(f"said{n}", ("#define SAID", "wants.h"))
unit("itself", ("#define MODE 3", "asks.h"))
unit("through", ("says.h", "asks.h"))
unit("looks", ("asks.h",), "#ifdef MODE\nint mode;\n#endif\n")
# Code that would see a better one before the unit includes that.
header("late", "void early(double);\nstruct Late : std::vector<int> {};\n")
for n in range(5):
    unit(f"late{n}", ("late.h",), "void call() { early(1.5); }\n")
unit("before", ("#include <vector>", "void early(int);", "inline void call() { early(1.5); }", "late.h"))
write_database()
show("macros")

# Of two in a row one comes too late, the other does not.
begin()
header("common", loop("in_common"))
header("late", "void early(double);\nstruct Late : std::vector<int> {};\n")
for n in range(5):
    unit(f"common{n}", ("common.h",))
    unit(f"late{n}", ("common.h", "late.h"), "void call() { early(1.5); }\n")
unit("before", ("common.h", "#include <vector>", "void early(int);", "inline void call() { early(1.5); }", "late.h"))
write_database()
assert "before.cpp (fewer headers precompiled: uses 'early' before it includes that)" in show("in part")

# The first of them is not generated yet.
begin()
header("base", loop("in_base"))
for name in ("absent", *(f"there{n}" for n in range(5))):
    unit(name, ("base.h",))
write_database()
(folder / "src/absent.cpp").unlink()
tell("not generated", scan()[1])
