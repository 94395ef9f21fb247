#!/usr/bin/env python3
"""incremental.py PERFIDY FOLDER: a scan reads again what has changed, and nothing else."""
import os
import sys

from project import FILES, Project, lines

project = Project(sys.argv[1], sys.argv[2])
count = len(project.units)
first = project.expect("first", count)
assert ("users.cpp", 4, "query-in-loop") in lines(first), lines(first)
project.expect("unchanged", 0)

os.utime(project.folder / "src/db.h")
project.expect("touched", 0)
project.expect("after touched", 0)

# A file that changes shortly after it was read, and keeps size and time.
path = project.folder / "src/users.cpp"
before = path.stat()
text = path.read_text()
path.write_text(text.replace("load(db, id)", "Load(db, id)"))
os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
project.expect("same size and time", 1)
path.write_text(text)
# Of each source a few states are kept, so that going back to one reads nothing.
project.expect("back", 0)

project.write("src/users.h", FILES["src/users.h"] + "// more\n")
project.expect("a header of two", 2)
project.write("src/db.h", FILES["src/db.h"].replace("put(int id)", "put(int key)"))
project.expect("a header of all", count)

project.write("src/db.h", FILES["src/db.h"])
project.expect("the old header", 0)
for number in range(4):
    project.write("src/disk.cpp", FILES["src/disk.cpp"].replace("users", f"users{number}"))
    project.expect(f"edit {number}", 1)
project.write("src/disk.cpp", FILES["src/disk.cpp"].replace("users", "users1"))
project.expect("three states before", 0)
project.write("src/disk.cpp", FILES["src/disk.cpp"])
project.expect("so long ago that it is forgotten", 1)

# A header that was looked for in vain, and would now be found first.
project.write("src/third.cpp", '#include <late.h>\n#include "users.h"\nint third = 3;\n')
project.write("second/late.h", "#pragma once\n")
project.database()
count += 1
project.expect("a new file", 1)
project.write("first/late.h", "#pragma once\n#include <vector>\n")
project.expect("a header before another", 1)
os.unlink(project.folder / "first/late.h")
project.expect("and gone again", 0)

# A header that is missing, until it is there.
project.write("src/third.cpp", '#include "missing.h"\nint third = 3;\n')
failed = project.expect("a header that is missing", 1)
assert failed["failed"], failed
project.expect("errors are remembered", 0)
project.write("src/missing.h", "#pragma once\n")
assert not project.expect("is there", 1)["failed"]

project.flags = "-std=c++20"
project.database()
project.expect("other flags", count)
project.expect("other flags, unchanged", 0)
project.flags = "-std=c++17"
project.database()
# What was read with them is still there, for the linked program has not changed.
project.expect("the old flags", 0)

# Options of the report need nothing to be read.
project.expect("another check", 0, "--checks=query-in-loop")

# The file with the query goes, and the finding with it.
project.database(without=("db.cpp",))
gone = project.expect("without db.cpp", 0)
assert ("users.cpp", 4, "query-in-loop") not in lines(gone), lines(gone)
project.database()
project.expect("with db.cpp", 1)  # a whole scan forgets what is not compiled
os.unlink(project.folder / "src/disk.cpp")
project.database()
less = project.expect("without disk.cpp", 0)
assert ("users.cpp", 8, "query-in-loop") not in lines(less), lines(less)

# With clang-tidy's checks and without, by turns.
project.expect("with clang-tidy", count - 1, "--with-clang-tidy=performance-*")
project.expect("without", 0)
project.expect("with clang-tidy again", 0, "--with-clang-tidy=performance-*")

# Part of the project.
project.expect("a part", 0, str(project.folder / "src/users.cpp"))

# Models are part of what facts follow from.
project.write("models.json", '{"library": "own", "functions": [{"name": "load", '
              '"role": "query.execute", "database": "remote"}]}')
project.expect("models", len(project.units), "--models", str(project.folder / "models.json"))
print("done")
