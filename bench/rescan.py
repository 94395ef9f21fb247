#!/usr/bin/env python3
"""Scans a generated tree and says what scanning it again costs, unchanged and after one edit.

    bench/rescan.py [--perfidy COMMAND] [--clang-tidy COMMAND] [UNITS]

1000 units if left out. Each reads a hundred and fifty of five thousand headers and calls functions
of other units; ninety-nine of a hundred headers lie in folders that are searched late, so that each
unit also looks for thousands of files in vain. "stat" is what a program takes that does nothing
but ask the system for each file the store names.
"""
import argparse
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADERS, READS, FOLDERS = 5000, 150, 10


def generate(folder, units):
    dice = random.Random(units)
    (folder / ".git").mkdir()
    for number in range(HEADERS):
        path = folder / f"include{number % FOLDERS}" / f"h{number}.h"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#pragma once\nstruct S{number} {{ int a; }};\n"
                        f"inline int size{number}(const S{number} &s) {{ return s.a; }}\n")
    (folder / "src").mkdir()
    entries = []
    flags = " ".join(f"-I include{n}" for n in range(FOLDERS))
    for unit in range(units):
        headers = sorted(dice.sample(range(HEADERS), READS))
        callees = [dice.randrange(units) for _ in range(20)]
        text = "".join(f'#include "h{n}.h"\n' for n in headers)
        text += "".join(f"int work{n}(int id, const int *items, int count);\n"
                        for n in sorted(set(callees)))
        text += f"int work{unit}(int id, const int *items, int count) {{\n  int sum = id;\n"
        text += "".join(f"  for (int i = 0; i < count; ++i)\n    sum += work{n}(items[i], items, "
                        "count);\n" for n in callees[:3])
        text += "".join(f"  sum += work{n}(id, items, count);\n" for n in callees[3:])
        text += "  return sum;\n}\n"
        (folder / f"src/u{unit}.cpp").write_text(text)
        entries.append({"directory": str(folder), "file": f"src/u{unit}.cpp",
                        "command": f"c++ -std=c++20 {flags} -c src/u{unit}.cpp"})
    (folder / "compile_commands.json").write_text(json.dumps(entries))


def cost(what, command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.time()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    user, system = after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime
    print(f"| {what} | {time.time() - start:.2f} | {user:.2f} | {system:.2f} |", flush=True)




def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("units", nargs="?", type=int, default=1000)
    parser.add_argument("--perfidy", default=str(ROOT / "build/bin/perfidy"))
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="perfidy-bench-")).resolve()
    try:
        generate(folder, arguments.units)
        scan = [arguments.perfidy, "scan", "-p", str(folder)]
        print("| what | wall s | user s | system s |\n|---|---|---|---|")
        cost(f"first scan of {arguments.units} units", scan)
        time.sleep(3)  # files must be older than a clock's tick to be known by their time
        cost("second scan: looks at contents once more", scan)
        cost("unchanged", scan)
        with sqlite3.connect(folder / ".perfidy/store.db") as store:
            names = [row[0] for row in store.execute("SELECT path FROM file")]
            absent = store.execute("SELECT count(*) FROM file WHERE length(content) = 0").fetchone()
        start = os.times()
        for name in names:
            try:
                os.stat(name)
            except OSError:
                pass
        end = os.times()
        print(f"| of that, {len(names)} stat, {absent[0]} in vain | | {end[0] - start[0]:.2f} | "
              f"{end[1] - start[1]:.2f} |")
        edited = folder / "src/u7.cpp"
        edited.write_text(edited.read_text().replace("sum = id", "sum = id + 1"))
        cost("one source edited", scan)
        header = folder / "include3/h3.h"
        header.write_text(header.read_text() + "// more\n")
        cost("one header edited", scan)
        tidy = [arguments.clang_tidy, f"--load={ROOT}/build/lib/PerfidyTidy.so", "--quiet",
                "--checks=-*,perfidy-*", "-p", str(folder), str(folder / "src/u9.cpp")]
        cost("clang-tidy of one file, with the store", tidy)
        cost("clang-tidy of one file, without", [
            *tidy[:-1], "--config={CheckOptions: {perfidy.Store: none}}", tidy[-1]])
        size = sum(path.stat().st_size for path in (folder / ".perfidy").iterdir())
        print(f"\nThe store takes {size / 2**20:.0f} MB.")
    finally:
        shutil.rmtree(folder)


main()
