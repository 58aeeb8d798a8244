"""Every header compiles alone. Where a source of the same name includes it
first, building that source is the proof; the others are compiled here."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

# What meson.build defines for src/app.
DEFINES = ['-DBLINDFOLD_VERSION="0"']
COMPILER = os.environ.get("CXX", "g++").split()


def compiles(tree, header):
    name = header.name.removeprefix("src/")
    done = subprocess.run(
        [*COMPILER, *DEFINES, "-std=c++2b", "-fsyntax-only", "-I", "src", "-include", name, "-x", "c++", "-"],
        cwd=tree.root, input="", capture_output=True, text=True,
    )  # fmt: skip
    return done.returncode == 0, done.stderr


def check(tree):
    headers = [
        each for each in tree.src if each.is_header and not each.path.with_suffix(".cpp").exists()
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for header, (good, words) in zip(
            headers, pool.map(lambda each: compiles(tree, each), headers)
        ):
            if not good:
                yield header.finding(1, "does not compile alone\n" + words.strip())
