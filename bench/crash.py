#!/usr/bin/env python3
"""Kills scans of a real project at random moments; after each, a full scan must equal a clean one.

    bench/crash.py BUILD [--times N] [--perfidy COMMAND] [--units N]

BUILD is a folder with compile_commands.json. Before each scan that is killed, some of its units are
given another flag, so that there is something to read. Ends with 1 if a report differs.
"""
import argparse
import json
import random
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--units", type=int, default=8)
    parser.add_argument("--perfidy", default=str(ROOT / "build/bin/perfidy"))
    arguments = parser.parse_args()
    entries = json.loads((Path(arguments.build) / "compile_commands.json").read_text())
    folder = Path(tempfile.mkdtemp(prefix="perfidy-crash-"))

    def flag(number):
        for entry in random.sample(entries, min(arguments.units, len(entries))):
            command = entry.get("arguments") or shlex.split(entry["command"])
            command = [word for word in command if not word.startswith("-DPERFIDY_ROUND=")]
            entry["arguments"] = [*command[:1], f"-DPERFIDY_ROUND={number}", *command[1:]]
            entry.pop("command", None)
        (folder / "compile_commands.json").write_text(json.dumps(entries))

    def scan(*options):
        return [arguments.perfidy, "scan", "-p", str(folder), "--format=json", "--allow-errors",
                *options]

    def report(*options):
        return subprocess.run(scan(*options), check=True, capture_output=True, text=True).stdout

    flag(0)
    store = ["--store", str(folder / "store.db")]
    clean = report("--no-store")
    assert report(*store) == clean, "the first scan with a store differs"
    print(f"{len(json.loads(clean)['findings'])} findings in {len(entries)} units", flush=True)
    flag(1)
    start = time.time()
    assert report(*store) == clean
    usual = time.time() - start
    for number in range(2, arguments.times + 2):
        flag(number)
        moment = random.uniform(0, usual)
        process = subprocess.Popen(scan(*store), stdout=subprocess.DEVNULL)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        killed = process.wait() == -signal.SIGKILL
        if report(*store) != clean:
            sys.exit(f"{number - 1}: differs after {moment:.2f} s; the store is in {folder}")
        print(f"{number - 1}: {'killed' if killed else 'had ended'} after {moment:.2f} s: the same",
              flush=True)


main()
