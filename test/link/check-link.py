#!/usr/bin/env python3
"""Scans all .cpp files below a folder as one program, and is strict about it.

    check-link.py PERFIDY FOLDER [--outside] [--failed NAME] [-- FLAGS]

The findings must be those that `// expect: <check>` and `// low: <check>` comments
in the folder's files ask for, headers too, and no others. The order of the files
on the command line must not matter, and levels must come in order.

--outside copies the folder to a place that is not named for tests, and does not
ask for tests to be included. --failed names a file that must be listed as one
with errors.
"""
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

COMMENT = re.compile(r"// (?P<kind>expect|low): (?P<check>[\w-]+)")


def scan(perfidy, files, options, flags):
    command = [perfidy, "scan", *map(str, files), "--no-store", "--format=json",
               "--min-confidence=low", *options, "--", *flags]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode not in (0, 3) or (
            result.returncode != 3 * bool(json.loads(result.stdout)["failed"])):
        sys.exit(f"{' '.join(command)}\nfailed:\n{result.stdout}{result.stderr}")
    return json.loads(result.stdout)


def found(report, folder):
    return Counter(
        (str(Path(f["file"]).relative_to(folder)), f["line"],
         "low" if f["confidence"] == "low" else "expect", f["check"])
        for f in report["findings"])


def wanted(folder):
    counts = Counter()
    for file in folder.rglob("*"):
        if file.suffix not in (".cpp", ".h", ".inc"):
            continue
        for number, line in enumerate(file.read_text().splitlines(), 1):
            for match in COMMENT.finditer(line):
                counts[str(file.relative_to(folder)), number,
                       match["kind"], match["check"]] += 1
    return counts


def check(perfidy, folder, options, flags, failed):
    files = sorted(folder.rglob("*.cpp"))
    report = scan(perfidy, files, options, flags)
    backwards = scan(perfidy, files[::-1], options, flags)
    if report["findings"] != backwards["findings"]:
        sys.exit("the order of the files changes the findings:\n"
                 + json.dumps([report["findings"], backwards["findings"]], indent=1))
    problems = [f"  - missing: {item}" for item in (wanted(folder) - found(report, folder)).elements()]
    problems += [f"  + not asked for: {item}" for item in (found(report, folder) - wanted(folder)).elements()]
    levels = [f["level"] for f in report["findings"]]
    if levels != sorted(levels):
        problems.append(f"  levels out of order: {levels}")
    listed = sorted(Path(f["file"]).name for f in report["failed"])
    if listed != failed:
        problems.append(f"  failed files: {report['failed']}, not {failed}")
    if problems:
        sys.exit("\n".join(problems) + "\n" + json.dumps(report["findings"], indent=1))


def main():
    arguments = sys.argv[1:]
    flags = []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, flags = arguments[:at], arguments[at + 1:]
    perfidy, folder, *rest = arguments
    failed = [rest[i + 1] for i, option in enumerate(rest) if option == "--failed"]
    folder = Path(folder).resolve()
    if "--outside" not in rest:
        check(perfidy, folder, ["--include-tests"], flags, failed)
        return
    with tempfile.TemporaryDirectory(prefix="perfidy-") as place:
        copy = Path(place).resolve() / "project"
        shutil.copytree(folder, copy)
        check(perfidy, copy, [], flags, failed)


main()
