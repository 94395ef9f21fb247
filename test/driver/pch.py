#!/usr/bin/env python3
"""pch.py PERFIDY FOLDER: precompiled headers change nothing but the time."""
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pch_scan

perfidy, folder = sys.argv[1], Path(sys.argv[2]).resolve()
shutil.rmtree(folder, ignore_errors=True)
for name in ("src", "system", ".git", "first"):
    (folder / name).mkdir(parents=True)
store = folder / ".perfidy/store.db"
headers = folder / ".perfidy/pch"

# A system header that asks for macros, one that has some, one that wants another before it.
(folder / "system/asks.h").write_text("""\
#ifndef ASKS_H
#define ASKS_H
#include <vector>
#ifdef WITH_SEARCH
inline bool has(const std::vector<int> &v, int x) { for (int y : v) if (x == y) return true; return false; }
#else
inline bool has(const std::vector<int> &, int) { return false; }
#endif
#endif
""")
(folder / "system/says.h").write_text("#pragma once\n#define SAYS 1\n#include <string>\n")
(folder / "system/fussy.h").write_text("#ifndef SAYS\n#error says.h first\n#endif\n")

LOOP = """
void FUNCTION(std::vector<int> &a, const std::vector<int> &b) {
  for (int x : a)
    if (std::find(b.begin(), b.end(), x) != b.end())
      a[0] += x;
}
"""
# A file that is written out as numbers, which are left out where a precompiled header is used.
DATA = "static const unsigned char data[] = {" + ("0x1, " * 16 + "\n") * 500 + """};
static_assert(sizeof(data) == 8000);
int dataSum(const std::vector<int> &b) {
  int sum = 0;
  for (unsigned char x : data)
    if (std::find(b.begin(), b.end(), x) != b.end())
      ++sum;
  return sum;
}
"""
PLAIN = "#include <asks.h>\n#include <algorithm>\n#include <vector>\n#include <says.h>\n" + LOOP
UNITS = {
    **{f"plain{n}": PLAIN for n in range(6)},
    "macro": "#define WITH_SEARCH\n#include <asks.h>\n#include <algorithm>\n" + LOOP,
    "looks": "#include <algorithm>\n#include <vector>\n#ifndef SAYS" + LOOP + "#endif\n",
    "missing": "#include <vector>\n#include <algorithm>\nstd::string s;\n#ifdef SAYS\n#endif\n" + LOOP,
    "order": "#include <says.h>\n#include <fussy.h>\n" + PLAIN,
    "order2": "#include <says.h>\n#include <fussy.h>\n" + PLAIN,
    "inside": "#include <vector>\n#include <algorithm>\n"
              "namespace own {\n#include <says.h>\n}\n" + LOOP,
    "data": PLAIN + DATA,
    "broken": PLAIN + "int x = nothing;\n",
}


def write(name, text):
    (folder / f"src/{name}.cpp").write_text(text.replace("FUNCTION", name))


def expect(what, read=None, least=0, most=10 ** 9):
    """As without; so many units were read, so many of them with a precompiled header."""
    report, units, shared = pch_scan.scan(perfidy, folder)
    plain, _, _ = pch_scan.scan(perfidy, folder, "--no-store", "--no-pch")
    if report != plain:
        sys.exit(f"{what}: the report changes:\n{report}\nis not\n{plain}")
    if (read is not None and units != read) or not least <= shared <= most:
        sys.exit(f"{what}: {units} read, {shared} with a precompiled header")
    print(f"{what}: {units} read")


def made():
    return sorted(headers.glob("*.pch"))


def reads(option):
    """What each unit was read from, by its path."""
    own = folder / f"reads{option}.db"
    pch_scan.scan(perfidy, folder, "--store", str(own), *([option] if option else []))
    with sqlite3.connect(own) as data:
        names = dict(data.execute("SELECT id, path FROM file WHERE length(content) > 0"))
        return sorted(names.values())


for unit, text in UNITS.items():
    write(unit, text)
# What the build has not generated yet keeps nothing from the others; it is the first.
write("absent", PLAIN)
pch_scan.write_database(folder, "first", "system")
(folder / "src/absent.cpp").unlink()
count = len(UNITS)
expect("one is not there", count + 1, least=6)
shutil.rmtree(store.parent)

pch_scan.write_database(folder, "first", "system")
expect("first", count, least=6, most=count - 4)
assert len(made()) == 1, made()
expect("unchanged", 0)
with_header, without = reads(""), reads("--no-pch")
assert with_header == without, set(with_header) ^ set(without)

write("plain0", PLAIN + "int more;\n")
expect("one source", 1, least=1)
time.sleep(2.5)

# A header that is inside: what includes it is read again, and what is precompiled is made anew.
before = made()
asks = folder / "system/asks.h"
asks.write_text(asks.read_text().replace("#ifdef", "inline int added() { return 1; }\n#ifdef"))
expect("a header that is inside", sum("asks.h" in text for text in UNITS.values()), least=6)
assert made() and made() != before, made()

# One that would now be found first.
(folder / "first/says.h").write_text("#pragma once\n#define SAYS 2\n#include <string>\n")
expect("a header before another", least=6)

# Damaged, cut short, gone; a description without its header.
for damage in (lambda path: path.write_bytes(b"no precompiled header"),
               lambda path: os.truncate(path, path.stat().st_size // 2),
               lambda path: path.unlink(),
               lambda path: path.with_suffix(".made").write_bytes(b"nothing")):
    damage(made()[0])
    store.unlink()
    expect("damaged", count, least=6)

# What a scan that was killed leaves behind is of no use to others, and goes.
left = headers / "left.tmp-1"
left.write_text("half")
os.utime(left, (1, 1))
store.unlink()
expect("after a kill", count, least=6)
assert not left.exists()

# A folder that cannot be made: somewhere else, and not kept.
store.unlink()
shutil.rmtree(headers)
headers.write_text("a file")
expect("no folder", count, least=6)
headers.unlink()

# Two at once.
store.unlink()
both = [subprocess.Popen([perfidy, "scan", "-p", str(folder), "--format=json",
                          "--min-confidence=low"], stdout=subprocess.PIPE, text=True)
        for _ in range(2)]
reports = {each.communicate()[0] for each in both}
assert len(reports) == 1, reports
print("done")
