#!/usr/bin/env python3
"""structure.py RULE: rules that keep code, pages and tests of one mind.

    names      every check has source, header, page and tests, and nothing else does
    sentences  registry, header and page describe a check in the same sentence
    layers     includes go down only
    samples    the code in the pages is the code of the tests
    links      paths that pages and headers name exist

Without RULE, all of them. `structure.py samples --update` writes the samples.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROBLEMS = []

# Lower layers first; a layer may include itself and those listed.
LAYERS = {
    "analysis/summary": [],
    "analysis/models": ["analysis/summary"],
    "analysis/extract": ["analysis/summary", "analysis/models"],
    "analysis/rank": ["analysis/summary"],
    "analysis/link": ["analysis/summary", "analysis/rank"],
    "analysis/store": ["analysis/summary", "analysis/rank", "analysis/link"],
    "checks": ["analysis/summary", "analysis/rank", "analysis/link"],
    "driver": ["analysis/summary", "analysis/models", "analysis/extract", "analysis/rank",
               "analysis/link", "analysis/store", "checks"],
    "clangd": ["analysis/summary", "analysis/models", "analysis/extract", "analysis/rank",
               "analysis/link", "analysis/store", "checks"],
}
# The clang-tidy module lies beside the checks and is a host, as the driver is.
HOST = {"Module.h", "Module.cpp", "TidyAnalysis.h", "TidyAnalysis.cpp", "Host.cpp"}


def wrong(text):
    PROBLEMS.append(text)


def registry():
    """{name: (class, level, sentence)} of Checks.def."""
    text = (ROOT / "checks/Checks.def").read_text()
    rows = re.findall(
        r'^PERFIDY_CHECK\("([\w-]+)",\s*(\w+),\s*(\w+),\s*((?:"[^"]*"\s*)+)\)', text,
        re.MULTILINE)
    if len(rows) != len(re.findall(r"^PERFIDY_CHECK\(", text, re.MULTILINE)):
        wrong("Checks.def: a row is not PERFIDY_CHECK(\"name\", Class, Level, \"sentence\")")
    return {name: (cls, level, "".join(re.findall(r'"([^"]*)"', sentence)))
            for name, cls, level, sentence in rows}


def same(wanted, found, what):
    for name in sorted(wanted - found):
        wrong(f"{what}: '{name}' is in Checks.def and missing here")
    for name in sorted(found - wanted):
        wrong(f"{what}: '{name}' is here and not in Checks.def")


def names():
    checks = registry()
    for name, (cls, _, _) in checks.items():
        if cls != "".join(part.capitalize() for part in name.split("-")):
            wrong(f"Checks.def: class {cls} does not follow from '{name}'")
    classes = {cls for cls, _, _ in checks.values()}
    for suffix in (".cpp", ".h"):
        found = {path.name.removesuffix("Check" + suffix)
                 for path in (ROOT / "checks").glob("?*Check" + suffix)}
        same(classes, found, f"checks/*Check{suffix}")
    same(set(checks), {page.stem for page in (ROOT / "docs/checks").glob("*.md")}, "docs/checks")
    folders = [path for path in (ROOT / "test/checks").iterdir() if path.is_dir()]
    same(set(checks), {folder.name for folder in folders}, "test/checks")
    for folder in folders:
        for kind in ("warns", "ok"):
            if not list(folder.glob(kind + "*.cpp")):
                wrong(f"{folder.relative_to(ROOT)}: has no {kind}*.cpp")


def sentences():
    for name, (cls, _, sentence) in registry().items():
        page = (ROOT / f"docs/checks/{name}.md").read_text().splitlines()
        if page[0] != f"# {name}" or page[2] != sentence:
            wrong(f"docs/checks/{name}.md: does not begin with its name and '{sentence}'")
        header = (ROOT / f"checks/{cls}Check.h").read_text()
        comment = " ".join(re.findall(r"^/// ?(.*)$", header, re.MULTILINE))
        if not re.sub(r"\s+", " ", comment).startswith(sentence):
            wrong(f"checks/{cls}Check.h: its comment does not begin with '{sentence}'")
        for word in ("Flags:", "Passes:", f"Docs:   docs/checks/{name}.md"):
            if f"/// {word}" not in header:
                wrong(f"checks/{cls}Check.h: its comment has no line '{word}'")


def layers():
    for layer, below in LAYERS.items():
        for path in sorted((ROOT / layer).glob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            allowed = [layer, *below]
            if layer == "checks" and path.name in HOST:
                allowed = ["checks", *LAYERS["driver"]]
            for include in re.findall(r'^#include "([^"]+)"', path.read_text(), re.MULTILINE):
                folder = str(Path(include).parent)
                if folder in LAYERS and folder not in allowed:
                    wrong(f"{path.relative_to(ROOT)}: includes {include}, which is not below it")
                if folder.split("/")[0] == "clang" and not (
                        layer in ("analysis/extract", "driver", "clangd") or path.name in HOST):
                    wrong(f"{path.relative_to(ROOT)}: includes {include}; only the extractor and "
                          "the hosts know clang")


MARK = re.compile(r"\s*// (expect|low|CHECK|NOTE|FIXED|RUN)\b.*$")


def region(path, name):
    """The lines between `// region: NAME` and `// endregion`, without marks."""
    lines, inside = [], False
    for line in path.read_text().splitlines():
        if line.strip() == f"// region: {name}":
            inside = True
        elif line.strip() == "// endregion" and inside:
            return lines
        elif inside:
            kept = MARK.sub("", line)
            if kept.strip() or not line.strip():
                lines.append(kept)
    return None


SAMPLE = re.compile(r"<!-- sample: (\S+)#(\S+) -->\n```cpp\n(.*?)```\n", re.DOTALL)


def samples(update=False):
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        def fresh(match):
            path, name = ROOT / match[1], match[2]
            lines = region(path, name) if path.exists() else None
            if lines is None:
                wrong(f"{page.relative_to(ROOT)}: there is no region '{name}' in {match[1]}")
                return match[0]
            code = "\n".join(lines).strip("\n") + "\n"
            if code != match[3] and not update:
                wrong(f"{page.relative_to(ROOT)}: sample {match[1]}#{name} is not what the test "
                      "has; structure.py samples --update writes it")
            return f"<!-- sample: {path.relative_to(ROOT)}#{name} -->\n```cpp\n{code}```\n"

        if not page.exists():
            continue
        text = page.read_text()
        new = SAMPLE.sub(fresh, text)
        if update and new != text:
            page.write_text(new)
            print(f"updated {page.relative_to(ROOT)}")


def links():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    for page in filter(Path.exists, pages):
        text = page.read_text()
        named = set(re.findall(
            r"`((?:analysis|checks|driver|clangd|docs|examples|models|scripts|test|cmake)/[\w./-]+)`", text))
        named |= {str((page.parent / target).resolve().relative_to(ROOT))
                  for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)}
        for name in sorted(named):
            if not (ROOT / name).exists():
                wrong(f"{page.relative_to(ROOT)}: names {name}, which does not exist")


RULES = {"names": names, "sentences": sentences, "layers": layers, "samples": samples,
         "links": links}


def main():
    arguments = sys.argv[1:]
    update = "--update" in arguments
    chosen = [a for a in arguments if not a.startswith("-")] or list(RULES)
    for rule in chosen:
        if rule not in RULES:
            sys.exit(__doc__)
        if rule == "samples":
            samples(update)
        else:
            RULES[rule]()
    sys.exit("\n".join(PROBLEMS) or None)


main()
