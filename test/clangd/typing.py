#!/usr/bin/env python3
"""typing.py PERFIDY-CLANGD FOLDER: after any edit a file is judged as if it had just been opened."""
import os
import sys
import time
from pathlib import Path

from lsp import Server, fresh, uri
from samples import HEADER, LINEAR, QUADRATIC, USER

clangd, folder = sys.argv[1], Path(sys.argv[2])
fresh(folder)
server = Server([clangd, "--background-index=false"], folder)

# One function in each way in which one can rest on another, and on where it stands.
PROGRAM = """\
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace {
struct Name { std::string text; std::vector<int> marks; };
struct Same {
  int id;
  bool operator()(int other) const { return other == id; }
};
}

constexpr int few() { return 3; }
auto rounds(const std::vector<int> &all) { return all.size(); }

bool known(const std::vector<int> &ids, int id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

static void fail() { throw 1; }

class Orders {
public:
  int count(const std::vector<int> &ids) const {
    int all = 0;
    for (int order : orders)
      all += known(ids, order);
    return all;
  }
  void add(int order) { orders.push_back(order); }
  void shrink() { orders.erase(orders.begin()); }

private:
  std::vector<int> orders;
};

template <class Key> bool has(const std::vector<Key> &keys, const Key &key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

int byTemplate(const std::vector<int> &orders, const std::vector<int> &ids) {
  int count = 0;
  for (int order : orders)
    count += has(ids, order);
  return count;
}

int byLambda(const std::vector<int> &orders, const std::vector<int> &ids) {
  int count = 0;
  auto look = [&](int order) { return std::find(ids.begin(), ids.end(), order) != ids.end(); };
  for (int order : orders)
    count += look(order);
  return count;
}

int byFunctor(const std::vector<int> &orders, const std::vector<int> &ids) {
  int count = 0;
  for (int order : orders)
    count += std::find_if(ids.begin(), ids.end(), Same{order}) != ids.end();
  return count;
}

int bounded(const std::vector<int> &ids) {
  int count = 0;
  for (int i = 0; i < few(); ++i)
    count += known(ids, i);
  return count;
}

int sized(const std::vector<int> &orders, const std::vector<int> &ids) {
  Name name;
  int count = 0;
  for (std::size_t i = 0; i < rounds(orders); ++i) {
    if (name.marks.size() > 7)
      fail();
    count += known(ids, orders[i]);
  }
  return count;
}

int drain(std::vector<int> queue) {
  int all = 0;
  while (!queue.empty()) {
    all += queue.front();
    queue.erase(queue.begin());
  }
  return all;
}
"""

EDITS = [
    ("a blank", "namespace {\n", "namespace { \n"),
    ("a line above", "namespace { \n", "\n\nnamespace {\n"),
    ("a comment above", "namespace {\n", "// of this file\nnamespace {\n"),
    ("the helper is empty", "  return std::find(ids.begin(), ids.end(), id) != ids.end();", "  return ids.size() > size_t(id);"),
    ("the helper is back, lower", "  return ids.size() > size_t(id);", "\n\n  return std::find(ids.begin(), ids.end(), id) != ids.end();"),
    ("a constant grows", "return 3;", "return 30000;"),
    ("what the functor does", "return other == id;", "return other < id;"),
    ("what the functor did", "return other < id;", "return other == id;"),
    ("the template", "  return std::find(keys.begin(), keys.end(), key) != keys.end();", "  return !keys.empty() && keys[0] == key;"),
    ("the template again", "  return !keys.empty() && keys[0] == key;", "  return std::find(keys.begin(), keys.end(), key) != keys.end();"),
    ("another instantiation", "count += has(ids, order);", "count += has(ids, order) + has(std::vector<long>(7), 7L);"),
    ("a lambda moves", "  auto look = ", "  count += 0;\n  auto look = "),
    ("what a name means", "class Orders {", "#define known(ids, id) (id > 0)\nclass Orders {"),
    ("what it meant", "#define known(ids, id) (id > 0)\n", ""),
    ("another type", "  std::vector<int> orders;\n};", "  std::vector<long> orders;\n};"),
    ("a macro in a body", "  int all = 0;\n  while", "  int all = 0;\n#define front back\n  while"),
    ("none in a body", "#define front back\n", ""),
    ("what it returns", "return all.size();", "return 4;"),
    ("half a body", "  Name name;\n", "  Name name;\n  if (count) {\n"),
    ("a body again", "  Name name;\n  if (count) {\n", "  Name name;\n"),
    ("a function on one line with another", "\n\nint drain(", " int drain("),
    ("a function less", "static void fail() { throw 1; }\n", ""),
    ("and back", "class Orders {", "static void fail() { throw 1; }\nclass Orders {"),
    ("it does not throw", "static void fail() { throw 1; }", "static void fail() { return; }"),
    ("more instantiations", "int drain(", "void more() { has(std::vector<long>(7), 7L); has(std::vector<char>(7), 'c'); "
     "has(std::vector<unsigned>(7), 7u); has(std::vector<short>(7), short(7)); has(std::vector<double>(7), 7.); }\nint drain("),
    ("two functions change places", "class Orders {", "int first(std::vector<int> q) { while (!q.empty()) q.erase(q.begin()); return 0; }\nclass Orders {"),
]


def seen(path):
    """All that is said of it, whatever its name."""
    name = uri(path)
    return [(each["range"], each["code"], each["message"],
             [(note["message"], note["location"]["range"], note["location"]["uri"] == name)
              for note in each.get("relatedInformation", [])])
            for each in server.findings(path)]


program, text = folder / "program.cpp", PROGRAM
server.open(program, text)
most = 0
for number, (what, before, after) in enumerate(EDITS):
    assert before in text, what
    text = text.replace(before, after, 1)
    server.change(program, text)
    now = seen(program)
    other = folder / f"opened{number}.cpp"
    server.open(other, text)
    if now != seen(other):
        sys.exit(f"{what}:\n{now}\nand of the same text, opened:\n{seen(other)}")
    server.close(other)
    most = max(most, len(now))
    print(f"{what}: {len(now)}")
assert most > 6, most

# What a file makes of its headers' templates is taken over as well, for its own lambdas too.
(folder / "run.h").write_text("""\
#pragma once
#include <algorithm>
#include <vector>
template <class Work> int forAll(const std::vector<int> &all, Work work) {
  int count = 0;
  for (int each : all)
    count += work(each);
  return count;
}
template <class Work, class... More> int twice(Work work, More &&...more) { return work(more...) + forAll({1, 2}, work); }
template <class Key> bool holds(const std::vector<Key> &keys, const Key &key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}
""")
PROGRAM = """\
#include "run.h"
template <class Key> int look(const std::vector<Key> &keys, const Key &key) {
  int none = 0;
  return std::find(keys.begin(), keys.end(), key) != keys.end() ? 1 : none;
}
int byLambda(const std::vector<int> &orders, const std::vector<int> &ids) {
  return forAll(orders, [&](int order) { return holds(ids, order) ? 1 : 0; });
}
int byGeneric(const std::vector<int> &orders, const std::vector<int> &ids) {
  return forAll(orders, [&](auto order) { return holds(ids, order) ? 1 : 0; });
}
int twoOfThem(const std::vector<int> &orders, const std::vector<int> &ids) {
  int count = forAll(orders, [&](int order) { return look(ids, order); });
  return count + forAll(orders, [&](int order) { return order > 0 ? 1 : 0; }) +
         twice([&](int order) { return holds(ids, order) ? 1 : 0; }, 7);
}
int plain(const std::vector<int> &orders, const std::vector<int> &ids) {
  int count = 0;
  for (int order : orders)
    count += holds(ids, order) + look(ids, order);
  return count;
}
"""
EDITS = [
    ("a line above", "int byLambda", "\nint byLambda"),
    ("another function", "  int count = 0;\n  for (int", "  int count = 0;\n\n  for (int"),
    ("the lambda", "[&](int order) { return holds(ids, order) ? 1 : 0; });\n}\nint byGeneric",
     "[&](int order) { return order ? 1 : 0; });\n}\nint byGeneric"),
    ("the lambda again", "[&](int order) { return order ? 1 : 0; });\n}\nint byGeneric",
     "[&](int order) { return holds(ids, order) ? 1 : 0; });\n}\nint byGeneric"),
    ("the template", "? 1 : none;", "? 2 : none;"),
    ("the template finds nothing", "std::find(keys.begin(), keys.end(), key) != keys.end() ? 2", "keys[0] == key ? 2"),
    ("the first of two lambdas", "return look(ids, order); });", "return order; });"),
    ("more of them", "int plain(", "int more(const std::vector<int> &ids) {\n  return holds(ids, 1) + holds({1L}, 1L) + holds({1u}, 1u) + "
     "holds({'c'}, 'c') + holds({1.}, 1.) + forAll(ids, [](int i) { return i; });\n}\nint plain("),
    ("and edited", "int count = 0;\n\n", "int count = 0;\n"),
    ("and the generic one", "[&](auto order) { return holds", "[&](auto order) { return 1 + holds"),
    ("and moved", "int byGeneric", "// down\n\nint byGeneric"),
]
users, text, most = folder / "run.cpp", PROGRAM, 0
server.open(users, text)
for number, (what, before, after) in enumerate(EDITS):
    assert before in text, what
    text = text.replace(before, after, 1)
    server.change(users, text)
    now = seen(users)
    other = folder / f"run{number}.cpp"
    server.open(other, text)
    if now != seen(other):
        sys.exit(f"{what}:\n{now}\nand of the same text, opened:\n{seen(other)}")
    server.close(other)
    most = max(most, len(now))
    print(f"headers' templates, {what}: {len(now)}")
assert most > 4, most

# Faster than anybody reads: only the last text counts, and its findings arrive.
orders = folder / "orders.cpp"
server.open(orders, LINEAR)
for number in range(60):
    server.change(orders, (QUADRATIC if number % 2 else LINEAR) + f"// {number}\n")
assert [each["code"] for each in server.findings(orders)] == ["perfidy-quadratic-loop"]
for number in range(60):
    server.change(orders, QUADRATIC[:len(QUADRATIC) - number] if number else LINEAR)
server.change(orders, LINEAR)
assert server.findings(orders) == []
print("fast: the last")

# A header that is edited counts when it is saved, as for clangd itself.
header, user = folder / "ids.h", folder / "user.cpp"
header.write_text(HEADER)
server.open(user, USER)
server.open(header)
assert len(server.findings(user)) == 2
assert len(server.findings(header)) == 1
searching = "std::find(all.begin(), all.end(), id) != all.end()"
edited = HEADER.replace(searching, "id > 0 && !all.empty() && all[0] == id")
server.change(header, edited)
server.change(user, USER + "// not saved\n")
assert len(server.findings(user)) == 2
header.write_text(edited)
later = time.time() + 7  # another time of change, whatever the file system counts in
os.utime(header, (later, later))
server.tell("textDocument/didSave", {"textDocument": {"uri": uri(header)}})
server.change(user, USER + "// saved\n")
server.wait("findings of the saved header", lambda: len(
    [each for each in server.published.get(uri(user), (0, []))[1]
     if str(each.get("code")).startswith("perfidy-")]) == 1)
server.change(user, USER + "// and edited\n")
assert len(server.findings(user)) == 1
print("header: when it is saved")

server.stop()
print("done")
