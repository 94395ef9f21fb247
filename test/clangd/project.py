#!/usr/bin/env python3
"""project.py PERFIDY-CLANGD FOLDER PERFIDY: findings that need other files, from the store of a scan,
whatever happens to the store meanwhile."""
import os
import random
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "store"))
from lsp import Server  # noqa: E402
from project import FILES, Project  # noqa: E402

clangd, folder, perfidy = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
project = Project(perfidy, folder)
folder = project.folder
users, text = folder / "src/users.cpp", FILES["src/users.cpp"]
server = Server([clangd, "--background-index=false"], folder)
server.open(users)
edits = 0


def edit(content=text):
    """Each edit is new to the server, so that it reads the file again."""
    global edits
    edits += 1
    server.change(users, content + f"// edit {edits}\n")


def expect(what, lines):
    found = sorted(each["range"]["start"]["line"] + 1 for each in server.findings(users))
    if found != lines:
        sys.exit(f"{what}: {server.diagnostics(users)}\n{server.log}")
    print(f"{what}: {found}")


expect("without a store", [])
project.scan()
edit()
expect("with a store", [4, 8])
across = next(each for each in server.findings(users) if each["range"]["start"]["line"] == 3)
assert across["code"] == "perfidy-query-in-loop", across
assert any(note["location"]["uri"].endswith("/src/db.cpp")
           for note in across["relatedInformation"]), across
assert "level 2, database queries" in across["message"], across

# Edits show at once, with no scan.
edit("\n\n" + text)
expect("moved", [6, 10])
edit(text + "void again(sqlite3 *db, const std::vector<int> &ids) {\n"
     "  for (int id : ids)\n    load(db, id);\n}\n")
expect("a new function", [4, 8, 12])
edit(text.replace("    load(db, id);", "    (void)id, (void)db;"))
expect("no query any more", [8])

# While a scan writes, and after another program of the same folder has replaced it.
(folder / "src/db.h").write_text(FILES["src/db.h"] + "// more\n")
scanning = subprocess.Popen(project.command("-j1"), stdout=subprocess.DEVNULL)
while scanning.poll() is None:
    edit()
    expect("while it is written", [4, 8])
project.write("src/db.cpp", "#include \"db.h\"\nvoid load(sqlite3 *, int) {}\nStorage::~Storage() {}\n"
              "void Storage::put(int) {}\n")
project.scan()
edit()
expect("rewritten", [8])
whole = project.store.read_bytes()
other = Path(str(project.store) + ".new")
other.write_bytes(whole)
project.write("src/db.cpp", FILES["src/db.cpp"])
project.scan()
edit()
expect("rewritten again", [4, 8])
other.replace(project.store)
for side in ("-wal", "-shm"):
    Path(str(project.store) + side).unlink(missing_ok=True)
edit()
expect("replaced by another file", [8])

# A store that cannot be read is as none.
for what, content in (("cut short", whole[:len(whole) // 2]), ("empty", b""),
                      ("somebody else's", b"no store at all" * 500),
                      ("of another version", whole[:60] + b"\0\0\0\x7f" + whole[64:])):
    project.store.unlink()
    project.store.write_bytes(content)
    edit()
    found = server.findings(users)
    assert not [each for each in server.diagnostics(users) if each["severity"] == 1], server.log
    print(f"{what}: alive, {len(found)} findings")
    assert found == [], found
project.store.unlink()
edit()
expect("gone", [])
project.store.mkdir()
edit()
expect("a folder", [])
project.store.rmdir()
os.mkfifo(project.store)
edit()
expect("a pipe", [])
project.store.unlink()
# Single bytes of it are wrong, all over.
dice = random.Random(3)
for _ in range(20):
    broken = bytearray(whole)
    for _ in range(dice.choice([1, 20, 200])):
        broken[dice.randrange(len(broken))] = dice.randrange(256)
    project.store.write_bytes(broken)
    edit()
    found = server.findings(users)
    assert not [each for each in server.diagnostics(users) if each["severity"] == 1], server.log
print("broken bytes: alive")
project.store.unlink()
project.scan()
edit()
expect("scanned again", [4, 8])

# Another project in the same server, with a store of its own.
other = Project(perfidy, Path(sys.argv[2]) / "other")
other.write("src/db.cpp", "#include \"db.h\"\nvoid load(sqlite3 *, int) {}\nStorage::~Storage() {}\n"
            "void Storage::put(int) {}\n")
other.scan()
others = other.folder / "src/users.cpp"
for what in ("in turn", "and again"):
    edit()
    if what == "in turn":
        server.open(others)
    else:
        server.change(others, text + "// edited\n")
    lines = [each["range"]["start"]["line"] + 1 for each in server.findings(others)]
    assert lines == [8], lines
    expect(what, [4, 8])
server.stop()
print("done")
