#!/usr/bin/env python3
"""odd-names.py FOLDER: a project whose names and texts are hard to write down.

A folder with a space, a file with letters and signs that URIs and XML escape; in
it a line with text beyond the basic plane, and a byte that is not UTF-8.
"""
import json
import sys
from pathlib import Path

folder = Path(sys.argv[1])
source = folder / "sp ace" / "nöt & <plain> 100%:,.cpp"
broken = folder / "broken.cpp"
source.parent.mkdir(parents=True)
source.write_bytes("""\
#include <algorithm>
#include <string>
#include <vector>
void größeWarns(const std::vector<int> &orders, const std::vector<int> &ids, int &sum) {
  for (int order : orders) // Latin-1: BYTE
    if (/* 😀 ö */ std::find(ids.begin(), ids.end(), order) != ids.end())
      ++sum;
}
""".encode().replace(b"BYTE", b"\xe9"))
broken.write_text('#include "gener,ated.h"\nint nothing;\n')
(folder / "compile_commands.json").write_text(json.dumps([
    {"directory": str(folder), "file": str(file), "arguments": ["c++", "-c", str(file)]}
    for file in (source, broken)]))
(folder / ".git").mkdir()
