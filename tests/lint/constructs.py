"""What reviewers would otherwise have to say again and again."""

import re

IN_THE_PROGRAM = [
    (r"\bstd::function\b", "std::function: a callback is a loop::Callback, move-only and noexcept"),
    (r"\[\s*[=&]\s*[\],]", "a default lambda capture: name what is captured"),
    (r"\b(system|popen|sprintf|vsprintf|strcpy|strcat|gets|rand|strtok)\s*\(", "a call that is never right"),
    (r"\b(steady_clock|system_clock|high_resolution_clock)::now\b", "the time comes from a base::Clock"),
    (r"\benable_shared_from_this\b", "nobody keeps itself alive"),
]  # fmt: skip
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
LAMBDA = re.compile(r"(?<![\w\])])\[[\w\s,&*=:.()>-]*\]\s*(\([^()]*\)\s*)?[\w\s:<>,&*-]*\{")
LAMBDA_LINES = 10
CLOCK = "src/platform/base/clock.cpp"


def body_lines(code, opening):
    depth = 0
    for offset in range(opening, len(code)):
        depth += {"{": 1, "}": -1}.get(code[offset], 0)
        if depth == 0:
            return code.count("\n", opening, offset)
    return 0


def long_lambdas(source):
    for match in LAMBDA.finditer(source.code):
        if (lines := body_lines(source.code, match.end() - 1)) > LAMBDA_LINES:
            line = source.line_of(match.start())
            yield source.finding(line, f"a lambda of {lines} lines: make it a named function")


def swallowed(source):
    """catch (...) that neither throws on, ends, nor turns it into a failure."""
    for match in re.finditer(r"\bcatch\s*\(\s*\.\.\.\s*\)\s*\{", source.code):
        depth, end = 0, match.end() - 1
        while end < len(source.code):
            depth += {"{": 1, "}": -1}.get(source.code[end], 0)
            if depth == 0:
                break
            end += 1
        body = source.code[match.end() : end]
        if not re.search(r"\b(throw|return|terminate|abort|current_exception)\b", body):
            yield source.finding(source.line_of(match.start()), "swallows every exception")


def owners(source):
    for match in re.finditer(r"std::shared_ptr<[^;]*\w+_;", source.code):
        if "owners" not in source.text:
            line = source.line_of(match.start())
            yield source.finding(line, "a shared_ptr member, and no comment names its owners")


def check(tree):
    for source in [*tree.src, *tree.sources("include", "tests")]:
        for match in UNFINISHED.finditer(source.text):
            yield source.finding(source.line_of(match.start()), f"{match[0]}: finish it or file it")
        yield from swallowed(source)
    for source in [*tree.src, *tree.sources("include")]:
        for pattern, words in IN_THE_PROGRAM:
            if "::now" in pattern and source.name == CLOCK:
                continue
            for match in re.finditer(pattern, source.code):
                yield source.finding(source.line_of(match.start()), words)
        yield from long_lambdas(source)
        yield from owners(source)
        for match in re.finditer(r"^[ \t]*#\s*define\b.*", source.code, re.MULTILINE):
            yield source.finding(source.line_of(match.start()), "a macro")
