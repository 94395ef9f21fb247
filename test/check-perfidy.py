#!/usr/bin/env python3
"""Runs one test file of a check through both hosts, and is strict about it.

    check-perfidy.py FILE [CHECKS] [--fix] [-- FLAGS]
    check-perfidy.py --update FILE...

The file is scanned by clang-tidy with PerfidyTidy.so and by `perfidy scan`, and

- it must compile, in both;
- both must report the same findings: line, column, check and message;
- they must be those that the file's comments ask for, and no others.

A finding is asked for by a line below it, which FileCheck verifies,

    // CHECK: :[[@LINE-1]]:5: warning: MESSAGE [perfidy-query-in-loop]
    // NOTE:  :[[@LINE-9]]:3: note: MESSAGE          (notes are optional)

or, until the message is settled, by `// expect: query-in-loop` on its own line.
`// low: query-in-loop` marks a line with a finding of low confidence, which is
hidden by default; such findings must all be marked. A file without any of these
must be silent. What a header next to the file gives is compared too.

CHECKS are clang-tidy's globs, all of perfidy's checks if left out; FLAGS are the
compiler's. Without FLAGS, both are taken from the file's own RUN line.

--update rewrites `// expect:` comments and CHECK lines to what is reported now.
It refuses if the verdict, the set of lines and checks, is not the one asked for:
it changes words, never what is a finding.

--fix works on a copy: applies the fix-its, demands that the result compiles and
that a second run has nothing more to fix, and matches it against the file's
`// FIXED:` lines.
"""
import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
WARNING = re.compile(
    r"^(?P<file>/[^:\n]*):(?P<line>\d+):(?P<column>\d+): "
    r"(?P<kind>warning|error|note): (?P<message>.*)$"
)
NAMED = re.compile(r"^(?P<message>.*) \[(?P<checks>[\w.,-]+)\]$")
EXPECT = re.compile(r"\s*// expect: (?P<check>[\w-]+)")
LOW = re.compile(r"// low: (?P<check>[\w-]+)")
CHECK = re.compile(
    r"^\s*// CHECK: :\[\[@LINE(?:-(?P<back>\d+))?\]\]:.*"
    r"\[perfidy-(?P<check>[\w-]+)\]\s*$"
)
NOTE = re.compile(r"^\s*// NOTE: +:\[\[@LINE")
RUN = re.compile(r"// RUN: .*%check %s(?P<rest>.*)$", re.MULTILINE)


class Finding(NamedTuple):
    file: str
    line: int
    column: int
    check: str
    message: str

    def __str__(self):
        name = os.path.basename(self.file)
        return f"{name}:{self.line}:{self.column}: {self.message} [{self.check}]"


class Wrong(Exception):
    """The test has failed; the text says why."""


def run(command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def tidy_command(tools, file, checks, flags, extra=()):
    return [
        tools.clang_tidy, f"--load={tools.plugin}", f"--checks=-*,{checks}",
        # The corpus lies in a folder named test, which is left out by default.
        "--config={CheckOptions: {perfidy.IncludeTests: true, perfidy.Store: none}}", "--quiet", *extra, str(file), "--", *flags,
    ]


def run_tidy(tools, file, checks, flags):
    """Findings, notes and the whole output of clang-tidy."""
    result = run(tidy_command(tools, file, checks, flags))
    findings, notes = [], []
    for line in result.stdout.splitlines():
        match = WARNING.match(line)
        if not match:
            continue
        place = (match["file"], int(match["line"]), int(match["column"]))
        if match["kind"] == "note":
            notes.append((*place, match["message"]))
            continue
        named = NAMED.match(match["message"])
        if match["kind"] == "error" or not named:
            raise Wrong(f"the file does not compile:\n{result.stdout}")
        check = named["checks"].split(",")[0].removeprefix("perfidy-")
        findings.append(Finding(*place, check, named["message"]))
    if result.returncode != 0:
        raise Wrong(f"clang-tidy failed:\n{result.stdout}{result.stderr}")
    return findings, notes, result.stdout


def run_scan(tools, file, checks, flags):
    """Findings of the driver: those shown by default, and those hidden."""
    result = run([
        tools.perfidy, "scan", str(file), "--no-store", "--format=json",
        "--min-confidence=low", "--include-tests", f"--checks={checks}",
        "--", *flags,
    ])
    if result.returncode != 0:
        raise Wrong(f"perfidy scan failed:\n{result.stdout}{result.stderr}")
    report = json.loads(result.stdout)
    if report["failed"]:
        raise Wrong(f"the file does not compile: {report['failed']}")
    shown, low = [], []
    for entry in report["findings"]:
        finding = Finding(*(entry[key] for key in Finding._fields))
        (low if entry["confidence"] == "low" else shown).append(finding)
    return shown, low


def asked_for(lines):
    """What comments ask for, as {(line, check)}: shown by default, and low."""
    shown, low = Counter(), Counter()
    for number, line in enumerate(lines, 1):
        for match in EXPECT.finditer(line):
            shown[number, match["check"]] += 1
        for match in LOW.finditer(line):
            low[number, match["check"]] += 1
        if match := CHECK.match(line):
            shown[number - int(match["back"] or 0), match["check"]] += 1
    return shown, low


def difference(wanted, found, one, other):
    """Words for how two multisets differ; empty if they do not."""
    text = ""
    for sign, rest, where in (("-", wanted - found, one), ("+", found - wanted, other)):
        for item in sorted(rest.elements(), key=str):
            text += f"  {sign} only {where}: {item}\n"
    return text


def compare(file, lines, tidy, shown, low):
    """Raises Wrong unless hosts and comments agree."""
    problems = difference(Counter(tidy), Counter(shown), "in clang-tidy", "in perfidy scan")
    if problems:
        raise Wrong(f"the hosts differ:\n{problems}")
    name = os.path.basename(file)

    def places(findings):
        return Counter((f.line, f.check) for f in findings if f.file == str(file))

    wanted, wanted_low = asked_for(lines)

    def named(counts):
        return Counter({f"{name}:{line}: {check}": n for (line, check), n in counts.items()})

    problems = difference(named(wanted), named(places(shown)), "asked for", "reported")
    problems += difference(
        named(wanted_low), named(places(low)), "asked for, low", "reported, low")
    if problems:
        said = "".join(f"  {f}\n" for f in sorted(shown) + sorted(low))
        raise Wrong(f"the verdict is another:\n{problems}all findings:\n{said}")


def file_check(tools, file, output, lines):
    """Has FileCheck compare the words, if the file has any."""
    prefixes = ["CHECK"] if any(CHECK.match(line) for line in lines) else []
    if not prefixes:
        return
    if any(NOTE.match(line) for line in lines):
        prefixes.append("NOTE")
    marked = [line for line in lines if EXPECT.search(line)]
    # With marks left in the file, words are not settled for all its findings.
    strict = [] if marked else ["--implicit-check-not={{warning|error}}:"]
    result = subprocess.run(
        [tools.filecheck, f"--check-prefixes={','.join(prefixes)}", *strict,
         str(file)],
        input=output, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise Wrong(f"FileCheck:\n{result.stderr}")


def literal(message):
    """The message such that FileCheck reads no pattern into it."""
    return re.sub(r"\{\{|\[\[", lambda m: "{{" + re.escape(m[0]) + "}}", message)


def update(file, lines, findings):
    """Writes expect comments and CHECK lines anew."""
    by_line = {}
    for finding in sorted(findings):
        if finding.file == str(file):
            by_line.setdefault(finding.line, []).append(finding)
    new = []
    for number, line in enumerate(lines, 1):
        if CHECK.match(line) or NOTE.match(line):
            continue
        new.append(EXPECT.sub("", line))
        for back, finding in enumerate(by_line.get(number, []), 1):
            new.append(
                f"// CHECK: :[[@LINE-{back}]]:{finding.column}: warning: "
                f"{literal(finding.message)} [perfidy-{finding.check}]")
    text = "\n".join(new) + "\n"
    if text != file.read_text():
        file.write_text(text)
        print(f"updated {file}")


def check_fixes(tools, file, checks, flags, lines):
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, file.name)
        shutil.copy(file, copy)
        flags = [*flags, f"-I{file.parent}"]
        run(tidy_command(tools, copy, checks, flags, ["--fix"]))
        compiled = run([tools.clang, "-fsyntax-only", *flags, str(copy)])
        if compiled.returncode != 0:
            raise Wrong(f"does not compile after --fix:\n{compiled.stderr}{copy.read_text()}")
        fixed = copy.read_text()
        run(tidy_command(tools, copy, checks, flags, ["--fix"]))
        if copy.read_text() != fixed:
            raise Wrong("a second --fix changes the file again")
        result = subprocess.run(
            [tools.filecheck, "--check-prefix=FIXED", str(file)],
            input="\n".join(line for line in fixed.splitlines() if "// FIXED" not in line),
            capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise Wrong(f"FileCheck, of the fixed file:\n{result.stderr}")


def from_run_line(text, file):
    match = RUN.search(text)
    if not match:
        raise Wrong("has no line `// RUN: %check %s ... -- FLAGS`, so flags are needed")
    rest = match["rest"].replace("%S", str(file.parent))
    return split_flags(shlex.split(rest))


def split_flags(arguments):
    if "--" not in arguments:
        return arguments, None
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1:]


def parse(arguments):
    build = ROOT / "build"
    ours, flags = split_flags(arguments)
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("arguments", nargs="*", metavar="FILE [CHECKS]")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--fix", action="store_true")
    parser.add_argument("--perfidy", default=build / "bin/perfidy")
    parser.add_argument("--plugin", default=build / "lib/PerfidyTidy.so")
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--clang", default="clang++-22")
    parser.add_argument("--filecheck", default="FileCheck-22")
    return parser.parse_args(ours), flags


def check(tools, name, checks, flags):
    file = Path(name).resolve()
    text = file.read_text()
    lines = text.splitlines()
    if flags is None:
        own, flags = from_run_line(text, file)
        checks = checks or next((a for a in own if not a.startswith("-")), None)
        tools.fix = tools.fix or "--fix" in own
    checks = checks or "perfidy-*"
    flags = flags or []
    tidy, _, output = run_tidy(tools, file, checks, flags)
    shown, low = run_scan(tools, file, checks, flags)
    compare(file, lines, tidy, shown, low)
    if tools.update:
        update(file, lines, tidy)
        return
    file_check(tools, file, output, lines)
    if tools.fix:
        check_fixes(tools, file, checks, flags, lines)


def main():
    tools, flags = parse(sys.argv[1:])
    names = tools.arguments
    checks = None
    if not tools.update:
        names, checks = names[:1], "".join(names[1:2])
    failed = False
    for name in names:
        try:
            check(tools, name, checks, flags)
        except Wrong as problem:
            print(f"{name}: {problem}", file=sys.stderr)
            failed = True
    sys.exit(failed)


main()
