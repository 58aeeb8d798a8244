"""Detection never receives a value: nothing in detect/ opens a file for reading,
core/ has no input or output at all, and the operations of AWS that bring values are
named in doctor/ alone, where they are tried for what cannot exist."""

import re

from tree import COMMENT_OR_STRING, blank

READ = "read|pread|pread64|preadv2?|readv|mmap|mmap64|sendfile|splice|copy_file_range|process_vm_readv"
OPEN = "open|openat|openat2|open64|openat64|creat"
STREAMS = re.compile(
    r"\b(ifstream|fstream|filebuf|fopen|fdopen|freopen|open_by_handle_at)\b|\bfilesystem::(copy\w*|rename)\b"
)
CALLS = re.compile(rf"(?<![\w.>])(?P<scope>::)?\b(?P<name>{READ}|{OPEN})\s*\(")
# What IAM calls them, with the service before it, may stand in a policy.
BRINGS_VALUES = re.compile(
    r"(?<![:\w])(GetSecretValue|BatchGetSecretValue|GetParameters?|GetParametersByPath|GetParameterHistory)(?!\w)"
)
PURE = re.compile(r"^(fstream|iostream|filesystem|thread|cstdio|stdio\.h|unistd\.h|fcntl\.h|sys/(?!types).*)$")


def call(text, start):
    """The call's text, up to its closing parenthesis."""
    depth = 0
    for offset in range(text.index("(", start), len(text)):
        depth += {"(": 1, ")": -1}.get(text[offset], 0)
        if depth == 0:
            return text[start : offset + 1]
    return text[start:]


def of_the_system(source, match, words):
    """A call of the C library's, not of a function of ours with that name: it
    is written `::read(`, or it has the arguments of one."""
    before = source.code[: match.start()][-1:]
    if match["scope"]:
        return not (before.isalnum() or before in "_>")
    if source.code[max(0, match.start() - 2) : match.start()] == "::":
        return False
    return "O_" in words or words.count(",") >= 2


def without_comments(source):
    """Strings stay: operations are named in them."""
    return COMMENT_OR_STRING.sub(
        lambda match: match[0] if match[0][0] in "R\"'" else blank(match), source.text
    )


def check(tree):
    for source in tree.src:
        if source.wing != "doctor":
            for match in BRINGS_VALUES.finditer(without_comments(source)):
                yield source.finding(
                    source.line_of(match.start()), f"{match[0]} brings a value: only doctor/ tries it"
                )
        if source.wing == "core":
            for include in source.includes:
                if not include.quoted and PURE.match(include.name):
                    yield source.finding(include.line, f"core/ is pure: no <{include.name}>")
        if source.wing != "detect":
            continue
        for match in STREAMS.finditer(source.code):
            yield source.finding(
                source.line_of(match.start()), f"{match[0]}: detection never reads a file"
            )
        for match in CALLS.finditer(source.code):
            words = call(source.text, match.start())
            if not of_the_system(source, match, words):
                continue
            line = source.line_of(match.start())
            if re.fullmatch(OPEN, match["name"]):
                if not re.search(r"\bO_(PATH|DIRECTORY)\b", words):
                    yield source.finding(line, "detection opens with O_PATH or O_DIRECTORY only")
            else:
                yield source.finding(line, f"{match['name']}: detection never reads a file")
