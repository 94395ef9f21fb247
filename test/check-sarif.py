#!/usr/bin/env python3
"""check-sarif.py FILE: what no schema says about a SARIF report.

Its URIs must lead to files, its regions to the text they quote, counted in
UTF-16; rules and results must agree, and a finding never outrank a worse one.
"""
import json
import sys
import urllib.parse
from pathlib import Path


def wrong(text):
    sys.exit(f"{sys.argv[1]}: {text}")


def utf16(path):
    """The file as SARIF counts: two bytes a code unit."""
    text = Path(path).read_bytes().removeprefix(b"\xef\xbb\xbf")
    return text.decode("utf-8", "replace").encode("utf-16-le")


def path_of(uri):
    if not uri.startswith("file:///"):
        wrong(f"no file URI: {uri}")
    return urllib.parse.unquote_to_bytes(uri.removeprefix("file://"))


def check_region(region, path):
    if "charOffset" not in region:
        wrong(f"no offset in {region}")
    text = utf16(path)
    begin = 2 * region["charOffset"]
    part = text[begin:begin + 2 * region["charLength"]].decode("utf-16-le")
    if "snippet" in region and part != region["snippet"]["text"]:
        wrong(f"{path}: {region} is {part!r}")
    before = text[:begin].decode("utf-16-le").split("\n")
    column = len(before[-1].encode("utf-16-le")) // 2 + 1
    if (region["startLine"], region["startColumn"]) != (len(before), column):
        wrong(f"{path}: {region} begins at {len(before)}:{column}")
    lines = part.split("\n")
    end_line = region["startLine"] + len(lines) - 1
    end = len(lines[-1].encode("utf-16-le")) // 2 + (1 if len(lines) > 1 else column)
    if (region.get("endLine", region["startLine"]), region["endColumn"]) != (end_line, end):
        wrong(f"{path}: {region} ends at {end_line}:{end}")


def check_places(node, base):
    """Everything below node that is a place in a file."""
    if isinstance(node, list):
        for each in node:
            check_places(each, base)
    elif isinstance(node, dict):
        if "artifactLocation" in node:
            location = node["artifactLocation"]
            uri = location["uri"]
            if "uriBaseId" in location:
                uri = urllib.parse.urljoin(base, uri)
            path = path_of(uri)
            if not Path(path.decode(errors="surrogateescape")).exists():
                wrong(f"there is no {path}")
            path = path.decode(errors="surrogateescape")
            for region in [node.get("region"), node.get("contextRegion")]:
                if region:
                    check_region(region, path)
            for replacement in node.get("replacements", []):
                check_region(replacement["deletedRegion"], path)
        for each in node.values():
            check_places(each, base)


with open(sys.argv[1], encoding="utf-8") as file:
    log = json.load(file)
run, = log["runs"]
base = run["originalUriBaseIds"]["%SRCROOT%"]["uri"]
check_places(run["results"], base)

rules = run["tool"]["driver"]["rules"]
ranks = [result["rank"] for result in run["results"]]
if ranks != sorted(ranks, reverse=True) or not all(0 <= rank <= 100 for rank in ranks):
    wrong(f"ranks are {ranks}")
for result in run["results"]:
    if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
        wrong(f"rule {result['ruleIndex']} is not {result['ruleId']}")
    if result["level"] not in ("error", "warning", "note"):
        wrong(f"level {result['level']}")
for rule in rules:
    for text in (rule["shortDescription"]["text"], rule["fullDescription"]["text"],
                 rule["help"]["text"], rule["help"]["markdown"]):
        if not text or "<!--" in text or "](../" in text:
            wrong(f"{rule['id']}: {text!r}")
print(len(run["results"]), "results,", sum("codeFlows" in r for r in run["results"]),
      "with a path,", sum("fixes" in r for r in run["results"]), "with a fix")
