#!/usr/bin/env python3
"""pch_groups.py PERFIDY FOLDER: which units share a precompiled header whose commands differ in
folders of headers, or that each give a macro a value of their own."""
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

perfidy, folder = sys.argv[1], Path(sys.argv[2]).resolve()

LOOP = """
void FUNCTION(std::vector<int> &a, const std::vector<int> &b) {
  for (int x : a)
    if (std::find(b.begin(), b.end(), x) != b.end())
      a[0] += x;
}
"""
INCLUDES = "#include <first.h>\n#include <vector>\n#include <algorithm>\n#include <cstdlib>\n"


def make(files):
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("src", "system", "more", "empty", "shadow", ".git"):
        (folder / name).mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text)


def write_units(units):
    """units: name -> (flags, text)"""
    entries = []
    for name, (flags, text) in units.items():
        path = folder / f"src/{name}.cpp"
        path.write_text(text.replace("FUNCTION", name))
        entries.append({"directory": str(folder), "file": str(path),
                        "command": f"c++ -std=c++17 {flags} -c {path}"})
    (folder / "compile_commands.json").write_text(json.dumps(entries))


def scan(*options):
    result = subprocess.run([perfidy, "scan", "-p", str(folder), "--format=json",
                             "--min-confidence=low", "--profile-self", "--allow-errors", *options],
                            capture_output=True, text=True, check=True)
    return result.stdout, result.stderr


def show(what):
    report, profile = scan()
    plain, _ = scan("--no-store", "--no-pch")
    if report != plain or '"findings": []' in report:
        sys.exit(f"{what}: the report changes, or is empty:\n{report}\nis not\n{plain}")
    print(what, re.search(r"with one of (\d+) precompiled", profile)[1])
    for line in sorted(re.findall(r"/src/(\w+\.cpp.*)", profile)):
        print(line)


make({
    "system/first.h": "#pragma once\n#include <second.h>\n",
    "system/second.h": "#pragma once\nint second();\n",
    "shadow/second.h": "#pragma once\nint shadow();\n",
    "more/more.h": "#pragma once\n#include <second.h>\n#include <part.h>\n",
    "more/part.h": "#pragma once\nint part();\n",
})
LEAD = "-isystem system -isystem more"
write_units({
    **{f"lead{n}": (LEAD, INCLUDES + "#include <more.h>\n" + LOOP) for n in range(4)},
    # Folders in which no header lies, and one less, with a header that is not asked for.
    **{f"follows{n}": ("-Iempty -isystem system", INCLUDES + LOOP) for n in range(2)},
    # Such a header, in a way of its own.
    "finds": ("-Iempty -isystem system",
              INCLUDES + '#include "../more/more.h"\n#include "../more/part.h"\n' + LOOP),
    # Another header is found, or the same and the project's.
    "shadow": ("-Ishadow -isystem system", INCLUDES + LOOP),
    "own": ("-Isystem -isystem more", INCLUDES + LOOP),
})
show("folders")
# One that would be found first from now on, by some.
(folder / "empty/second.h").write_text("#pragma once\nint empty();\n")
show("a header before another")

# Each unit names itself, as tests do, and a header asks for that.
make({
    "system/test.h": "#pragma once\n#include <suite.h>\n",
    "system/suite.h": "#pragma once\n#ifdef SUITE\ninline const char *suite = SUITE;\n#endif\n",
    "system/first.h": "#pragma once\nint first();\n",
})
write_units({
    f"test{n}": ("-isystem system", f'#define SUITE "{n}"\n{INCLUDES}#include <test.h>\n{LOOP}')
    for n in range(4)})
show("names")
