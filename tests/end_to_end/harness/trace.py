"""System calls that open files, as strace saw them."""

import re
from pathlib import Path

CALL = re.compile(
    r"^(?P<pid>\d+) +(?P<call>open|openat|openat2|open_by_handle_at|creat)\((?P<arguments>.*)\)"
    r" += (?P<result>-?\d+)")
UNFINISHED = re.compile(r"^(?P<pid>\d+) +(?P<start>.*) <unfinished \.\.\.>$")
RESUMED = re.compile(r"^(?P<pid>\d+) +<\.\.\. \w+ resumed>(?P<rest>.*)$")
PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')


def prefix(output, *more):
    """The command that executes another under strace; every descriptor with its path."""
    return ["strace", "-f", "-y", "-qq", "-s", "4096", "-o", str(output), *more,
            "-e", "trace=open,openat,openat2,open_by_handle_at,creat"]


def _whole_lines(text):
    started = {}
    for line in text.splitlines():
        if match := UNFINISHED.match(line):
            started[match["pid"]] = match["start"]
        elif match := RESUMED.match(line):
            yield f"{match['pid']} {started.pop(match['pid'], '')}{match['rest']}"
        else:
            yield line


class Open:
    """One call: what it was given, whether it succeeded, whether it can only be looked at."""

    def __init__(self, match):
        self.call = match["call"]
        self.arguments = match["arguments"]
        self.succeeded = int(match["result"]) >= 0
        self.path_only = "O_PATH" in self.arguments
        self.folder_only = "O_DIRECTORY" in self.arguments
        self.text = match.group(0)

    def names(self, path):
        """Whether its arguments name the path: whole, or as a folder's descriptor and a name."""
        path = Path(path)
        named = PATH.findall(self.arguments)
        return str(path) in named or (path.name in named and f"<{path.parent}>" in self.arguments)


def opens(output):
    lines = _whole_lines(Path(output).read_text(errors="replace"))
    return [Open(match) for line in lines if (match := CALL.match(line))]
