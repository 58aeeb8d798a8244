"""Why: other programs read what --once prints; it must be right whatever the names hold."""

import json
import os
import re
import subprocess
import xml.etree.ElementTree

from harness.world import directory, mount

TITLE = 'Café "quoted" <&> \\ ]]> 数据'


def configure(world):
    store = world.store()
    world.put(store, "there")
    return world.configure(
        directory("z-first", store, ["there"], title=TITLE),
        mount("a-second", store / "nowhere", ["tls.crt"]),
        directory("optional", store, ["absent"], required=False))


def test_json_is_the_documented_document(world):
    finished = world.once(configure(world))
    document = finished.document()
    assert finished.out.endswith("}\n") and finished.out.count("\n") == 1
    assert set(document) == {"schema", "agent", "deployment", "observed_at", "summary",
                             "requirements"}
    assert document["schema"] == "blindfold.status/1" and document["deployment"] == "test"
    assert document["summary"] == {"required": 2, "present": 1, "ready": False}
    ids = [requirement["id"] for requirement in document["requirements"]]
    assert ids == ["z-first", "a-second", "optional"]
    first, second, _ = document["requirements"]
    assert set(first) - {"sight_reason"} == {
        "id", "title", "provided_by", "required", "store", "presence", "since", "rotated_at", "sight",
        "detail"}
    assert first["title"] == TITLE and second["title"] == "a-second"
    assert (first["store"], second["store"]) == ("directory", "mount")
    assert first["rotated_at"] is None and first["required"] is True
    for moment in (document["observed_at"], first["since"]):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", moment)


def test_junit_is_well_formed_and_says_the_same(world):
    finished = world.run("--once", "--format", "junit", "--config", configure(world))
    assert finished.status == 1
    root = xml.etree.ElementTree.fromstring(finished.out)
    suite = root if root.tag == "testsuite" else root.find("testsuite")
    cases = suite.findall("testcase")
    assert suite.get("tests") == "3" and suite.get("failures") == "1"
    assert [len(case.findall("failure")) for case in cases] == [0, 1, 0]
    assert len(cases[2].findall("skipped")) == 1
    assert TITLE in cases[0].get("name") + (cases[0].get("classname") or "")


def test_junit_calls_what_could_not_be_determined_an_error(world, mounting):
    store = world.store()
    os.close(mounting.unanswered(store))
    finished = world.run("--once", "--timeout", "1s", "--format", "junit", "--config",
                         world.configure(directory("database", store, ["a"])))
    suite = next(xml.etree.ElementTree.fromstring(finished.out).iter("testsuite"))
    assert finished.status == 3
    assert len(suite.findall("testcase/error")) == 1 and suite.get("errors") == "1"


def test_text_has_a_line_for_each_and_no_colour_in_a_pipe(world):
    finished = world.run("--once", "--config", configure(world))
    assert finished.status == 1
    assert "\x1b" not in finished.out
    for text in (TITLE.replace("\\", ""), "a-second", "optional"):
        assert text.split()[0] in finished.out
    assert "✓" in finished.out and "✗" in finished.out
    assert "1 of 2 required" in finished.out


def test_a_full_disk_is_said(world):
    configuration = configure(world)
    with open("/dev/full", "w") as full:
        finished = subprocess.run(
            [world.binary, "--once", "--config", configuration], stdout=full,
            stderr=subprocess.PIPE, env=world.environment(), text=True, timeout=30)
    assert finished.returncode != 0 and "standard output" in finished.stderr


def test_log_lines_in_json_are_json(world):
    agent = world.start(configure(world))
    agent.stop()
    assert agent.log.lines
    for line in agent.log.lines:
        assert {"at", "level", "component", "message"} <= set(json.loads(line))
