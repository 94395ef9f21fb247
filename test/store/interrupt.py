#!/usr/bin/env python3
"""interrupt.py PERFIDY FOLDER: Ctrl-C, a closed terminal and kill end a scan by that signal, and
leave a store without side files, what was read till then, and nobody at work."""
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from project import Project

project = Project(sys.argv[1], sys.argv[2])
hang = """constexpr int hang() {
  for (long i = 0; i < 2000000000; ++i)
    for (long j = 0; j < 2000000000; ++j)
      ;
  return 0;
}
constexpr int value = hang();
"""


def workers(of):
    """The processes that `of` has started, if they are alive."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = status.read_text().split(" ", 1)
        except OSError:
            continue
        parent, state = rest.rsplit(")", 1)[1].split()[1], rest.rsplit(")", 1)[1].split()[0]
        if int(parent) == of and state != "Z":
            found.append(int(pid))
    return found


def alive(pid):
    return Path(f"/proc/{pid}").exists()


project.write("src/hang.cpp", hang)
project.flags += " -fconstexpr-steps=2147483647"
project.database()
others = len(project.units) - 1


def kept():
    """How many units the store has; looked at without leaving side files to others."""
    with contextlib.closing(sqlite3.connect(f"file:{project.store}?mode=ro", uri=True)) as store:
        try:
            return store.execute("SELECT count(*) FROM unit").fetchone()[0]
        except sqlite3.Error:
            return 0


def unfinished():
    """What is in the folder of precompiled headers and will never be used."""
    return [path.name for path in (project.store.parent / "pch").glob("*")
            if ".tmp-" in path.name]


def heed():
    """lit's own processes ignore Ctrl-C, and what they start would."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_DFL)


report = Path(sys.argv[2]) / "report.txt"
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    for path in project.store.parent.glob("store.db*"):
        path.unlink()
    report.write_text("the old one")
    process = subprocess.Popen(project.command("-j2", "--timeout=60", "-o", str(report)),
                               start_new_session=True, preexec_fn=heed,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    # Until only the file that hangs is left; another worker waits in vain.
    began = []
    for _ in range(600):
        began = workers(process.pid)
        if project.store.exists() and kept() == others and began:
            break
        time.sleep(0.1)
    else:
        sys.exit(f"not all but one were kept: {kept()}, at work: {began}")
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does
    else:
        process.send_signal(number)
    said, _ = process.communicate()
    if process.returncode != -number or said:
        sys.exit(f"{number.name}: ended with {process.returncode}, said: {said}")
    left = sorted(path.name for path in project.store.parent.glob("[!.]*"))
    if left != ["pch", "store.db"]:
        sys.exit(f"{number.name}: left {left}")
    if half := unfinished():
        sys.exit(f"{number.name}: left {half}")
    if any(map(alive, began)):
        sys.exit(f"{number.name}: {began} work on")
    if report.read_text() != "the old one" or list(report.parent.glob("report.txt?*")):
        sys.exit(f"{number.name}: the report was touched")
    if kept() != others:
        sys.exit(f"{number.name}: {kept()} units are kept")
    print(f"{number.name}: ended by it, {kept()} units kept")

# While a precompiled header is made.
project.write("system/slow.h", hang.replace("hang()", "slow()").replace("value", "slowness"))
for unit in project.units:
    path = project.folder / unit
    path.write_text("#include <slow.h>\n" + path.read_text())
project.flags += " -isystem system"
project.database()
process = subprocess.Popen(project.command("--timeout=60"), start_new_session=True,
                           preexec_fn=heed, stdout=subprocess.DEVNULL)
for _ in range(600):
    if unfinished():
        break
    time.sleep(0.1)
else:
    sys.exit("no precompiled header was begun")
process.send_signal(signal.SIGINT)
process.wait()
if half := unfinished():
    sys.exit(f"left {half}")
print(f"precompiling: {process.returncode}")
(project.folder / "system/slow.h").write_text("")

# Under nohup a closed terminal says nothing.
process = subprocess.Popen(["nohup", *project.command("--timeout", "3")], start_new_session=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
time.sleep(1)
process.send_signal(signal.SIGHUP)
print(f"nohup: {process.wait()}")
