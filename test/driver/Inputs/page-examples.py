#!/usr/bin/env python3
"""page-examples.py PERFIDY FOLDER PAGE...: what a page shows as output, perfidy writes.

A block after `<!-- output: OPTIONS -->` is what `perfidy scan OPTIONS` writes of
quadratic.cpp, in /home/me/shop/src/orders.cpp as it were. "..." in a line of its
own stands for anything, and so do the ends of a block that is no whole report.
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

perfidy, folder, *pages = sys.argv[1:]
shop = Path(folder)
(shop / "src").mkdir(parents=True)
(shop / ".git").mkdir()
shutil.copy(Path(__file__).parent / "quadratic.cpp", shop / "src/orders.cpp")

EXAMPLE = re.compile(r"<!-- output: ([^\n]*) -->\n```\w*\n(.*?)```\n", re.DOTALL)
examples = [(page, *match) for page in pages for match in EXAMPLE.findall(Path(page).read_text())]
for page, options, block in examples:
    output = subprocess.run([perfidy, "scan", *options.split(), "src/orders.cpp", "--"], cwd=shop,
                            check=True, capture_output=True, text=True).stdout
    output = output.replace(str(shop), "/home/me/shop")
    at = 0
    for part in block.split("\n...\n"):
        at = output.find(part, at)
        if at < 0:
            sys.exit(f"{page}: perfidy scan {options} does not write\n{part}\nbut\n{output}")
        at += len(part)
print(len(examples), "examples")
