#!/usr/bin/env python3
"""man.py PERFIDY: every option of every command's --help stands in the page on stdin."""
import re
import subprocess
import sys

page = re.sub(r".\x08", "", sys.stdin.read()).replace("\u2010", "-")


def helped(*command):
    return subprocess.run([sys.argv[1], *command, "--help"], check=True, text=True,
                          capture_output=True).stdout


commands = re.findall(r"^  ([a-z][a-z-]+) ", helped().split("Subcommands:")[1], re.MULTILINE)
if len(commands) < 10:
    sys.exit(f"--help lists {commands}")
for command in commands:
    section = re.search(rf"^   {command}$(.*?)(?=^   \w|^\w)", page, re.MULTILINE | re.DOTALL)
    if not section:
        sys.exit(f"the page has no section '{command}'")
    for option in re.findall(r"^  .*?(--[a-z-]+)", helped(command), re.MULTILINE):
        if option not in section[1] and option != "--help":
            sys.exit(f"the page says nothing of {command} {option}")
