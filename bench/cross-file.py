#!/usr/bin/env python3
"""Lists the findings of a project that need another file, and what clang-tidy says of them.

    bench/cross-file.py BUILD [--store FILE] [--perfidy COMMAND] [--tidy COMMAND...]

BUILD is the folder of a compile_commands.json. The project is scanned into the store (a new one
unless --store names one); a finding needs another file if its path leads through a source that is
not its own file. clang-tidy, with the module and the store, is then run on every source that has
such a finding, or whose header has, and must say the same, notes included, and nothing more.
Exit code 1 if it does not.
"""
import argparse
import json
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINE = re.compile(r"^(/[^:]+):(\d+):(\d+): (warning|note): (.*?)(?: \[perfidy-([\w-]+)\])?$")
START = (f"clang-tidy-22 --load {ROOT}/build/lib/PerfidyTidy.so")


def by_scan(command, build, store):
    report = subprocess.run([*command, "scan", "-p", build, "--store", store, "--format=json",
                             "--allow-errors"],
                            check=True, stdout=subprocess.PIPE, text=True).stdout
    return [(f["file"], f["line"], f["column"], f["check"], f["message"],
             tuple((s["file"], s["line"], s["column"], s["message"]) for s in f["path"]))
            for f in json.loads(report)["findings"]]


def by_tidy(command, build, store, file):
    """Findings in the file and in its headers, with paths."""
    config = "{CheckOptions: {perfidy.Store: '%s'}}" % store
    result = subprocess.run([*command, "--quiet", "--checks=-*,perfidy-*", "--header-filter=.*",
                             f"--config={config}", "-p", build, file],
                            check=False, capture_output=True, text=True)
    found = []
    for line in result.stdout.splitlines():
        match = LINE.match(line)
        if match and match[4] == "warning":
            found.append((match[1], int(match[2]), int(match[3]), match[6], match[5], []))
        elif match and found:
            found[-1][-1].append((match[1], int(match[2]), int(match[3]), match[5]))
    # The last note is the suggestion, which the JSON report has not.
    return [(*finding[:5], tuple(finding[5][:-1])) for finding in found if finding[3]]


def shown(finding, base):
    file, line, column, check, message, path = finding

    def place(name, *rest):
        return ":".join([name.removeprefix(base), *map(str, rest)])

    steps = [f"      {place(*step[:3])}: {step[3]}" for step in path]
    return "\n".join([f"{place(file, line, column)}: {check}: {message}", *steps])


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--store")
    parser.add_argument("--perfidy", default=str(ROOT / "build/bin/perfidy"))
    parser.add_argument("--tidy", default=START)
    arguments = parser.parse_args()
    entries = json.loads((Path(arguments.build) / "compile_commands.json").read_text())
    sources = {str((Path(e["directory"]) / e["file"]).resolve()) for e in entries}
    base = str(Path(arguments.build).resolve().parent) + "/"
    store = arguments.store or tempfile.mkdtemp(prefix="perfidy-cross-") + "/store.db"
    perfidy, tidy = shlex.split(arguments.perfidy), shlex.split(arguments.tidy)

    found = by_scan(perfidy, arguments.build, store)
    cross = [f for f in found
             if any(step[0] != f[0] and step[0] in sources for step in f[5])]
    print(f"{len(found)} findings in {len(sources)} sources; {len(cross)} need another file: "
          f"{dict(Counter(f[3] for f in cross))}\n", flush=True)

    files = sorted({f[0] for f in cross if f[0] in sources} |
                   {step[0] for f in cross if f[0] not in sources
                    for step in f[5][-1:] if step[0] in sources})
    start, said = time.time(), {}
    for file in files:
        said[file] = set(by_tidy(tidy, arguments.build, store, file))
    everything = set().union(*said.values())

    different = 0
    for finding in cross:
        same = finding in everything
        different += not same
        print(f"{'the same' if same else 'DIFFERENT'}: {shown(finding, base)}")
        for other in everything if not same else ():
            if other[:4] == finding[:4]:
                print(f"   clang-tidy: {shown(other, base)}")
    # Of the files that were read it must say neither more nor less.
    whole = {f for f in found if f[0] in files}
    said_of = {f for f in everything if f[0] in files}
    for finding in sorted(whole - said_of - set(cross)):
        print(f"NOT SAID BY CLANG-TIDY: {shown(finding, base)}")
    for finding in sorted(said_of - whole):
        print(f"SAID BY CLANG-TIDY ALONE: {shown(finding, base)}")
    print(f"\n{len(cross) - different} the same, {different} different; of all {len(whole)} "
          f"findings in the {len(files)} files read, {len(whole & said_of)} are the same, "
          f"{len(whole - said_of)} not said, {len(said_of - whole)} said by clang-tidy alone; "
          f"{time.time() - start:.0f} s of clang-tidy")
    sys.exit(whole != said_of or different != 0)


main()
