#!/usr/bin/env python3
"""Keeps the samples in docs/ equal to the regions of the test files they come from.

    samples.py ROOT [--update]

A sample is a code block below a line

    <!-- sample: test/checks/query-in-loop/warns.cpp#n-plus-one -->

and holds what stands between `// region: n-plus-one` and `// endregion` there,
without the comments that the tests read.
"""
import re
import sys
from pathlib import Path

SAMPLE = re.compile(
    r"(?P<head><!-- sample: (?P<file>[\w./-]+)#(?P<region>[\w-]+) -->\n```cpp\n)"
    r"(?P<body>.*?)(?P<tail>```\n)", re.DOTALL)
MARK = re.compile(r"\s*// (expect|low): .*$")
LINE = re.compile(r"^\s*// (CHECK|NOTE|FIXED)")


def region(file, name):
    lines, inside = [], False
    for line in file.read_text().splitlines():
        if line == f"// region: {name}":
            inside = True
        elif line == "// endregion" and inside:
            return "\n".join(lines) + "\n"
        elif inside and not LINE.match(line):
            lines.append(MARK.sub("", line))
    raise KeyError(f"{file} has no region '{name}'")


def main():
    root = Path(sys.argv[1])
    update = "--update" in sys.argv[2:]
    wrong, samples = [], 0
    for page in sorted([*root.glob("*.md"), *root.glob("docs/**/*.md")]):
        text = page.read_text()

        def current(match):
            nonlocal samples
            samples += 1
            return match["head"] + region(root / match["file"], match["region"]) + match["tail"]

        new = SAMPLE.sub(current, text)
        if new != text:
            wrong.append(str(page.relative_to(root)))
            if update:
                page.write_text(new)
    if wrong and not update:
        sys.exit(f"samples differ from the tests they come from: {', '.join(wrong)}\n"
                 "test/structure/samples.py . --update copies them")
    print(f"{samples} samples")


main()
