#!/usr/bin/env python3
"""editing.py PERFIDY-CLANGD FOLDER FIXABLE: what an editor sees of a file while somebody works on it."""
import json
import sys
from pathlib import Path
from urllib.parse import unquote

from lsp import Server, apply, fresh, uri
from samples import HEADER, LINEAR, QUADRATIC, USER

clangd, folder = sys.argv[1], Path(sys.argv[2])
fresh(folder)
file = folder / "orders.cpp"
file.write_text(QUADRATIC)
server = Server([clangd], folder)


def expect(what, found, *checks):
    """The checks, in order of the text."""
    said = [each["code"] for each in sorted(found, key=lambda each: each["range"]["start"]["line"])]
    if said != list(checks):
        sys.exit(f"{what}: {json.dumps(found, indent=1)}\n{server.log}")
    print(f"{what}: {said}")


# Nothing is configured.
server.open(file)
found = server.findings(file)
expect("opened", found, "perfidy-quadratic-loop")
first = found[0]
assert first["range"]["start"]["line"] == 6, first
assert "'find' searches 'ids' from its start" in first["message"], first
assert "O(orders x ids)" in first["message"], first
assert "(level 1, algorithmic complexity)" in first["message"], first
related = first["relatedInformation"]
assert [each["message"] for each in related][:2] == [
    "Loop over 'orders' starts here", "Searches 'ids' from its start here"], related
assert [each["location"]["range"]["start"]["line"] for each in related] == [5, 6, 6], related
page = Path(unquote(first["codeDescription"]["href"].removeprefix("file://")))
assert page.read_text().startswith("# quadratic-loop\n"), page

# Only in memory: the file stays as it is.
server.change(file, LINEAR)
expect("edited", server.findings(file))
server.change(file, QUADRATIC)
expect("taken back", server.findings(file), "perfidy-quadratic-loop")
server.change(file, QUADRATIC.replace("!= ids.end())", "!= ids.end()) // NOLINT(perfidy-*)"))
expect("NOLINT", server.findings(file))
server.change(file, QUADRATIC.replace("  return count;\n", "  return cou"))
server.diagnostics(file)
print("half a line: alive")
server.change(file, QUADRATIC.replace("int known", "\n\nint known"))
found = server.findings(file)
expect("moved", found, "perfidy-quadratic-loop")
assert found[0]["range"]["start"]["line"] == 8, found

# An include more: the preamble is made anew, and the facts of its headers.
(folder / "ids.h").write_text(HEADER)
user = folder / "user.cpp"
server.open(user, "#include <vector>\n")
expect("without the header", server.findings(user))
server.change(user, USER)
server.wait("findings through the header", lambda: len(
    [each for each in server.published.get(uri(user), (0, []))[1]
     if str(each.get("code")).startswith("perfidy-")]) == 2)
expect("through the header", server.findings(user), "perfidy-quadratic-loop",
       "perfidy-quadratic-loop")
for each in server.findings(user):
    assert each["relatedInformation"][1]["location"]["uri"] == uri(user), each
    assert uri(folder / "ids.h") in [note["location"]["uri"]
                                     for note in each["relatedInformation"]], each

# What the file makes of the header's templates: read before or not, for types of headers or its own.
more = """
struct Order { int id; bool operator==(const Order &other) const { return id == other.id; } };
int byTemplate(const std::vector<%s> &orders, const std::vector<%s> &ids) {
  int count = 0;
  for (const auto &order : orders)
    count += contains(ids, order);
  return count;
}
"""
both = ["perfidy-quadratic-loop"] * 2
for text, wanted in ((USER + "\n", both), (USER + more % ("long", "long"), both + both[:1]),
                     (USER.replace("contains(ids, order)", "order"), both[:1]),
                     (more.join(["#include \"ids.h\"\n", ""]) % ("long", "long"), both[:1]),
                     (USER + more % ("Order", "Order"), both + both[:1]),
                     (USER + more % ("Order", "Order") + "\n", both + both[:1]),
                     ((USER + more % ("Order", "Order")).replace("id == other.id", "true"), both + both[:1]),
                     (USER, both)):
    server.change(user, text)
    expect("templates", server.findings(user), *wanted)

# The header alone.
server.open(folder / "ids.h")
expect("a header alone", server.findings(folder / "ids.h"), "perfidy-quadratic-loop")

# Refactorings register themselves; all of clangd's are there.
half = folder / "half.cpp"
server.open(half, "auto half = 0.5;\n")
start = {"line": 0, "character": 1}
titles = [each["title"] for each in server.ask("textDocument/codeAction", {
    "textDocument": {"uri": uri(half)}, "range": {"start": start, "end": start},
    "context": {"diagnostics": []}})["result"]]
assert "Replace with deduced type" in titles, titles

# A file that gets another name, in the editor or on disk.
renamed = folder / "renamed.cpp"
file.rename(renamed)
server.change(file, QUADRATIC + "// with the old name\n")
expect("renamed", server.findings(file), "perfidy-quadratic-loop")
server.open(renamed)
expect("with the new name", server.findings(renamed), "perfidy-quadratic-loop")
server.close(renamed)
renamed.rename(file)

# didClose takes the diagnostics back.
server.close(file)
server.wait("didClose", lambda: server.published[uri(file)][1] == [])
print("closed: []")

# Nothing that a client sends ends it.
server.send({"method": "no/such/notification", "params": 7})
assert server.ask("no/such/request", {})["error"]["code"] == -32601
server.send({"method": "textDocument/didOpen", "params": {"textDocument": {"uri": 7}}})
server.raw(b"Content-Length: 12\r\n\r\nno { json ! ")
server.raw(b"X-Other: header\r\nContent-Length: 2\r\n\r\n{,")
for text in (b"[]", b"{}", b"null", b'[{"jsonrpc": "2.0", "method": "initialized"}]',
             b'{"jsonrpc": "2.0"}', b'{"jsonrpc": "2.0", "method": 7, "params": {}}',
             b'{"jsonrpc": "2.0", "method": "\xff\xfe"}', b'{"jsonrpc": "2.0", "id": 99, "result": 7}'):
    server.raw(b"Content-Length: %d\r\n\r\n%s" % (len(text), text))
server.open(file)
expect("after nonsense", server.findings(file), "perfidy-quadratic-loop")
server.stop()

# A fix, as people apply it.
fixed = folder / "visits.cpp"
fixed.write_text(Path(sys.argv[3]).read_text())
server = Server([clangd], folder)
server.open(fixed)
text = fixed.read_text()
for round_number in range(20):
    with_fix = [each for each in server.findings(fixed) if "fix available" in each["message"]]
    if not with_fix:
        break
    fixes = server.fixes(fixed, with_fix[0])
    assert fixes, with_fix
    action = fixes[0]
    print(action["title"])
    assert action["kind"] == "quickfix", action
    text = apply(text, action["edit"]["changes"][uri(fixed)])
    server.change(fixed, text)
    left = server.diagnostics(fixed)
    assert not [each for each in left if each["severity"] == 1], left
    assert with_fix[0]["range"]["start"] not in [each["range"]["start"] for each in left], left
assert round_number, "there was no fix"
print(f"{round_number} fixes applied; silent after")
server.stop()
