#!/usr/bin/env python3
"""check-json.py FILE: the report must have the shape that docs/json.md promises."""
import json
import sys

NUMBER, TEXT = int, str
PLACE = {"file": TEXT, "line": NUMBER, "column": NUMBER}
REPORT = {
    "perfidy": TEXT,
    "findings": [{
        "rank": NUMBER, "check": TEXT, "level": NUMBER, "confidence": TEXT, **PLACE,
        "function": TEXT, "message": TEXT, "growth": TEXT,
        "degree": NUMBER, "heat": TEXT, "suggestion": TEXT,
        "path": [{**PLACE, "message": TEXT}],
        "fixes": [{**PLACE, "offset": NUMBER, "length": NUMBER, "text": TEXT}],
        "fingerprint": TEXT,
    }],
    "failed": [{"file": TEXT, "reason": TEXT}],
    "summary": {
        "root": TEXT, "files": NUMBER, "failed": NUMBER, "findings": NUMBER,
        "hidden": NUMBER, "suppressed": NUMBER, "inOtherHeaders": NUMBER,
        "fixed": NUMBER, "fixesSkipped": NUMBER, "unchanged": NUMBER, "inBaseline": NUMBER, "baselineFixed": NUMBER, "levels": {level: NUMBER for level in "12345"},
        "checks": dict,
    },
}


def compare(shape, value, where):
    if isinstance(shape, dict):
        if list(shape) != list(value):
            sys.exit(f"{where}: has {list(value)}, not {list(shape)}")
        for key in shape:
            compare(shape[key], value[key], f"{where}.{key}")
    elif isinstance(shape, list):
        for index, element in enumerate(value):
            compare(shape[0], element, f"{where}[{index}]")
    elif type(value) is not shape:
        sys.exit(f"{where}: {value!r} is no {shape.__name__}")


with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)
compare(REPORT, report, "report")

findings, summary = report["findings"], report["summary"]
ranks = [finding["rank"] for finding in findings]
if ranks != list(range(1, len(findings) + 1)):
    sys.exit(f"ranks are {ranks}")
if [f["level"] for f in findings] != sorted(f["level"] for f in findings):
    sys.exit("findings are not ordered by level")
if summary["findings"] != len(findings) or summary["failed"] != len(report["failed"]):
    sys.exit(f"the summary miscounts: {summary}")
if sum(summary["levels"].values()) != len(findings):
    sys.exit(f"the summary miscounts levels: {summary}")
if len({f["fingerprint"] for f in findings}) != len(findings):
    sys.exit("fingerprints are not unique")
