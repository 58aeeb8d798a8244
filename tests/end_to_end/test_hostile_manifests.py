"""Why: a manifest comes from outside. A bad one is refused whole, quickly, with line and column."""

import re
import time

import pytest

from harness.world import directory

HEAD = "schema: blindfold/1\n"
ITEM = """requirements:
  - id: database
    provided-by: customer
    store: { directory: { path: /var/lib/app, keys: [password] } }
"""


def laughs():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return HEAD + "\n".join(lines) + "\n"


def many(count):
    items = "".join(
        f"  - {{id: r{n}, provided-by: customer, store: {{directory: {{path: /a/{n}, keys: [k]}}}}}}\n"
        for n in range(count))
    return HEAD + "requirements:\n" + items


BAD = {
    "empty": "",
    "not YAML": "{{{",
    "unclosed": HEAD + "requirements: [",
    "tab": HEAD + "requirements:\n\t- id: x\n",
    "a scalar": "hello",
    "a list": "- schema: blindfold/1\n",
    "no schema": ITEM,
    "another schema": "schema: blindfold/9\n" + ITEM,
    "unknown key": HEAD + "requirement: []\n" + ITEM,
    "unknown key of an item": HEAD + ITEM.replace("provided-by", "provided_by"),
    "unknown store": HEAD + ITEM.replace("directory", "directry"),
    "two stores": HEAD + ITEM.replace("store: { ", "store: { mount: { path: /a }, "),
    "no store": HEAD + "requirements:\n  - id: database\n    provided-by: customer\n",
    "no id": HEAD + "requirements:\n  - provided-by: customer\n",
    "out of what is allowed by dots": HEAD + ITEM.replace("app,", "app/../../../etc,")
                                      + "allow: { paths: [/var/lib/app] }\n",
    "key with a slash": HEAD + ITEM.replace("password", "../password"),
    "key that is dots": HEAD + ITEM.replace("[password]", '[".."]'),
    "a directory without keys": HEAD + ITEM.replace(", keys: [password]", ""),
    "no keys": HEAD + ITEM.replace("[password]", "[]"),
    "the same key twice": HEAD + ITEM.replace("[password]", "[password, password]"),
    "the same id twice": HEAD + ITEM + ITEM.replace("requirements:\n", "").replace("app", "b"),
    "the same place twice": HEAD + ITEM + ITEM.replace("requirements:\n", "").replace(
        "id: database", "id: other"),
    "the same YAML key twice": HEAD + ITEM + ITEM,
    "required is no boolean": HEAD + ITEM + "    required: perhaps\n",
    "laughs": laughs(),
    "deep": HEAD + "requirements: " + "[" * 5000 + "]" * 5000 + "\n",
    "deep maps": HEAD + "requirements: " + "{a: " * 5000 + "}" * 5000 + "\n",
    "too many": many(20000),
    "large": HEAD + "# " + "x" * 20_000_000 + "\n" + ITEM,
    "a long scalar": HEAD + ITEM.replace("database", "d" * 1_000_000),
    "NUL": HEAD + ITEM.replace("database", "data\0base"),
    "not UTF-8": (HEAD + ITEM).encode().replace(b"database", b"data\xffbase"),
    "overlong UTF-8": (HEAD + ITEM).encode().replace(b"database", b"data\xc0\xafbase"),
    "UTF-16": (HEAD + ITEM).encode("utf-16"),
    "two documents": HEAD + ITEM + "---\n" + HEAD + ITEM,
    "an alias to itself": HEAD + "requirements: &a [*a]\n",
    "an unknown alias": HEAD + "requirements: *nowhere\n",
    "a tag": HEAD + ITEM.replace("database", "!!python/object:os.system database"),
    "kube-system": HEAD + ITEM.replace(
        "directory: { path: /var/lib/app, keys: [password] }",
        "kubernetes: { secret: db, namespace: kube-system }"),
    "bad duration": HEAD + ITEM + "    max-age: soon\n",
    "when names no setting": HEAD + ITEM + "    when: { setting: nothing, is: a }\n",
}
# What is too large is refused before there is a line to speak of.
PLACE = re.compile(r"agent\.yaml:\d+:\d+: .+")
WITHOUT_PLACE = {"large", "too many", "empty"}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["check", "--once"])
def test_is_refused_with_its_place(world, name, command):
    text = BAD[name]
    path = world.configuration_folder / "agent.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    began = time.monotonic()
    finished = world.run(*(["check", path] if command == "check" else ["--once", "--config", path]),
                         prefix=["sh", "-c", 'ulimit -v 400000; exec "$0" "$@"'])
    assert finished.status == 2, finished.out + finished.err
    assert time.monotonic() - began < 5
    assert finished.out == "" and len(finished.err) < 200_000
    if name not in WITHOUT_PLACE:
        assert PLACE.search(finished.err), finished.err
    assert str(path.name) in finished.err


def test_the_good_one_is_good(world):
    """The bad ones are this one, changed."""
    path = world.write("agent.yaml", HEAD + ITEM)
    assert world.run("check", path).status == 0


def test_a_thousand_are_taken(world):
    assert world.run("check", world.write("agent.yaml", many(1000))).status == 0


def test_every_mistake_at_once_with_line_and_caret(world):
    text = HEAD + ITEM + "    requird: true\n    max-age: soon\nsetings: []\n"
    finished = world.run("check", world.write("agent.yaml", text))
    assert finished.status == 2
    for line, column in ((6, 5), (7, 14), (8, 1)):
        assert f"agent.yaml:{line}:{column}: " in finished.err, finished.err
    assert "required" in finished.err and "settings" in finished.err
    assert "    requird: true" in finished.err and "^" in finished.err


@pytest.mark.parametrize("key", ["reactions", "allow", "override", "report", "agent",
                                 "require-sight", "manifests", "defaults", "deployment"])
def test_a_vendor_s_manifest_holds_the_vendor_s_keys_only(world, key):
    world.write("manifest.yaml", HEAD + ITEM + f"{key}: []\n")
    configuration = world.write("agent.yaml", HEAD + "manifests: [ manifest.yaml ]\n")
    finished = world.run("--once", "--config", configuration)
    assert finished.status == 2
    assert re.search(r"manifest\.yaml:6:1: ", finished.err), finished.err
    assert key in finished.err


def test_allow_names_both_places(world):
    world.write("manifest.yaml", HEAD + ITEM)
    configuration = world.write(
        "agent.yaml", HEAD + "manifests: [ manifest.yaml ]\nallow: { paths: [/var/lib/application] }\n")
    finished = world.run("--once", "--config", configuration)
    assert finished.status == 2
    assert re.search(r"manifest\.yaml:\d+:\d+: ", finished.err), finished.err
    assert re.search(r"agent\.yaml:3\b", finished.err), finished.err


def test_a_required_one_cannot_be_skipped(world):
    text = HEAD + ITEM + "override: { database: skip }\n"
    finished = world.run("check", world.write("agent.yaml", text))
    assert finished.status == 2 and "agent.yaml:6:" in finished.err


def test_a_folder_or_nothing_as_configuration(world):
    for path in (world.configuration_folder, world.scratch / "nowhere.yaml"):
        finished = world.run("--once", "--config", path)
        assert finished.status == 2 and str(path) in finished.err


def test_found_by_the_environment(world):
    store = world.store()
    world.put(store, "a")
    configuration = world.configure(directory("database", store, ["a"]))
    finished = world.run("--once", env={"BLINDFOLD_CONFIG": str(configuration)})
    assert finished.status == 0
