"""Counts test cases: prints "PASSED FAILED SKIPPED" and names what failed.

    count.py meson TESTLOG.json...     Boost.Test cases; any other test is one
    count.py junit RESULTS.xml...      pytest
    count.py unittest OUTPUT...        Python's unittest
    count.py lints OUTPUT...           lines "lint NAME: passed" or otherwise

A program that ends badly without a case that failed (a crash, a time limit, a
leak) counts as one failure. What is missing or cannot be read is one, too.
"""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CASE = re.compile(
    r'(?P<enter>Entering test case ")|(?P<leave>Leaving test case ")'
    r'|(?P<skip>Test case "[^"]*" is skipped)|(?P<error>(fatal )?error: in ")'
)


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    names: list = field(default_factory=list)

    def fail(self, name):
        self.failed += 1
        self.names.append(name)


def boost(count, test):
    """True where the program's output is Boost.Test's."""
    lines = COLOUR.sub("", test.get("stdout", "")).splitlines()
    entered = left = failed = 0
    wrong = False
    last = ""
    for line in lines:
        for match in CASE.finditer(line):
            if match["enter"]:
                entered, wrong, last = entered + 1, False, line[match.end() :].split('"')[0]
            elif match["error"]:
                wrong = True
            elif match["skip"]:
                count.skipped += 1
            else:
                left += 1
                failed += wrong
                if wrong:
                    count.fail(f"{test['name']}: {last}")
    if not entered:
        return False
    count.passed += left - failed
    if entered > left:
        count.fail(f"{test['name']}: {last} did not end")
        failed += 1
    if test["result"] not in ("OK", "SKIP") and not failed:
        count.fail(f"{test['name']}: {test['result']} (status {test.get('returncode')})")
    return True


def meson(count, text):
    for line in text.splitlines():
        test = json.loads(line)
        if boost(count, test):
            continue
        if test["result"] in ("OK", "EXPECTEDFAIL"):
            count.passed += 1
        elif test["result"] == "SKIP":
            count.skipped += 1
        else:
            count.fail(f"{test['name']}: {test['result']}")


def junit(count, text):
    for case in ElementTree.fromstring(text).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        if case.find("failure") is not None or case.find("error") is not None:
            count.fail(name)
        elif (skipped := case.find("skipped")) is not None:
            count.skipped += 1
            print(f"skipped: {name}: {skipped.get('message')}", file=sys.stderr)
        else:
            count.passed += 1


def unittest(count, text):
    ran = re.search(r"^Ran (\d+) tests?", text, re.MULTILINE)
    names = re.findall(r"^(?:FAIL|ERROR): (\S+)", text, re.MULTILINE)
    if not ran:
        count.fail("unittest did not end")
        return
    for name in dict.fromkeys(names):
        count.fail(name)
    count.passed += max(0, int(ran[1]) - count.failed)


def lints(count, text):
    for name, words in re.findall(r"^lint (\S+): (.*)$", text, re.MULTILINE):
        if words == "passed":
            count.passed += 1
        else:
            count.fail(f"lint {name}")


def main(kind, paths):
    count = Count()
    for path in paths:
        try:
            globals()[kind](count, Path(path).read_text(errors="replace"))
        except (OSError, ValueError, KeyError, ElementTree.ParseError) as error:
            count.fail(f"{path}: {error}")
    for name in count.names:
        print(f"failed: {name}", file=sys.stderr)
    print(count.passed, count.failed, count.skipped)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
