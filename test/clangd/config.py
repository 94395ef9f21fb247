#!/usr/bin/env python3
"""config.py PERFIDY-CLANGD FOLDER: the user's .clangd and .clang-tidy win over our defaults."""
import sys
import time
from pathlib import Path

from lsp import Server, fresh
from samples import HEADER, QUADRATIC, USER

clangd, folder = sys.argv[1], Path(sys.argv[2]).resolve()
# Something that clangd's own default checks report, and our check.
SOURCE = QUADRATIC + "double half(int all) { return all / 2; }\n"
OURS, DEFAULT = "perfidy-quadratic-loop", "bugprone-integer-division"


def says(what, wanted, files, options=()):
    fresh(folder)
    for name, text in files.items():
        (folder / name).write_text(text)
    file = folder / "orders.cpp"
    file.write_text(SOURCE)
    server = Server([clangd, *options], folder)
    server.open(file)
    found = sorted(each.get("code") for each in server.diagnostics(file))
    server.stop()
    if found != sorted(wanted):
        sys.exit(f"{what}: {found}, not {wanted}\n{server.log}")
    print(f"{what}: {found}")


says("nothing set", [OURS, DEFAULT], {})
says("--clang-tidy=0", [], {}, ["--clang-tidy=0"])

# .clang-tidy: as if ours stood before the user's list.
says("its own checks", [OURS], {".clang-tidy": "Checks: 'modernize-use-nullptr'\n"})
says("without ours", [], {".clang-tidy": "Checks: '-perfidy-*'\n"})
says("without this one", [], {".clang-tidy": "Checks: '-perfidy-quadratic-loop'\n"})
says("only others", [DEFAULT], {".clang-tidy": "Checks: '-*,bugprone-integer-division'\n"})
says("only ours", [OURS], {".clang-tidy": "Checks: '-*,perfidy-*'\n"})
says("as an error", [OURS], {".clang-tidy": "WarningsAsErrors: 'perfidy-*'\nChecks: '-*,perfidy-*'\n"})

# .clangd
TIDY = "Diagnostics: {ClangTidy: {%s}}\n"
says("Remove", [DEFAULT], {".clangd": TIDY % "Remove: perfidy-*"})
says("Suppress", [DEFAULT], {".clangd": "Diagnostics: {Suppress: perfidy-quadratic-loop}\n"})
says("Suppress all", [], {".clangd": "Diagnostics: {Suppress: '*'}\n"})
for policy in ("Strict", "Loose", "None"):
    says(f"FastCheckFilter: {policy}", [OURS, DEFAULT], {".clangd": TIDY % f"FastCheckFilter: {policy}"})
says("--enable-config=0", [OURS, DEFAULT], {".clangd": TIDY % "Remove: perfidy-*"},
     ["--enable-config=0"])

# Options of the checks; a mistake in one is an error in the editor, and no more.
says("MinConfidence", [OURS], {".clang-tidy": "Checks: '-*,perfidy-*'\nCheckOptions: "
                               "{perfidy-quadratic-loop.MinConfidence: low}\n"})
says("a wrong word", ["clang-tidy-config"], {".clang-tidy": "Checks: '-*,perfidy-*'\nCheckOptions: "
                                        "{perfidy-quadratic-loop.MinConfidence: sure}\n"})
says("no such models", ["clang-tidy-config"],
     {".clang-tidy": "Checks: '-*,perfidy-*'\nCheckOptions: {perfidy.Models: none.json}\n"})

# Edited while the server runs: it looks at .clang-tidy again after a while, and the facts of headers that
# were not taken are then. What it knows of the header is never of other models.
fresh(folder)
(folder / "ids.h").write_text(HEADER)
(folder / ".clang-tidy").write_text("Checks: '-perfidy-*'\n")
user = folder / "user.cpp"
server = Server([clangd], folder)
server.open(user, USER)
assert server.findings(user) == []
for what, text, count in (("on", "Checks: 'perfidy-*'\n", 2), ("off", "Checks: '-perfidy-*'\n", 0),
                          ("broken", "no: [\n", 2)):
    (folder / ".clang-tidy").write_text(text)
    time.sleep(5.5)
    server.change(user, USER + f"// {what}\n")
    server.diagnostics(user)
    server.wait(f"{what}: {count} findings", lambda: len(server.findings(user)) == count)
    print(f"switched {what}: {count}")
server.stop()
print("done")
