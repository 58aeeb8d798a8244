"""Why: a canary that finds nothing proves nothing. A program that leaks must be caught each time."""

import base64
import os
import urllib.parse
from pathlib import Path

import pytest

from harness.agent import Agent
from harness.canary import Canary

READY = 'printf \'{"message":"ready"}\\n\' >&2'
WAIT = "trap 'exit 0' TERM; while :; do sleep 0.05; done"


@pytest.fixture
def other():
    """One that may find something: the test's own canary must not."""
    return Canary()


@pytest.fixture
def start(other):
    started = []

    def run(script, *arguments, **env):
        agent = Agent("/bin/sh", ["-c", script, *arguments], {"PATH": os.environ["PATH"], **env},
                      other)
        agent.binary = os.path.realpath("/bin/sh")
        started.append(agent)
        return agent.wait_ready()

    yield run
    for each in started:
        each.kill()


def encodings(value):
    text = b"x" + value
    return {
        "plain": text, "base64": base64.b64encode(text), "base64url": base64.urlsafe_b64encode(text),
        "hex": text.hex().encode(), "HEX": text.hex().upper().encode(),
        "url": urllib.parse.quote(text, safe="").encode()}


@pytest.mark.parametrize("encoding", encodings(b""))
@pytest.mark.parametrize("stream", ["1", "2"])
def test_output_that_leaks_is_found(start, other, tmp_path, encoding, stream):
    secret = tmp_path / "secret"
    secret.write_bytes(encodings(other.value)[encoding])
    agent = start(f"{READY}; cat {secret} >&{stream}; {WAIT}")
    agent.stop()
    name = {"1": "standard output", "2": "standard error"}[stream]
    assert any(finding.startswith(name) for finding in other.findings)


def test_half_of_the_value_is_found(other):
    other.scan("output", other.value[:12])
    other.scan("output", other.value[12:])
    assert len(other.findings) == 2


def test_memory_that_holds_it_is_found(start, other, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(other.value + b"\n")
    start(f"IFS= read -r V < {secret}; {READY}; {WAIT}").stop()
    assert any(finding.startswith("memory") for finding in other.findings)


def test_arguments_and_environments_of_children_are_found(start, other):
    text = other.value.decode()
    start(f"{READY}; {WAIT}", text).stop()
    assert any(finding.startswith("arguments") for finding in other.findings)
    other.findings.clear()
    start(f"{READY}; {WAIT}", V=text).stop()
    assert any(finding.startswith("environment") for finding in other.findings)


def test_files_and_their_names_are_found(other, tmp_path):
    Path(tmp_path, "state").write_bytes(b"\0" + other.value)
    Path(tmp_path, base64.urlsafe_b64encode(other.value).decode()).touch()
    other.scan_folder(tmp_path)
    assert any(finding.startswith("file ") for finding in other.findings)
    assert any(finding.startswith("name ") for finding in other.findings)


def test_a_program_without_it_is_clean(start, other):
    start(f"{READY}; {WAIT}").stop()
    assert other.scanned and not other.findings
