#!/usr/bin/env python3
"""change.py FOLDER: prints a diff, as `git diff -U0` does, that adds line 8 to FOLDER/b.cpp."""
import sys
from pathlib import Path

new = (Path(sys.argv[1]) / "b.cpp").read_text().splitlines(keepends=True)
print("diff --git a/b.cpp b/b.cpp\n--- a/b.cpp\n+++ b/b.cpp\n@@ -7,0 +8 @@")
print("+" + new[7], end="")
