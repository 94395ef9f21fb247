#!/usr/bin/env python3
"""damaged.py PERFIDY FOLDER: whatever lies where the store should, findings are right."""
import os
import random
import shutil
import sqlite3
import sys

from project import Project

project = Project(sys.argv[1], sys.argv[2])
clean, _ = project.scan("--no-store")
project.scan()
good = project.folder / "good.db"
shutil.copy(project.store, good)


def put(content):
    for path in project.store.parent.glob("store.db*"):
        path.unlink()
    if callable(content):
        content(project.store)
    else:
        project.store.write_bytes(content)


def check(what, message, *options):
    report, errors = project.scan(*options)
    if report != clean:
        sys.exit(f"{what}: the report differs:\n{report}\nis not\n{clean}")
    if (message or "") not in errors or bool(message) != bool(errors):
        sys.exit(f"{what}: '{message}' is not what was said:\n{errors}")
    again, errors = project.scan(*options)
    if again != clean or errors:
        sys.exit(f"{what}: the next scan differs, or says\n{errors}")
    print(f"{what}: ok")


def other(path):
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE photos(id INTEGER)")


def version(path):
    shutil.copy(good, path)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")


put(b"")
check("an empty file", None)
put(b"Dear diary, ...\n" * 999)
check("a text file", "store.db: is no store of perfidy, nor any SQLite database; moved to")
put(other)
check("another program's", "store.db: is a SQLite database of another program, not a store of "
      "perfidy; moved to")
put(version)
check("another version", "store.db: is a store of version 99; this perfidy has ")
whole = good.read_bytes()
for part in (0.1, 0.5, 0.9):
    put(whole[:int(len(whole) * part)])
    check(f"{part} of it", "store.db: the store is damaged")
put(whole[:4096 + 17])
check("the first page", "store.db: the store is damaged")

# A file that the user names is never moved if it is somebody else's.
mine = project.folder / "photos.db"
other(mine)
result = project.run("--store", str(mine))
assert result.returncode == 2, result
assert "photos.db: is a SQLite database of another program, not a store of perfidy; give " \
    "another file with --store" in result.stderr, result.stderr
assert mine.exists()

# Where no folder can be made nothing is kept, and that is said.
shutil.rmtree(project.store.parent)
project.store.parent.write_text("a file")
report, errors = project.scan()
assert report == clean and "nothing is kept for the next run" in errors, errors
project.store.parent.unlink()

# Bytes that change in the middle: noticed, or of no consequence.
seed = int.from_bytes(os.urandom(4), "big")
print(f"seed {seed}")
random.seed(seed)
for _ in range(40):
    bad = bytearray(whole)
    for _ in range(random.choice((1, 50, 2000))):
        bad[random.randrange(100, len(bad))] = random.randrange(256)
    project.store.parent.mkdir(exist_ok=True)
    put(bytes(bad))
    for _ in range(2):
        report, errors = project.scan()
        if report != clean:
            sys.exit(f"changed bytes, seed {seed}: {errors}\n{report}\nis not\n{clean}")
print("done")
