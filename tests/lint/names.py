"""Names: files, namespaces, test suites, and words that are not ours."""

import re

FILE = re.compile(r"^[a-z][a-z0-9_]*\.(hpp|cpp)$")
SAY_NOTHING = {"util", "utils", "utility", "common", "misc", "manager", "helpers", "impl", "base2"}
NOT_OURS = [
    (r"\b(black|white)list", "allow and refuse"),
    (r"/(work|tmp/wt|home)/", "no path of somebody's machine"),
]


def namespace_of(source):
    """blindfold::FOLDER, or blindfold::WING for a wing with one namespace."""
    return {f"blindfold::{each}" for each in source.folder.split("/")}


def check(tree):
    for source in [*tree.src, *tree.sources("tests")]:
        name = source.path.name
        if not FILE.match(name):
            yield source.finding(1, "a file's name is snake_case with .hpp or .cpp")
        parts = set(source.name.removesuffix(".hpp").removesuffix(".cpp").split("/"))
        for word in sorted(parts & SAY_NOTHING):
            yield source.finding(1, f'"{word}" says nothing: name it for what it does')
        for pattern, words in NOT_OURS:
            for match in re.finditer(pattern, source.text):
                yield source.finding(source.line_of(match.start()), words)
    for source in tree.src:
        spaces = set(re.findall(r"^namespace (blindfold[\w:]*)", source.code, re.MULTILINE))
        if spaces and not any(
            each == space or each.startswith(f"{space}::")
            for each in spaces
            for space in namespace_of(source)
        ):
            yield source.finding(1, f"its namespace is one of {sorted(namespace_of(source))}")
    for source in tree.sources("tests/unit"):
        if source.name.endswith("_tests.cpp"):
            suite = f"BOOST_AUTO_TEST_SUITE({source.path.stem}"
            if suite not in source.text.replace("BOOST_FIXTURE_TEST_SUITE(", "BOOST_AUTO_TEST_SUITE("):
                yield source.finding(1, f"its suite is {source.path.stem}")
