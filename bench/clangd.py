#!/usr/bin/env python3
"""clangd.py -p BUILD [--edits N] [--at end|body] [--instructions] [--store] FILE...

What the checks cost in an editor: the CPU time that perfidy-clangd takes to read
a file again after an edit, with our checks and without, and to open it, which
reads its headers. Two servers are edited in turn, in memory only; clangd's own
default checks run in both. An edit is a statement more in a function in the
middle of the file or, --at end, a comment at its end. The target is 3 % more for
an edit.

--instructions runs them in valgrind and counts what is executed: slow, and the
same on a machine that is busy.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "test/clangd"))
import lsp  # noqa: E402

# clangd's own, which it leaves out when a configuration names any check.
DEFAULTS = ["readability-misleading-indentation", "readability-deleted-default",
            "bugprone-integer-division", "bugprone-sizeof-expression",
            "bugprone-suspicious-missing-comma", "bugprone-unused-raii",
            "bugprone-unused-return-value", "misc-unused-using-decls", "misc-unused-alias-decls",
            "misc-definitions-in-headers"]


class Timed:
    """A server and the CPU time it has taken."""
    unit = 1e6  # nanoseconds in a millisecond
    wrapper = []
    pause = 0.03

    def __init__(self, arguments, folder, ours):
        self.folder = folder
        config = folder / "config/clangd"
        config.mkdir(parents=True)
        store = "" if arguments.store else "CheckOptions: {perfidy.Store: none}, "
        (config / "config.yaml").write_text(
            "Index: {StandardLibrary: No}\n"
            f"Diagnostics: {{ClangTidy: {{{store}Add: [{', '.join(DEFAULTS)}]"
            f"{'' if ours else ', Remove: perfidy-*'}}}}}\n")
        self.server = lsp.Server(
            [*self.wrapper, str(arguments.build / "bin/perfidy-clangd"), "--background-index=false",
             "-j=1", f"--compile-commands-dir={Path(arguments.p).resolve()}"], folder,
            environment={"XDG_CONFIG_HOME": str(folder / "config")})

    def cpu(self):
        """In nanoseconds, of all threads that live: those that read files do."""
        tasks = Path(f"/proc/{self.server.process.pid}/task")
        return sum(int((tasks / task / "schedstat").read_text().split()[0])
                   for task in os.listdir(tasks))

    def rest(self):
        """The CPU time when nothing is left to do."""
        before = self.cpu()
        while True:
            time.sleep(self.pause)
            now = self.cpu()
            if now - before < 1_000_000:
                return now
            before = now

    def taken(self, work, file):
        before = self.rest()
        work()
        self.server.diagnostics(file)
        return (self.rest() - before) / self.unit


class Counted(Timed):
    """The same by instructions, in millions, of edits only."""
    wrapper = ["valgrind", "--tool=callgrind", "--instr-atstart=no",
               "--callgrind-out-file=counted"]
    pause = 0.5

    def control(self, *what):
        subprocess.run(["callgrind_control", *what, str(self.server.process.pid)], check=True,
                       capture_output=True)

    def taken(self, work, file):
        self.rest()
        self.control("-i", "on")
        self.control("-z")
        work()
        self.server.diagnostics(file)
        self.rest()
        self.control("-d")
        self.control("-i", "off")
        parts = sorted(self.folder.glob("counted.*"), key=lambda each: int(each.suffix[1:]))
        total = re.search(r"^(?:summary|totals): (\d+)", parts[-1].read_text(), re.M)
        return int(total[1]) / 1e6


def edited(text, where, number):
    if where == "end":
        return f"{text}// edit {number}\n"
    lines = text.split("\n")
    calls = [at for at, line in enumerate(lines)
             if re.match(r"\s+[\w:>.*()\[\]-]+.*\);$", line)
             and not re.match(r"\s+(return|delete|throw|else|case|if|for|while)\b", line)
             and at and re.search(r"[;{}]\s*$", lines[at - 1])]
    middle = min(calls, key=lambda at: abs(at - len(lines) // 2))
    lines.insert(middle, f"(void){number};")
    return "\n".join(lines)


def measure(arguments, file):
    text = file.read_text()
    kind, unit = (Counted, "million instructions") if arguments.instructions else (Timed, "ms")
    with tempfile.TemporaryDirectory() as folder:
        servers, opened = {}, {}
        for name in ("off", "on"):
            (Path(folder) / name).mkdir()
            servers[name] = each = kind(arguments, Path(folder) / name, name == "on")
            opened[name] = Timed.taken(each, lambda each=each: each.server.open(file, text), file)
        edits = {name: [] for name in servers}
        for number in range(-2, arguments.edits):
            for name in (("off", "on") if number % 2 else ("on", "off")):
                each = servers[name]
                # The first edits fill caches.
                take = Timed.taken if number < 0 else kind.taken
                taken = take(each, lambda each=each: each.server.change(
                    file, edited(text, arguments.at, number + 3)), file)
                if number >= 0:
                    edits[name].append(taken)
        found = len(servers["on"].server.findings(file))
        for each in servers.values():
            each.server.stop()
    off, on = (statistics.median(edits[name]) for name in ("off", "on"))
    print(f"{file.name}: an edit {off:.1f} {unit} without, {on:.1f} with ({(on / off - 1) * 100:+.1f} %)"
          + ("" if arguments.instructions else
             f"; to open it {opened['off']:.0f} and {opened['on']:.0f} ms "
             f"({(opened['on'] / opened['off'] - 1) * 100:+.1f} %)") + f"; {found} findings", flush=True)
    return on / off


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[1])
    parser.add_argument("-p", required=True, metavar="BUILD")
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="of perfidy")
    parser.add_argument("--edits", type=int, help="20, or 2 of which instructions are counted")
    parser.add_argument("--at", choices=["body", "end"], default="body")
    parser.add_argument("--instructions", action="store_true", help="needs valgrind")
    parser.add_argument("--store", action="store_true", help="with the store above the file")
    parser.add_argument("files", nargs="+", type=Path)
    arguments = parser.parse_args()
    arguments.edits = arguments.edits or (2 if arguments.instructions else 20)
    if arguments.instructions:
        lsp.PATIENCE = 1800
    ratios = [measure(arguments, file.resolve()) for file in arguments.files]
    print(f"all: {(statistics.geometric_mean(ratios) - 1) * 100:+.1f} % an edit")


main()
