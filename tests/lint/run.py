"""Runs the lints: all of them, or those that are named.

    python3 tests/lint/run.py [--root FOLDER] [NAME...]

Ends with 1 where there is a finding.
"""

import argparse
import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from tree import Tree  # noqa: E402

NAMES = [
    "layers", "vendors", "dependencies", "includes", "constructs",
    "blind", "names", "sizes", "headers",
]  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", default=Path(__file__).resolve().parents[2])
    parser.add_argument("names", nargs="*", default=NAMES)
    options = parser.parse_args()
    tree = Tree(options.root)
    failed = 0
    for name in options.names or NAMES:
        findings = list(importlib.import_module(name).check(tree))
        for each in findings:
            print(f"{each} [{name}]")
        failed += bool(findings)
        print(f"lint {name}: {f'{len(findings)} findings' if findings else 'passed'}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
