#!/usr/bin/env python3
"""files.py PERFIDY FOLDER: extract and link over plain files say what scan says; a file that is
not what extract wrote is an error that names it."""
import json
import subprocess
import sys

from project import FILES, Project

project = Project(sys.argv[1], sys.argv[2], more=3)
project.write("src/broken.cpp", '#include "gone.h"\nint broken = 1;\n')
project.write("src/crash.cpp", "#pragma clang __debug crash\n")
project.database()
out = project.folder / "summaries"


def perfidy(*arguments, code=0):
    result = subprocess.run([project.perfidy, *map(str, arguments), "--allow-errors"],
                            capture_output=True, text=True, check=False)
    if result.returncode != code:
        sys.exit(f"{arguments}: {result.returncode}\n{result.stdout}{result.stderr}")
    return result.stdout if code == 0 else result.stderr


def link(*paths, code=0, options=("--format=json", "--min-confidence=low")):
    return perfidy("link", *paths, *options, code=code)


scan, _ = project.scan("--no-store")
files = [project.folder / name for name in project.units]
# Together, one at a time into one folder, and spread over folders as machines would.
perfidy("extract", "-p", project.folder, *files, "-o", out)
assert link(out) == scan, link(out)
for number, file in enumerate(files):
    perfidy("extract", "-p", project.folder, file, "-o", f"{out}-{number % 3}/")
apart = [f"{out}-{number}" for number in range(3)]
assert link(*apart) == scan
assert link(*reversed(apart)) == scan
assert link(out, *apart) == scan, "the same twice is the same"
everything = sorted(out.glob("*.perfidy"))
assert len(everything) == len(files)
assert link(*everything) == scan
assert "findings in" in link(out, options=()) or "finding in" in link(out, options=())
link(out, code=1, options=("--fail-on=2", "-o", str(project.folder / "report")))
print(f"linked: {len(json.loads(scan)['findings'])} findings, "
      f"{len(json.loads(scan)['failed'])} failed")

# Again over what is there.
perfidy("extract", "-p", project.folder, files[0], "-o", out)
assert link(out) == scan

users = next(path for path in everything if path.name.startswith("users.cpp-"))
good = users.read_bytes()


def bad(content, message):
    users.write_bytes(content)
    assert content != good
    error = link(out, code=2)
    users.write_bytes(good)
    if str(users) not in error or message not in error:
        sys.exit(f"not '{message}': {error}")


bad(b"", "bad summary")
bad(b"text", "bad summary")
bad(good[:-1], "bad summary")
bad(good[:len(good) // 2], "bad summary")
bad(good + b"\0", "there is more after its end")
version = good.index(b"gperfidy") + len(b"gperfidy")
bad(good[:version] + b"\x17" + good[version + 1:], "is of version 23, this is a reader of")
bad(good.replace(b"eCalls", b"eCaIls", 1), "unknown field 'CaIls'")
bad(good.replace(b"gproject", b"gprojekt", 1), "does not say which project it is of")
end = good.index(str(project.folder).encode(), good.index(b"dRoot")) + len(str(project.folder))
bad(good[:end - 1] + b"X" + good[end:], "is of the project in ")
length = len(good)
for part in range(1, 40):
    bad(good[:length * part // 40], "bad summary")

# Of one source there can be one summary.
(out / "copy.perfidy").write_bytes(good)
assert link(out) == scan
project.write("src/users.cpp", FILES["src/users.cpp"] + "// later\nint later(int i) { return i; }\n")
perfidy("extract", "-p", project.folder, project.folder / "src/users.cpp", "-o", out)
error = link(out, code=2)
assert "copy.perfidy" in error and users.name in error and "differ, and are both of" in error, error

error = link(project.folder / "nowhere", code=2)
assert "nowhere: no such file or folder" in error, error
error = link(project.folder / "src", code=2)
assert "src: has no summary; `perfidy extract FILE... -o " in error, error
error = perfidy("extract", "-p", project.folder, *files, code=2)
assert "need a folder to go to: -o DIR" in error, error
(project.folder / "plain").write_text("")
error = perfidy("extract", "-p", project.folder, *files[:2], "-o", project.folder / "plain", code=2)
assert "plain" in error and "cannot write" in error, error
print("done")
