"""A project of src/*.cpp whose system headers are precompiled, and scans of it."""
import json
import re
import subprocess
import sys
from pathlib import Path


def write_database(folder: Path, *system: str):
    """compile_commands.json for src/*.cpp; system names the folders of system headers, in order."""
    flags = " ".join(f"-isystem {each}" for each in system)
    (folder / "compile_commands.json").write_text(json.dumps(
        [{"directory": str(folder), "file": str(path), "command": f"c++ -std=c++17 {flags} -c {path}"}
         for path in sorted((folder / "src").glob("*.cpp"))]))


def scan(perfidy: str, folder: Path, *options: str):
    """(the report, units read, how many of them with a precompiled header)"""
    result = subprocess.run([perfidy, "scan", "-p", str(folder), "--format=json",
                             "--min-confidence=low", "--profile-self", *options],
                            capture_output=True, text=True, check=False)
    if result.returncode not in (0, 3):  # 3: a unit has errors
        sys.exit(f"{options}: {result.stderr}")
    read = re.search(r"(\d+) units read, (\d+) of them", result.stderr)
    return result.stdout, int(read[1]), int(read[2])
