"""The source tree as the lints see it."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

WINGS = [
    "platform", "core", "clients", "detect", "react",
    "provide", "show", "doctor", "setup", "app",
]  # fmt: skip

COMMENT_OR_STRING = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<tag>[^(\s]*)\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'""",
    re.DOTALL,
)


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


@dataclass(frozen=True)
class Include:
    line: int
    name: str
    quoted: bool


def blank(match):
    """Spaces for a comment or a string, so that lines and columns stay."""
    text = match.group(0)
    inside = re.sub(r"[^\n]", " ", text)
    return f'"{inside[1:-1]}"' if text[0] == '"' and len(text) > 1 else inside


class Source:
    def __init__(self, root, path):
        self.path = path
        self.name = path.relative_to(root).as_posix()
        self.text = path.read_text()

    @cached_property
    def code(self):
        """Without comments and what strings hold."""
        # A digit separator is no character literal.
        text = re.sub(r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])", "_", self.text)
        return COMMENT_OR_STRING.sub(blank, text)

    @cached_property
    def includes(self):
        found = []
        for number, line in enumerate(self.text.splitlines(), 1):
            if match := re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line):
                found.append(Include(number, match[2], match[1] == '"'))
        return found

    @property
    def folder(self):
        """'wing/folder' below src/, 'wing' for a file of the wing's own."""
        return "/".join(self.name.split("/")[1:-1][:2])

    @property
    def wing(self):
        return self.folder.split("/")[0]

    @property
    def is_header(self):
        return self.name.endswith(".hpp")

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def finding(self, line, text):
        return Finding(self.name, line, text)


class Tree:
    def __init__(self, root):
        self.root = Path(root)

    def sources(self, *folders):
        """The .hpp and .cpp files below folders, in order."""
        for folder in folders:
            for path in sorted((self.root / folder).rglob("*.[hc]pp")):
                yield Source(self.root, path)

    @cached_property
    def src(self):
        return list(self.sources("src"))

    @cached_property
    def order(self):
        """The folders in the order of src/meson.build."""
        text = (self.root / "src/meson.build").read_text()
        return re.findall(r"^subdir\('([^']+)'\)", text, re.MULTILINE)

    @cached_property
    def builds(self):
        """The text of each folder's meson.build."""
        return {
            path.parent.relative_to(self.root / "src").as_posix(): path.read_text()
            for path in sorted((self.root / "src").rglob("meson.build"))
            if path.parent != self.root / "src"
        }
