#!/usr/bin/env python3
"""compare-hosts.py PERFIDY BUILD CLANG-TIDY... -- FILE...

Demands that `perfidy scan -p BUILD FILE` and clang-tidy (a command with the module
loaded) report the same findings for each file, notes included.
"""
import json
import re
import subprocess
import sys

LINE = re.compile(r"^(/[^:]+):(\d+):(\d+): (warning|note): (.*?)(?: \[perfidy-([\w-]+)\])?$")


def run(command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def by_tidy(command, build, file):
    found = []
    for line in run([*command, "--quiet", "--checks=-*,perfidy-*", "--config={CheckOptions: {perfidy.Store: none}}",
                     "-p", build, file]).splitlines():
        match = LINE.match(line)
        if match and match[4] == "warning":
            found.append((match[1], int(match[2]), int(match[3]), match[6], match[5], []))
        elif match:
            found[-1][-1].append((match[1], int(match[2]), int(match[3]), match[5]))
    return sorted(found)


def by_scan(perfidy, build, file):
    report = json.loads(run([perfidy, "scan", "-p", build, "--format=json", "--no-store", file]))
    return sorted(
        (f["file"], f["line"], f["column"], f["check"], f["message"],
         [(s["file"], s["line"], s["column"], s["message"]) for s in f["path"]])
        for f in report["findings"])


def main():
    perfidy, build, *rest = sys.argv[1:]
    at = rest.index("--")
    total = 0
    for file in rest[at + 1:]:
        tidy, scan = by_tidy(rest[:at], build, file), by_scan(perfidy, build, file)
        total += len(scan)
        # clang-tidy's last note is the suggestion, which the JSON report has not.
        for finding in tidy:
            del finding[-1][-1]
        if tidy != scan:
            sys.exit(f"{file}:\nclang-tidy: {tidy}\nperfidy scan: {scan}")
    print(f"{total} findings")


main()
