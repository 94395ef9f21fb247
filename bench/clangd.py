#!/usr/bin/env python3
"""clangd.py -p BUILD [--edits N] [--store] FILE...

What the checks cost in an editor: the CPU time that perfidy-clangd takes to read
a file again after an edit, with our checks and without, and to open it, which
reads its headers. Two servers are edited in turn, in memory only; clangd's own
default checks run in both. The target is 3 % more for an edit.
"""
import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "test/clangd"))
from lsp import Server  # noqa: E402

# clangd's own, which it leaves out when a configuration names any check.
DEFAULTS = ["readability-misleading-indentation", "readability-deleted-default",
            "bugprone-integer-division", "bugprone-sizeof-expression",
            "bugprone-suspicious-missing-comma", "bugprone-unused-raii",
            "bugprone-unused-return-value", "misc-unused-using-decls", "misc-unused-alias-decls",
            "misc-definitions-in-headers"]


class Timed:
    """A server and the CPU time it has taken."""

    def __init__(self, arguments, folder, ours):
        config = folder / "config/clangd"
        config.mkdir(parents=True)
        store = "" if arguments.store else "CheckOptions: {perfidy.Store: none}, "
        (config / "config.yaml").write_text(
            "Index: {StandardLibrary: No}\n"
            f"Diagnostics: {{ClangTidy: {{{store}Add: [{', '.join(DEFAULTS)}]"
            f"{'' if ours else ', Remove: perfidy-*'}}}}}\n")
        self.server = Server(
            [str(arguments.build / "bin/perfidy-clangd"), "--background-index=false", "-j=1",
             f"--compile-commands-dir={Path(arguments.p).resolve()}"], folder,
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
            time.sleep(0.03)
            now = self.cpu()
            if now - before < 1_000_000:
                return now
            before = now

    def taken(self, work, file):
        before = self.rest()
        work()
        self.server.diagnostics(file)
        return (self.rest() - before) / 1e6


def measure(arguments, file):
    text = file.read_text()
    with tempfile.TemporaryDirectory() as folder:
        servers = {}
        for name in ("off", "on"):
            (Path(folder) / name).mkdir()
            servers[name] = Timed(arguments, Path(folder) / name, name == "on")
        opened = {name: each.taken(lambda each=each: each.server.open(file, text), file)
                  for name, each in servers.items()}
        edits = {name: [] for name in servers}
        for number in range(arguments.edits):
            for name in (("off", "on") if number % 2 else ("on", "off")):
                each = servers[name]
                edits[name].append(each.taken(
                    lambda each=each: each.server.change(file, f"{text}// edit {number}\n"), file))
        found = len(servers["on"].server.findings(file))
        for each in servers.values():
            each.server.stop()
    # The first edits fill caches.
    off, on = (statistics.median(edits[name][2:]) for name in ("off", "on"))
    print(f"{file.name}: an edit {off:.1f} ms without, {on:.1f} ms with ({(on / off - 1) * 100:+.1f} %); "
          f"to open it {opened['off']:.0f} and {opened['on']:.0f} ms "
          f"({(opened['on'] / opened['off'] - 1) * 100:+.1f} %); {found} findings", flush=True)
    return on / off


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[1])
    parser.add_argument("-p", required=True, metavar="BUILD")
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="of perfidy")
    parser.add_argument("--edits", type=int, default=22)
    parser.add_argument("--store", action="store_true", help="with the store above the file")
    parser.add_argument("files", nargs="+", type=Path)
    arguments = parser.parse_args()
    ratios = [measure(arguments, file.resolve()) for file in arguments.files]
    print(f"all: {(statistics.geometric_mean(ratios) - 1) * 100:+.1f} % an edit")


main()
