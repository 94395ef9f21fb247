#!/usr/bin/env python3
"""tidy.py PERFIDY FOLDER CLANG-TIDY...: clang-tidy (a command with the module loaded) on one file
sees what a scan has left of the others, and never believes it about the file itself."""
import json
import re
import subprocess
import sys

from project import FILES, Project

project = Project(sys.argv[1], sys.argv[2])
LINE = re.compile(r"^(/[^:]+):(\d+):(\d+): (warning|note): (.*?)(?: \[perfidy-([\w-]+)\])?$")
tidy = sys.argv[3:]


def by_tidy(file, store="", errors=0):
    options = "{CheckOptions: {perfidy.Store: '%s'%s}}" % (store, "".join(
        f", perfidy-{check}.MinConfidence: low" for check in
        ("query-in-loop", "quadratic-loop", "connection-per-call")))
    result = subprocess.run([*tidy, "--quiet", "--checks=-*,perfidy-*", f"--config={options}",
                             "-p", str(project.folder), str(project.folder / file)],
                            capture_output=True, text=True, check=False)
    if (result.returncode != 0) != bool(errors):
        sys.exit(f"clang-tidy: {result.stdout}{result.stderr}")
    found = []
    for line in result.stdout.splitlines():
        match = LINE.match(line)
        if match and match[4] == "warning":
            found.append((match[1], int(match[2]), int(match[3]), match[6], match[5], []))
        elif match:
            found[-1][-1].append((match[1], int(match[2]), int(match[3]), match[5]))
    for finding in found:
        finding[-1].pop()  # the suggestion, which the JSON report has not
    return sorted(found), result.stdout


def by_scan(file):
    report, _ = project.scan("--no-store")
    return sorted((f["file"], f["line"], f["column"], f["check"], f["message"],
                   [(s["file"], s["line"], s["column"], s["message"]) for s in f["path"]])
                  for f in json.loads(report)["findings"]
                  if f["file"] == str(project.folder / file))


def same(what, file):
    """clang-tidy with the store says of the file what a scan of the files as they are says."""
    tidy_says, text = by_tidy(file)
    scan_says = by_scan(file)
    if tidy_says != scan_says:
        sys.exit(f"{what}: clang-tidy says\n{tidy_says}\nand the scan\n{scan_says}\n{text}")
    print(f"{what}: {len(tidy_says)} findings")


def edit(file, text):
    project.write(f"src/{file}", text)


project.scan()
for name in FILES:
    if name.endswith(".cpp"):
        same(f"unchanged {name}", name)
assert len(by_tidy("src/users.cpp")[0]) == 2
assert by_tidy("src/users.cpp", "none")[0] == []

USERS = FILES["src/users.cpp"]
# The file has changed since the scan: new lines, a new function, one that has gone.
edit("users.cpp", "\n\n\n" + USERS)
same("moved", "src/users.cpp")
edit("users.cpp", USERS + """
void again(sqlite3 *db, const std::vector<int> &ids) {
  for (int id : ids)
    loadAll(db, {id});
}
""")
same("a new function", "src/users.cpp")
edit("users.cpp", USERS.replace("    load(db, id);", "    (void)id, (void)db;"))
same("no query any more", "src/users.cpp")
edit("users.cpp", USERS)

# Another file's function calls one of this file, which no longer queries.
project.write("src/way.h", "#pragma once\n#include \"db.h\"\nvoid there(sqlite3 *, int);\n"
              "void back(sqlite3 *, int);\n")
edit("way.cpp", '#include "way.h"\nvoid there(sqlite3 *db, int id) { back(db, id); }\n')
BACK = """\
#include "way.h"
#include <sqlite3.h>
#include <vector>
void back(sqlite3 *db, int id) { load(db, id); }
void all(sqlite3 *db, const std::vector<int> &ids) {
  for (int id : ids)
    there(db, id);
}
"""
edit("back.cpp", BACK)
project.database()
project.scan()
same("there and back", "src/back.cpp")
assert len(by_tidy("src/back.cpp")[0]) == 1
edit("back.cpp", BACK.replace("load(db, id);", ""))
same("back has changed", "src/back.cpp")
assert by_tidy("src/back.cpp")[0] == []
edit("back.cpp", BACK.replace("load(db, id);", "prepareOnce(db); for (int i = 0; i < id; ++i) "
                              "load(db, i);"))
same("back loops", "src/back.cpp")
edit("back.cpp", BACK.replace("void back(sqlite3 *db, int id) { load(db, id); }\n", ""))
same("back has gone", "src/back.cpp")
edit("back.cpp", BACK.replace("void back", "void back(sqlite3 *db, int id, int);\nstatic int more"
                              "(sqlite3 *db, int id) { load(db, id); return id; }\nvoid back"))
same("back beside others", "src/back.cpp")
edit("back.cpp", BACK)

# Only called at start-up, as far as another file is concerned; and then no more.
project.write("src/start.h", '#pragma once\n#include "users.h"\nvoid begin(sqlite3 *, '
              "const std::vector<int> &);\nvoid middle(sqlite3 *, const std::vector<int> &);\n")
edit("start.cpp", '#include "start.h"\nvoid begin(sqlite3 *db, const std::vector<int> &ids) '
     "{ middle(db, ids); }\n")
MAIN = """\
#include "start.h"
void middle(sqlite3 *db, const std::vector<int> &ids) {
  for (int id : ids)
    load(db, id);
}
int main(int argc, char **) {
  std::vector<int> ids(argc);
  begin(nullptr, ids);
  return 0;
}
"""
edit("main.cpp", MAIN)
project.database()
project.scan()
same("at start-up", "src/main.cpp")
edit("main.cpp", MAIN.replace("  begin(nullptr, ids);", "  while (argc++ < 99)\n"
                              "    begin(nullptr, ids);"))
same("no longer at start-up", "src/main.cpp")
edit("main.cpp", MAIN.replace("int main(int argc, char **) {", "int run(int argc, char **) {"))
same("no main", "src/main.cpp")
edit("main.cpp", MAIN)

# An overrider in the file at hand, that no scan has seen.
edit("users.cpp", USERS + """
#include <sqlite3.h>
struct Remote : Storage {
  sqlite3 *db = nullptr;
  void put(int id) override { load(db, id); }
};
void force(Remote &remote) { remote.put(1); }
""")
same("a new overrider", "src/users.cpp")
edit("users.cpp", USERS)

# A listener that a destructor in another file takes off, or does not.
project.write("src/bus.h", """\
#pragma once
#include <algorithm>
#include <vector>
struct Listener { virtual ~Listener() = default; virtual void changed() = 0; };
class Bus {
public:
  void addListener(Listener *listener);
  void removeListener(Listener *listener);
private:
  std::vector<Listener *> listeners_;
};
class Panel : public Listener {
public:
  explicit Panel(Bus &bus);
  ~Panel() override;
  void changed() override;
private:
  Bus &bus_;
};
""")
edit("bus.cpp", """\
#include "bus.h"
void Bus::addListener(Listener *listener) { listeners_.push_back(listener); }
void Bus::removeListener(Listener *listener) {
  listeners_.erase(std::remove(listeners_.begin(), listeners_.end(), listener), listeners_.end());
}
""")
edit("panel.cpp", """\
#include "bus.h"
Panel::Panel(Bus &bus) : bus_(bus) { bus_.addListener(this); }
void Panel::changed() {}
""")
END = '#include "bus.h"\nPanel::~Panel() { bus_.removeListener(this); }\n'
edit("end.cpp", END)
project.database()
project.scan()
same("taken off elsewhere", "src/panel.cpp")
assert by_tidy("src/panel.cpp")[0] == []
edit("end.cpp", END.replace("bus_.removeListener(this);", ""))
project.scan()
same("not taken off", "src/panel.cpp")
assert len(by_tidy("src/panel.cpp")[0]) == 1
# The destructor comes into the file at hand, and with it the end of the matter.
edit("end.cpp", END)
project.scan()
edit("end.cpp", END.replace("bus_.removeListener(this);", ""))
same("an end that forgets", "src/end.cpp")
edit("end.cpp", END)

# A file that no scan has seen, in the folder of the program.
edit("new.cpp", USERS.replace("loadAll", "loadMore").replace("storeAll", "storeMore"))
assert len(by_tidy("src/new.cpp")[0]) == 2

# Stores that cannot be used: said, and the file is judged alone.
_, text = by_tidy("src/users.cpp", project.folder / "none.db", errors=1)
assert "error: option 'perfidy.Store': " in text and "none.db: no such file" in text, text
project.write("text.db", "Dear diary, ...\n" * 999)
_, text = by_tidy("src/users.cpp", project.folder / "text.db", errors=1)
assert "text.db: is no store of perfidy, nor any SQLite database; the file is judged alone" \
    in text, text
whole = project.store.read_bytes()
for path in project.store.parent.glob("store.db?*"):
    path.unlink()
project.store.write_bytes(whole[:len(whole) // 2])
_, text = by_tidy("src/users.cpp")
assert "warning: " in text and "store.db: the store is damaged" in text, text
project.store.write_bytes(whole)
same("the store is back", "src/users.cpp")

# While a scan writes.
project.write("src/db.h", FILES["src/db.h"] + "// more\n")
scanning = subprocess.Popen(project.command("-j1"), stdout=subprocess.DEVNULL)
while scanning.poll() is None:
    found, text = by_tidy("src/users.cpp")
    assert len(found) == 2 and "perfidy.Store" not in text, text
same("after a scan", "src/users.cpp")
print("done")
