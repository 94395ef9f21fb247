#!/usr/bin/env python3
"""clangd-edits.py -p BUILD [--edits N] [--seed N] [--store DATABASE] FILE...

Edits a file of a project at random, in memory, with perfidy-clangd; demands that
after each edit it says what a fresh `clang-tidy --load` says of the same text,
notes included. Edits that do not compile are taken back. The project's files are
never written. Without --store, of a `perfidy scan`, both look at the file alone.
"""
import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "test/clangd"))
from lsp import Server  # noqa: E402

LINE = re.compile(r"^(/[^:]+):(\d+):(\d+): (warning|note|error): (.*?)(?: \[([\w.,-]+)\])?$")
SAID_BY_EDITORS = re.compile(r" \(level \d, [^()]*(?:; grows: .*?)?\)(?: \(fix(?:es)? available\))?$")


def by_tidy(arguments, file, text, folder):
    """None if the text does not compile."""
    copy = folder / ("edited" + file.suffix)
    copy.write_text(text)
    overlay = folder / "overlay.json"
    overlay.write_text(json.dumps({"version": 0, "use-external-names": False, "roots": [
        {"name": str(file), "type": "file", "external-contents": str(copy)}]}))
    result = subprocess.run(
        [arguments.clang_tidy, f"--load={arguments.build / 'lib/PerfidyTidy.so'}",
         "--quiet", "--checks=-*,perfidy-*", f"--config={config(arguments)}",
         f"--vfsoverlay={overlay}", "-p", arguments.p, str(file)],
        capture_output=True, text=True, check=False)
    found = []
    for line in result.stdout.splitlines():
        match = LINE.match(line)
        if not match:
            continue
        if match[4] == "error":
            return None
        place = (match[1], int(match[2]), int(match[3]))
        if match[4] == "warning":
            found.append((*place, match[6], match[5], []))
        elif found:
            found[-1][-1].append((*place, match[5]))
    return sorted(each for each in found if each[0] == str(file))


def config(arguments):
    return f"{{CheckOptions: {{perfidy.Store: {arguments.store}}}}}"


def place(file, where):
    start = where["start"]
    return (file, start["line"] + 1, start["character"] + 1)


def by_clangd(server, file):
    found = []
    for each in server.findings(file):
        message = SAID_BY_EDITORS.sub("", each["message"])
        notes = [(*place(note["location"]["uri"].removeprefix("file://"),
                         note["location"]["range"]), note["message"])
                 for note in each.get("relatedInformation", [])]
        found.append((*place(str(file), each["range"]), each["code"], message, notes))
    return sorted(found)


def comparable(findings):
    """clangd begins messages with capitals, and what a fix says is its title."""
    return [(*finding[:4], finding[4].lower(), [
        (*note[:3], note[3].lower()) for note in finding[5] if not note[3].lower().startswith("capture ")])
            for finding in findings]


def edited(text, dice):
    """One edit of those that people make, most of which compile."""
    lines = text.split("\n")
    statements = [number for number, line in enumerate(lines)
                  if re.match(r"\s+[\w:>.*()\[\]-]+.*\);$", line)
                  and not re.match(r"\s+(return|delete|throw|else|case|if|for|while)\b", line)
                  and number and re.search(r"[;{}]\s*$", lines[number - 1])]
    number = dice.choice(statements) if statements else dice.randrange(len(lines))
    line = lines[number]
    indent = line[:len(line) - len(line.lstrip())]
    kind = dice.choice(["loop", "loop", "range", "remove", "twice", "blank", "comment", "move"])
    if kind == "loop":
        lines[number] = f"{indent}for (int edit = 0; edit < {dice.choice(['9', 'edit + 1'])}; ++edit)\n{line}"
    elif kind == "range":
        lines[number] = f"{indent}if (true) {{\n{line}\n{indent}}}"
    elif kind == "remove":
        del lines[number]
    elif kind == "twice":
        lines.insert(number, line)
    elif kind == "blank":
        lines.insert(number, "")
    elif kind == "comment":
        lines.insert(number, f"{indent}// edited")
    else:
        other = dice.choice(statements or [number])
        lines[number], lines[other] = lines[other], lines[number]
    return kind, "\n".join(lines)


def run(arguments, file, folder):
    dice = random.Random(arguments.seed)
    options = folder / "config/clangd"
    options.mkdir(parents=True)
    (options / "config.yaml").write_text(
        f"Diagnostics: {{ClangTidy: {{CheckOptions: {{perfidy.Store: {arguments.store}}}, Add: perfidy-*}}}}\n")
    server = Server([str(arguments.build / "bin/perfidy-clangd"), "--background-index=false",
                     f"--compile-commands-dir={Path(arguments.p).resolve()}"], folder,
                    environment={"XDG_CONFIG_HOME": str(folder / "config")})
    text = file.read_text()
    server.open(file, text)
    made = counted = 0
    kind = "as it is"
    new = text
    while made <= arguments.edits:
        wanted = by_tidy(arguments, file, new, folder)
        if wanted is not None:
            if made:
                server.change(file, new)
            found = by_clangd(server, file)
            if comparable(found) != comparable(wanted):
                (folder / "failed").write_text(new)
                sys.exit(f"{file}: after edit {made} ({kind}) perfidy-clangd says\n{found}\n"
                         f"and clang-tidy\n{wanted}\nThe text is in {folder}/failed")
            counted += len(found)
            text = new
            made += 1
        elif not made:
            sys.exit(f"{file}: does not compile")
        new = text
        while new == text:
            kind, new = edited(text, dice)
    server.stop()
    print(f"{file.name}: {arguments.edits} edits, {counted} findings compared, all equal")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[1])
    parser.add_argument("-p", required=True, metavar="BUILD")
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="of perfidy")
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", default="none", metavar="DATABASE", type=lambda file:
                        file if file == "none" else str(Path(file).resolve()))
    parser.add_argument("files", nargs="+", type=Path)
    arguments = parser.parse_args()
    for file in arguments.files:
        # Kept if something differs.
        folder = Path(tempfile.mkdtemp(prefix="perfidy-edits-"))
        run(arguments, file.resolve(), folder)
        subprocess.run(["rm", "-r", str(folder)], check=True)


main()
