#!/usr/bin/env python3
"""pch_macros.py PERFIDY FOLDER: which units can use a precompiled header, by their macros."""
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pch_scan

perfidy, folder = sys.argv[1], Path(sys.argv[2]).resolve()
shutil.rmtree(folder, ignore_errors=True)
for name in ("src", "system", ".git"):
    (folder / name).mkdir(parents=True)

SYSTEM = {
    "says": "#define SAYS (f (1))\n",
    "again": "#undef SAYS\n#define SAYS (f(1)) // as says.h has it\n",
    "other": "#define OTHER 2\n",
    "another": "#undef OTHER\n#define OTHER 3\n",
    "defines": "#ifndef COMMON\n#define COMMON 5\n#endif\n",
    "asks": "#ifdef COMMON\nint asked;\n#endif\n",
    # Of one unit each, so in no list.
    "common": "#define COMMON 5\n#include <defines.h>\n",
    "different": "#define COMMON 6\n#include <defines.h>\n",
    "before": "#define COMMON 5\n#include <asks.h>\n",
    "open": "#define NEED\n#include <part.h>\n#include <needs.h>\n",
    # Several times, wherever it is included.
    "part": "#ifdef NEED\nint need();\n#undef NEED\n#endif\n",
    "needs": "#ifdef NEED\n#error part.h has seen to that\n#endif\n",
    "body": "struct Body {\n#define NEED\n#include <part.h>\n};\n",
}
ALL = "".join(f"#include <{each}.h>\n"
              for each in ("says", "again", "other", "another", "asks", "defines", "part",
                           "needs"))
UNITS = {
    "all1": ALL, "all2": ALL,
    # Defined again and alike by a header that is not included here, or not alike.
    "same": "#include <says.h>\nint f(int);\nint a = SAYS;\n",
    "not_same": "#include <other.h>\nint a = OTHER;\n",
    # Defined by a header of its own before one that defines it too, or asks for it.
    "common": "#include <common.h>\nint a = COMMON;\n",
    "not_common": "#include <different.h>\nint a = COMMON;\n",
    "asks": "#include <before.h>\n",
    # Defined for a header that is read several times.
    "open": "#include <part.h>\n#include <open.h>\n",
    "body": "#include <body.h>\n",
}
for unit, text in UNITS.items():
    (folder / f"src/{unit}.cpp").write_text(text)
for header, text in SYSTEM.items():
    guard = "" if header == "part" else "#pragma once\n"
    (folder / f"system/{header}.h").write_text(guard + text)
pch_scan.write_database(folder, "system")
result = subprocess.run([perfidy, "scan", "-p", str(folder), "--profile-self", "--allow-errors"],
                        capture_output=True, text=True, check=True)
for line in sorted(re.findall(r"/src/(\w+\.cpp.*)", result.stderr)):
    print(line)
