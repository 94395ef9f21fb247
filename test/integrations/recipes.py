#!/usr/bin/env python3
"""recipes.py PERFIDY ROOT: the YAML in docs/integrations and the hooks' manifest are YAML, and the
options of perfidy that the pages name exist."""
import re
import subprocess
import sys
from pathlib import Path

import yaml

perfidy, root = sys.argv[1], Path(sys.argv[2])
wrong = []


def options(command):
    text = subprocess.run([perfidy, command, "--help"], check=True, text=True,
                          capture_output=True).stdout
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text))


known = {command: options(command) for command in ("scan", "extract", "link", "init")}
blocks = commands = 0
for page in sorted((root / "docs/integrations").glob("*.md")):
    text = page.read_text()
    for block in re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        blocks += 1
        try:
            if not isinstance(yaml.safe_load(block), dict):
                wrong.append(f"{page.name}: YAML without keys")
        except yaml.YAMLError as error:
            wrong.append(f"{page.name}: {error}")
    for command, rest in re.findall(r"perfidy (scan|extract|link|init)\b([^\n`'#|]*)", text):
        commands += 1
        for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", rest.split(" -- ")[0]):
            if option not in known[command]:
                wrong.append(f"{page.name}: perfidy {command} has no option {option}")

for hook in yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text()):
    if not (root / hook["entry"]).exists():
        wrong.append(f"hook {hook['id']}: there is no {hook['entry']}")
if blocks < 3 or commands < 8:
    wrong.append(f"{blocks} recipes and {commands} commands: too few to be all")
sys.exit("\n".join(wrong) or None)
