"""clang-tidy over the compile commands of a build, with stamps of what is clean.

A stamp is a file named after everything that is known before looking at the
source: its name, compile command, configuration and clang-tidy's version. It
holds the hash of the source and of each file that it included (system headers,
which come with the version, left out). Without a stamp the check is just made.
"""

import argparse
import hashlib
import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIDY = "clang-tidy-19"


def digest(*parts):
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part if isinstance(part, bytes) else part.encode())
        whole.update(b"\0")
    return whole.hexdigest()


def content(path):
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "missing"


def configuration(source):
    """Every .clang-tidy above the source, and .clang-format."""
    folders = [each for each in source.parents if each.is_relative_to(ROOT)]
    files = [folder / ".clang-tidy" for folder in folders] + [ROOT / ".clang-format"]
    return "\n".join(content(each) for each in files)


def included(command, build):
    """The files of ours that a source includes, itself among them."""
    arguments = [each for each in shlex.split(command) if each != "-c"]
    while "-o" in arguments:
        at = arguments.index("-o")
        del arguments[at : at + 2]
    arguments = [each for each in arguments if each not in ("-MD", "-MP") and each != "ccache"]
    for option in ("-MQ", "-MF"):
        while option in arguments:
            at = arguments.index(option)
            del arguments[at : at + 2]
    done = subprocess.run(
        [*arguments, "-MM"], cwd=build, capture_output=True, text=True, check=True
    )
    names = done.stdout.replace("\\\n", " ").split(":", 1)[1].split()
    return sorted({(build / each).resolve() for each in names})


class Checker:
    def __init__(self, build, stamps):
        self.build = build
        self.stamps = stamps
        self.version = subprocess.run(
            [TIDY, "--version"], capture_output=True, text=True, check=True
        ).stdout

    def stamp(self, source, command):
        command = command.replace(str(ROOT), "").replace(str(self.build), "")
        name = str(source.relative_to(ROOT))
        return self.stamps / f"tidy-{digest(name, command, configuration(source), self.version)}"

    def clean(self, stamp):
        try:
            lines = json.loads(stamp.read_text())
        except (OSError, ValueError):
            return False
        return all(content(ROOT / name) == known for name, known in lines.items())

    def remember(self, stamp, command):
        files = [each for each in included(command, self.build) if each.is_relative_to(ROOT)]
        try:
            self.stamps.mkdir(parents=True, exist_ok=True)
            fresh = stamp.with_suffix(f".{os.getpid()}")
            fresh.write_text(json.dumps({str(f.relative_to(ROOT)): content(f) for f in files}))
            fresh.replace(stamp)
        except OSError:
            pass  # A cache that cannot be written is only slower.

    def check(self, source, command, again):
        """None where the stamp says clean, else clang-tidy's status and words."""
        stamp = self.stamp(source, command)
        if not again and self.clean(stamp):
            return None
        done = subprocess.run(
            [TIDY, "-p", str(self.build), "--quiet", str(source)],
            capture_output=True,
            text=True,
        )
        if done.returncode == 0:
            self.remember(stamp, command)
        return done.returncode, done.stdout + (done.stderr if done.returncode else "")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--stamps", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    build = options.build.resolve()

    commands = {}
    for each in json.loads((build / "compile_commands.json").read_text()):
        source = (build / each["file"]).resolve()
        if source.suffix == ".cpp" and source.is_relative_to(ROOT):
            commands.setdefault(source, each["command"])
    asked = {each.resolve() for each in options.files}
    if unknown := asked - commands.keys():
        print(f"no program is built from {', '.join(map(str, unknown))}", file=sys.stderr)
        return 2
    if asked:
        commands = {source: command for source, command in commands.items() if source in asked}

    checker = Checker(build, options.stamps)
    passed = failed = unchanged = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        jobs = {
            source: pool.submit(checker.check, source, command, source in asked)
            for source, command in sorted(commands.items())
        }
        for source, job in jobs.items():
            outcome = job.result()
            name = source.relative_to(ROOT)
            if outcome is None:
                unchanged += 1
            elif outcome[0] == 0:
                passed += 1
                print(f"clean {name}", flush=True)
            else:
                failed += 1
                print(f"FINDINGS {name}\n{outcome[1]}", flush=True)
    print(f"clang-tidy: {passed} clean, {unchanged} unchanged, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
