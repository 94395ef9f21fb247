#!/usr/bin/env python3
"""Links generated summaries and says what it costs in time and memory.

    bench/link.py [--perfidy COMMAND] [--keep FOLDER] [UNITS...]

UNITS are numbers of translation units; 1000, 2500, 5000 and 10000 if left out. Each has ten
functions of its own and sees five of a header that others see too, and a class with fields, a
constructor that keeps what it is given and, in every other class, a destructor. One class in five
listens to a bus that it is given or that a helper of another file subscribes it to, three in four
of these are taken off again, and one class in three posts a lambda that holds objects. The call
graph is made like real ones:
layers from handlers down to storage, most functions with a few calls and some with dozens, the
callee mostly near in the same folder and sometimes a popular helper far below, one function in
fifty part of a cycle over several files, virtual calls with overriders, loops over parameters and
fields, one function in forty a query. All of it comes from one seed: two runs link the same.
"""
import argparse
import os
import random
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OWN, SHARED, LAYERS = 10, 5, 40
VERSION = int(re.search(r"SummaryVersion = (\d+)",
                        (ROOT / "analysis/summary/Summary.h").read_text())[1])


def cbor(value):
    def head(major, number):
        if number < 24:
            return bytes([major << 5 | number])
        for code, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
            if number < 1 << (8 * size):
                return bytes([major << 5 | code]) + number.to_bytes(size, "big")
        raise ValueError(number)

    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, str):
        text = value.encode()
        return head(3, len(text)) + text
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    return head(5, len(value)) + b"".join(cbor(k) + cbor(v) for k, v in value.items())


class Generator:
    def __init__(self, units):
        self.units = units
        self.random = random.Random(units)
        # (unit, number) of every function, by layer: calls go down, cycles go back up.
        self.layer = {}
        self.entities = max(1, units // 10) * SHARED
        self.members = [[] for _ in range(LAYERS)]
        for unit in range(units):
            middle = self.random.randrange(LAYERS)
            for number in range(OWN):
                layer = min(LAYERS - 1, max(0, middle + self.random.randrange(-2, 3)))
                self.layer[unit, number] = layer
                self.members[layer].append((unit, number))
        self.popular = [self.random.choice(self.members[-1 - self.random.randrange(6)])
                        for _ in range(200)]

    @staticmethod
    def usr(function):
        return f"c:@N@app@S@Class{function[0]}@F@method{function[1]}#I#&1$@N@std@S@vector>#I#"

    @staticmethod
    def name(function):
        return f"app::Class{function[0]}::method{function[1]}"

    def callee(self, unit, layer):
        dice = self.random.random()
        if dice < 0.1:
            return self.random.choice(self.popular)
        below = [layer + 1 + int(self.random.expovariate(0.7)) for _ in range(1)][0]
        if below >= LAYERS:
            return None
        members = self.members[below]
        if not members:
            return None
        # Mostly a neighbour: files of one folder are compiled side by side.
        near = int(len(members) * unit / self.units + self.random.gauss(0, 20)) % len(members)
        return members[near]

    @staticmethod
    def value(parameter, loop=None, spelling="value"):
        path = {"Base": "Parameter", "Position": parameter}
        result = {"Path": path, "Spelling": spelling, "Inputs": [path]}
        if loop is not None:
            result["Varies"] = [loop]
        return result

    def function(self, usr, name, file, line, layer, unit, shared=False):
        loops, calls = [], []
        where = [file, line, 3, line * 40]
        if self.random.random() < 0.3:
            loops.append({"Form": "RangeFor", "Bound": "SizeOf", "Begin": where,
                          "End": [file, line + 9, 3, line * 40 + 300],
                          "Range": self.value(1, spelling="items"), "Element": 0})
        count = min(40, 1 + int(self.random.paretovariate(1.3)))
        targets = [self.callee(unit, layer) for _ in range(0 if shared else count)]
        if not shared and self.random.random() < 0.02:  # back up: a cycle
            targets.append(self.random.choice(self.members[max(0, layer - 2)]))
        for at, target in enumerate(targets):
            if not target:
                continue
            inside = loops and self.random.random() < 0.4
            call = {"Callee": self.usr(target), "Name": self.name(target), "Form": "Member",
                    "Where": [file, line + at + 1, 5, line * 40 + at],
                    "Receiver": {"Path": {"Base": "This"}, "Spelling": "this"},
                    "Arguments": [self.value(0, 0 if inside else None, "id"),
                                  self.value(1, spelling="items")]}
            if inside:
                call["Loop"] = 0
            if self.random.random() < 0.1:
                call["Virtual"] = True
            calls.append(call)
        if layer > LAYERS - 8 and self.random.random() < 0.12:
            calls.append({"Callee": "c:@F@PQexec", "Name": "PQexec", "Form": "Plain",
                          "System": True, "Role": "query.execute", "Database": "remote",
                          "Library": "libpq", "Where": where,
                          "Sql": "SELECT name FROM users WHERE id = \x01",
                          "Key": self.value(0, spelling="id"),
                          "Arguments": [self.value(0, spelling="id")]})
        for _ in range(3):  # what no model knows and nobody defines
            calls.append({"Callee": f"c:@N@std@F@helper{self.random.randrange(500)}",
                          "Name": "std::helper", "System": True, "Form": "Plain", "Where": where,
                          "Arguments": [self.value(0)]})
        return {"Usr": usr, "Name": name, "Kind": "Method", "Where": where,
                "End": [file, line + 30, 1, line * 40 + 900], "Class": name.rpartition("::")[0],
                "Parameters": [{"Name": "id", "Type": "int"},
                               {"Name": "items", "Type": "std::vector"}],
                "Virtual": self.random.random() < 0.1,
                "Overrides": ([self.usr(self.random.choice(self.members[layer] or self.popular))]
                              if self.random.random() < 0.05 else []),
                "Locals": [{"Name": "item", "Type": "int", "Where": where}],
                "Loops": loops, "Calls": calls}

    @staticmethod
    def field(name):
        return {"Path": {"Base": "This", "Fields": [name]}, "Spelling": name}

    def subscription(self, name, adds, call):
        this = {"Path": {"Base": "This"}, "Spelling": "this"}
        emitter = self.value(0, spelling="bus") if adds else self.field("bus_")
        made = {"Adds": adds, "Call": call, "Emitter": emitter, "EmitterType": "app::Bus",
                "Event": "app::Bus::changed", "Listener": this, "ListenerType": name,
                "Handler": name + "::method1", "Fate": "Dropped"}
        if adds:
            del made["Adds"]
        return made

    def bus_call(self, where, adds):
        return {"Callee": f"c:@N@bus@F@{'connect' if adds else 'disconnect'}", "Form": "Plain",
                "Name": f"bus::{'connect' if adds else 'disconnect'}", "System": True,
                "Role": "listener.add" if adds else "listener.remove", "Library": "bus",
                "Where": where, "Arguments": [self.value(0, spelling="bus")]}

    def class_of(self, unit):
        """A class, and its constructor, destructor and lambda as far as it has them."""
        name, usr = f"app::Class{unit}", f"c:@N@app@S@Class{unit}"
        other = self.random.randrange(self.units)
        where = [0, 900, 7, 36000]
        constructor = {"Usr": f"{usr}@F@Class{unit}#&$@N@app@S@Bus#", "Kind": "Constructor",
                       "Name": f"{name}::Class{unit}", "Where": where, "End": where, "Class": name,
                       "Parameters": [{"Name": "bus", "Type": "app::Bus", "Mutable": True},
                                      {"Name": "items", "Type": "std::vector"}],
                       "Calls": [], "Registrations": [],
                       "Keeps": [{"Into": {"Base": "This", "Fields": ["bus_"]},
                                  "What": self.value(0, spelling="bus"), "Where": where},
                                 {"Into": {"Base": "This", "Fields": ["items_"]},
                                  "What": self.value(1, spelling="items"), "Where": where}]}
        destructor = {"Usr": f"{usr}@F@~Class{unit}#", "Kind": "Destructor", "Class": name,
                      "Name": f"{name}::~Class{unit}", "Where": where, "End": where, "Calls": [],
                      "Registrations": []}
        functions = [constructor]
        listens = unit % 5 == 0
        if listens and unit % 10 == 0:
            constructor["Calls"].append(self.bus_call(where, True))
            constructor["Registrations"].append(self.subscription(name, True, 0))
        elif listens:  # by a helper: the constructor of another that listens
            constructor["Calls"].append(
                {"Callee": f"c:@N@app@S@Class{other // 10 * 10}@F@Class{other // 10 * 10}"
                           "#&$@N@app@S@Bus#", "Name": "app::attach", "Form": "Member",
                 "Where": where, "Receiver": {"Path": {"Base": "This"}, "Spelling": "this"},
                 "Arguments": [self.value(0, spelling="bus"), self.value(1, spelling="items")]})
        if listens and self.random.random() < 0.75:
            destructor["Calls"].append(self.bus_call(where, False))
            destructor["Registrations"].append(self.subscription(name, False, 0))
        has_destructor = unit % 2 == 0 or destructor["Calls"]
        if has_destructor:
            functions.append(destructor)
        if unit % 3 == 0:
            lambda_usr = constructor["Usr"] + "#lambda@36100"
            captures = [{"Name": "items", "Where": where, "Length": 5, "Editable": True,
                         "Of": self.value(1, spelling="items"), "Type": "std::vector",
                         "Members": 3, "Size": 24, "Trivial": False, "Containers": 1,
                         "Uses": [{"Where": where, "Length": 5}]},
                        {"Name": "this", "Kind": "This", "Where": where, "How": "Pointer",
                         "Of": {"Path": {"Base": "This"}}, "Type": name}]
            constructor["Calls"].append(
                {"Callee": "c:@N@bus@F@post", "Name": "bus::post", "System": True, "Where": where,
                 "Form": "Plain", "Arguments": [{"Callable": lambda_usr, "HandedOver": True,
                                                 "Inputs": [self.value(1)["Path"]]}]})
            functions.append({"Usr": lambda_usr, "Kind": "Lambda", "Name": constructor["Name"],
                              "Parent": constructor["Usr"], "Class": name, "Where": where,
                              "End": where, "Captures": captures, "Calls": []})
        fields = [{"Name": "bus_", "Type": "app::Bus", "How": "Reference"},
                  {"Name": "items_", "Type": "std::vector"},
                  {"Name": "next_", "Type": f"app::Class{other}",
                   "How": self.random.choice(["Shared", "Alone", "Pointer", "Weak"])}]
        made = {"Name": name, "Where": where, "Fields": fields}
        if has_destructor:
            made["Destructor"] = destructor["Usr"]
        return made, functions

    def write(self, folder):
        for unit in range(self.units):
            source = f"/generated/src/{unit // 100}/class{unit}.cpp"
            header = self.random.randrange(max(1, self.units // 10))
            files = [{"Path": source}, {"Path": f"/generated/include/shared{header}.h"}]
            functions = [self.function(self.usr((unit, n)), self.name((unit, n)), 0, 40 * n + 1,
                                       self.layer[unit, n], unit) for n in range(OWN)]
            outer, self.random = self.random, random.Random(header)
            functions += [self.function(f"c:@N@app@F@shared{header}_{n}#I#",
                                        f"app::shared{header}_{n}", 1, 40 * n + 1, LAYERS - 1,
                                        unit, shared=True) for n in range(SHARED)]
            self.random = outer
            its_class, more = self.class_of(unit)
            functions += more
            self.entities += OWN + len(more)
            functions.sort(key=lambda f: f["Usr"])
            (folder / f"{unit}.perfidy").write_bytes(cbor({
                "perfidy": VERSION, "project": {"Root": "/generated"}, "source": source, "reason": "",
                "summary": {"MainFile": source, "Files": files, "Functions": functions,
                            "Classes": [its_class]}}))


def measure(command):
    start = time.time()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{' '.join(command)} failed: {status}")
    return time.time() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("units", nargs="*", type=int, default=[1000, 2500, 5000, 10000])
    parser.add_argument("--perfidy", default=str(ROOT / "build/bin/perfidy"))
    parser.add_argument("--keep")
    arguments = parser.parse_args()
    print("| units | entities | summaries MB | wall s | CPU s | peak MB | KB/entity |")
    print("|---|---|---|---|---|---|---|")
    for units in arguments.units:
        folder = Path(arguments.keep or tempfile.mkdtemp(prefix="perfidy-bench-")) / str(units)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        generator = Generator(units)
        generator.write(folder)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
        entities = generator.entities
        wall, cpu, peak = measure([arguments.perfidy, "link", str(folder), "--format=json"])
        print(f"| {units} | {entities} | {size:.0f} | {wall:.1f} | {cpu:.1f} | {peak:.0f} | "
              f"{peak * 1024 / entities:.1f} |", flush=True)
        if not arguments.keep:
            shutil.rmtree(folder.parent)


main()
