#!/usr/bin/env python3
"""crash.py PERFIDY FOLDER [TIMES]: kill -9 at random moments; the next scan is right, keeps what
was done, and two scans at once, or a full disk, do no harm."""
import os
import random
import resource
import signal
import subprocess
import sys
import time

from project import FILES, Project

project = Project(sys.argv[1], sys.argv[2], more=6)
times = int(sys.argv[3]) if len(sys.argv) > 3 else 6
clean, _ = project.scan("--no-store")
start = time.time()
project.scan()
whole = time.time() - start
seed = int.from_bytes(os.urandom(4), "big")
print(f"seed {seed}")
random.seed(seed)

# A scan that nobody disturbs after one that was killed is a clean one.
kept = 0
for number in range(times):
    if number % 2 == 0:
        for path in project.store.parent.glob("store.db*"):
            path.unlink()
    else:
        project.write("src/db.h", FILES["src/db.h"] + f"// {number}\n")
    process = subprocess.Popen(project.command("-j2"), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    time.sleep(random.uniform(0, whole * 1.1))
    process.send_signal(signal.SIGKILL)
    process.wait()
    report, errors = project.scan()
    if report != clean or errors:
        sys.exit(f"after a crash: {errors}\n{report}\nis not\n{clean}")
    units, read = project.last_run()
    kept += units - read
    print(f"killed: {read} of {units} read after it")
if times >= 6 and kept == 0:
    sys.exit("nothing that was done before a crash was ever kept")

# Two at once, on a store that is not there and on one that is out of date.
for number in range(2):
    if number == 0:
        for path in project.store.parent.glob("store.db*"):
            path.unlink()
    else:
        project.write("src/db.h", FILES["src/db.h"] + "// twice\n")
    both = [subprocess.Popen(project.command("-j1"), stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for each in both:
        report, errors = each.communicate()
        if each.returncode != 0 or report != clean or errors:
            sys.exit(f"two at once: {errors}\n{report}\nis not\n{clean}")
    report, errors = project.scan()
    if report != clean or errors or project.last_run()[1] != 0:
        sys.exit(f"after two at once: {errors}\n{project.last_run()}")
print("two at once: ok")


# No space: a limit on the size of files stands for it.
def small():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


for path in project.store.parent.glob("store.db*"):
    path.unlink()
result = project.run(preexec_fn=small)
if result.returncode != 0 or result.stdout != clean:
    sys.exit(f"full disk: {result}")
if "not all of it is kept for the next run" not in result.stderr \
        and "nothing is kept" not in result.stderr:
    sys.exit(f"full disk: nothing was said: {result.stderr}")
report, errors = project.scan()
if report != clean:
    sys.exit(f"after a full disk: {errors}\n{report}")
print("full disk: ok")
