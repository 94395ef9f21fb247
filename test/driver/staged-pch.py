#!/usr/bin/env python3
"""staged-pch.py PERFIDY FOLDER: what is staged is read, whatever is precompiled of the work tree."""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pch_scan

perfidy, folder = sys.argv[1], Path(sys.argv[2]).resolve()
os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1", GIT_AUTHOR_NAME="t",
                  GIT_AUTHOR_EMAIL="t@t", GIT_COMMITTER_NAME="t", GIT_COMMITTER_EMAIL="t@t")
shutil.rmtree(folder, ignore_errors=True)
for name in ("src", "vendor", "first"):
    (folder / name).mkdir(parents=True)

# A library that is part of the repository.
ASKS = "#pragma once\n#include <algorithm>\n#include <vector>\n"
LOOP = """\
#include <asks.h>
#ifdef WITH_SEARCH
void FUNCTION(std::vector<int> &a, const std::vector<int> &b) {
  for (int x : a)
    if (std::find(b.begin(), b.end(), x) != b.end())
      a[0] += x;
}
#endif
"""
asks = folder / "vendor/asks.h"
asks.write_text(ASKS)
for number in range(6):
    (folder / f"src/unit{number}.cpp").write_text(LOOP.replace("FUNCTION", f"unit{number}"))
(folder / "first/kept").write_text("")
pch_scan.write_database(folder, "first", "vendor")
(folder / ".gitignore").write_text(".perfidy\n")


def git(*command):
    subprocess.run(["git", "-C", str(folder), *command], check=True, stdout=subprocess.DEVNULL)


def scan(*options):
    """(how many findings, units read with a precompiled header)."""
    report, _, shared = pch_scan.scan(perfidy, folder, *options)
    return len(json.loads(report)["findings"]), shared


def expect(what, findings, shared):
    """As without; so many findings, and units that were read with a precompiled header or not."""
    found, used = scan("--staged")
    plain, _ = scan("--staged", "--no-pch", "--no-store")
    if found != plain or found != findings or bool(used) != shared:
        sys.exit(f"{what}: {found} findings, {plain} without, {used} with a precompiled header")
    print(f"{what}: {found} findings")


git("init", "-q")
git("add", ".")
git("commit", "-qm", "one")
assert scan() == (0, 6)

unit = folder / "src/unit0.cpp"
text = unit.read_text()
unit.write_text("#define WITH_SEARCH\n" + text)
git("add", ".")
unit.write_text(text)
expect("a source", 1, True)
git("reset", "-q", "--hard")

# As the header is staged it is not on disk.
asks.write_text(ASKS + "#define WITH_SEARCH\n")
git("add", ".")
asks.write_text(ASKS)
expect("a header that is inside", 6, False)
git("reset", "-q", "--hard")

# One that would be found first is there for git, and not on disk.
first = folder / "first/asks.h"
first.write_text(ASKS + "#define WITH_SEARCH\n")
git("add", ".")
git("commit", "-qm", "two")
first.unlink()
assert scan()[0] == 0
unit.write_text(text + LOOP.replace("FUNCTION", "added"))
git("add", "src")
unit.write_text(text)
expect("a header before another", 1, False)
print("done")
