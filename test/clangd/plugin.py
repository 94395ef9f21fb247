#!/usr/bin/env python3
"""plugin.py PERFIDY-CLANGD FOLDER PLUGIN PERFIDY-PLUGIN: clang-tidy plugins in clangd."""
import sys
from pathlib import Path

from lsp import Server, apply, fresh, uri
from samples import QUADRATIC

clangd, folder, plugin, ours = sys.argv[1], Path(sys.argv[2]).resolve(), *sys.argv[3:]
fresh(folder)
(folder / ".clang-tidy").write_text(
    "Checks: 'tiny-*'\nCheckOptions: {tiny-no-door.House: 'the small one'}\n")
file = folder / "orders.cpp"
file.write_text(QUADRATIC + "void door();\n")


def codes(found):
    return sorted(each["code"] for each in found)


def server_with(*options, environment=None):
    server = Server([clangd, *options], folder, environment=environment)
    server.open(file)
    return server


for what, options, environment in (
        ("--load", [f"--load={plugin}"], None),
        ("CLANGD_FLAGS", [], {"CLANGD_FLAGS": f"--load={plugin}"})):
    server = server_with(*options, environment=environment)
    found = server.diagnostics(file)
    assert codes(found) == ["perfidy-quadratic-loop", "tiny-no-door"], (found, server.log)
    door = next(each for each in found if each["code"] == "tiny-no-door")
    assert door["message"].startswith("A door in 'the small one'"), door
    assert "codeDescription" not in door, door  # nobody knows where its page is
    fix = server.fixes(file, door)[0]
    changed = apply(file.read_text(), fix["edit"]["changes"][uri(file)])
    assert "void gate();" in changed, changed
    server.change(file, changed)
    assert codes(server.diagnostics(file)) == ["perfidy-quadratic-loop"]
    server.stop()
    print(f"{what}: both")

# What cannot be loaded is said, and the editor lives.
NOT_A_PLUGIN = folder / "not-a-plugin.so"
NOT_A_PLUGIN.write_text("text\n")
for what, name in (("no such file", folder / "none.so"), ("no library", NOT_A_PLUGIN)):
    server = server_with(f"--load={name}", f"--load={plugin}")
    assert codes(server.diagnostics(file)) == ["perfidy-quadratic-loop", "tiny-no-door"], server.log
    server.stop()
    said = [line for line in server.log.splitlines() if "cannot load the plugin" in line]
    assert len(said) == 1 and str(name) in said[0] and "built for LLVM" in said[0], server.log
    print(f"{what}: {said[0]}")

# A library that is no plugin, and our own module, which is inside already.
for what, name in (("a library", "libm.so.6"), ("our own", ours)):
    server = server_with(f"--load={name}")
    assert codes(server.diagnostics(file)) == ["perfidy-quadratic-loop"], server.log
    server.stop()
    print(f"{what}: alive")
assert "perfidy-clangd: 'libm.so.6' has no clang-tidy module" not in server.log
print("done")
