"""Files stay small: a long one is named, a very long one refused."""

import sys

LONG = 300
TOO_LONG = 600


def check(tree):
    for source in [*tree.src, *tree.sources("tests")]:
        lines = source.text.count("\n")
        if lines > TOO_LONG:
            yield source.finding(lines, f"{lines} lines: split it along one responsibility")
        elif lines > LONG:
            print(f"note: {source.name} has {lines} lines", file=sys.stderr)
