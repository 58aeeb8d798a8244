"""Feeds the same files to the reader and to the JSON Schemas: see README.md.

usage: cases.py CHECK_MANIFEST CONFIG_FOLDER
"""

import json
import pathlib
import re
import subprocess
import sys
import warnings

import yaml

warnings.simplefilter("ignore", DeprecationWarning)  # RefResolver: Debian 12 has no other
import jsonschema  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
SCHEMAS = {"manifest": "manifest.schema.json", "configuration": "agent.schema.json"}


class Loader(yaml.SafeLoader):
    """Keys are text whatever they look like, as editors and the reader have it (`on:`)."""

    def construct_mapping(self, node, deep=False):
        self.flatten_mapping(node)
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


Loader.add_constructor(
    "tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True)
)


class Case:
    def __init__(self, path, kind=None):
        self.path = path
        self.bytes = path.read_bytes()
        header = {"read as": [kind] if kind else [], "expect": [], "schema": []}
        for line in self.bytes.decode("utf-8-sig", "replace").splitlines():
            match = re.match(r"# (read as|expect|schema): (.*)$", line)
            if match:
                header[match[1]].append(match[2])
        (self.kind,) = header["read as"]
        self.expected = header["expect"]
        self.schema = header["schema"][0] if header["schema"] else "accepts it"


def diagnostics(checker, case):
    run = subprocess.run(
        [checker, case.kind, str(case.path)], capture_output=True, check=False, timeout=60
    )
    assert run.returncode in (0, 1), f"exit status {run.returncode}: {run.stderr!r}"
    out = run.stdout.decode("utf-8").replace(f"{case.path.parent}/", "")
    assert (run.returncode == 1) == bool(out), "exit status and output differ"
    found = re.findall(r"^[\w./]+\.yaml:(\d+:\d+: .*)$", out, re.MULTILINE)
    return out, found


def is_expected(expected, found):
    place, words = expected.split(": ", 1)
    return found.startswith(place + ": ") and words in found


def check_reader(checker, case):
    out, found = diagnostics(checker, case)
    right = len(found) == len(case.expected) and all(map(is_expected, case.expected, found))
    return [] if right else [f"the reader says:\n{out}", "expected:"] + case.expected


def check_schema(validators, case):
    if case.schema == "not asked":
        return []
    document = yaml.load(case.bytes, Loader)
    errors = list(validators[case.kind].iter_errors(document))
    said = [f"the schema says: {[error.message for error in errors] or 'nothing'}"]
    if case.schema == "sees each":
        items = {tuple(error.absolute_path)[:2] for error in errors}
        lines = {expected.split(":")[0] for expected in case.expected}
        return [] if len(items) == len(lines) else said
    wanted = {"accepts it": False, "cannot see it": False, "sees it": True}[case.schema]
    return [] if bool(errors) == wanted else said


def validator(folder, name):
    path = folder / name
    schema = json.loads(path.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    resolver = jsonschema.RefResolver(path.as_uri(), schema)
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


def main(checker, folder):
    validators = {kind: validator(folder, name) for kind, name in SCHEMAS.items()}
    good = [Case(path) for path in sorted((HERE / "good").glob("*.yaml"))]
    bad = [Case(path) for path in sorted((HERE / "bad").glob("*.yaml"))]
    examples = [
        Case(folder / "manifest.yaml", "manifest"),
        Case(folder / "manifest.yaml", "configuration"),
        Case(folder / "agent.yaml", "configuration"),
        Case(folder / "quickstart.yaml", "configuration"),
    ]
    failures = 0
    for case in good + bad + examples:
        said = check_reader(checker, case) + check_schema(validators, case)
        if case in bad and not case.expected:
            said.append("a bad case expects nothing")
        if said:
            failures += 1
            print(f"--- {case.path.name} ({case.kind})", *said, sep="\n")
    print(f"{len(good)} good, {len(bad)} bad, {len(examples)} examples, {failures} failed")
    return 1 if failures or len(good) < 20 or len(bad) < 60 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
