#!/usr/bin/env python3
"""exits.py CODE COMMAND...: succeeds if the command exits with that code.

lit's `not` takes any failure, a crash too; perfidy's exit codes have meanings.
"""
import subprocess
import sys

wanted, command = int(sys.argv[1]), sys.argv[2:]
code = subprocess.run(command, check=False).returncode
if code != wanted:
    sys.exit(f"exits.py: {command[0]} exited with {code}, not with {wanted}")
