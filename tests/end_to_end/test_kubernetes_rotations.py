"""Why: people rotate with the tools that they have; each way is one `rotated`, by either sight."""

import base64
import shlex

import pytest


def first(kube):
    kube.namespace.create_secret("db")


def first_applied(kube):
    """Client-side apply keeps the value in an annotation."""
    kube.namespace.apply(document(kube, b""))
    applied = kube.namespace.kubectl("get", "secret", "db", "--output=yaml").stdout
    assert "last-applied-configuration" in applied


def document(kube, extra):
    return {"apiVersion": "v1", "kind": "Secret",
            **kube.namespace.secret_document("db", {"password": kube.world.value + extra})}


def delete_and_create(kube):
    """As the field's documentation has it."""
    kube.namespace.kubectl("delete", "secret", "db")
    kube.namespace.kubectl("create", "secret", "generic", "db", "--from-file=password=/dev/stdin",
                           stdin=kube.world.value.decode() + "2")


def patch(kube):
    text = base64.b64encode(kube.world.value + b"2").decode()
    kube.namespace.kubectl("patch", "secret", "db", "--patch-file=/dev/stdin",
                           stdin=f'{{"data":{{"password":"{text}"}}}}')


def apply(kube):
    kube.namespace.apply(document(kube, b"2"))


def edit(kube):
    """The editor changes the one line."""
    text = base64.b64encode(kube.world.value + b"2").decode()
    script = f"s|^  password: .*|  password: {text}|"
    kube.namespace.kubectl("edit", "secret", "db",
                           env={"KUBE_EDITOR": f"sed -i {shlex.quote(script)}"})


def replace(kube):
    made = kube.namespace.kubectl(
        "create", "secret", "generic", "db", "--from-file=password=/dev/stdin",
        "--dry-run=client", "--output=yaml", stdin=kube.world.value.decode() + "2")
    kube.namespace.kubectl("replace", "--filename=-", stdin=made.stdout)


def label(kube):
    """The value is the same: what changed cannot be told from a rotation here."""
    kube.namespace.kubectl("label", "secret", "db", "team=payments")


ROTATIONS = {"delete and create": (first, delete_and_create), "patch": (first, patch),
             "apply": (first_applied, apply), "edit": (first, edit), "replace": (first, replace),
             "label": (first, label)}


@pytest.mark.parametrize("how", ROTATIONS)
def test_is_one_rotated(kube, way, how):
    prepare, rotate = ROTATIONS[how]
    way.allow(kube, "db", "last")
    prepare(kube)
    kube.namespace.create_secret("last")
    agent = kube.start(kube.configure(kube.requirement("database", "db"),
                                      kube.requirement("last", "last")))
    kube.wait_seen(agent, "database", "db")
    kube.wait_seen(agent, "last", "last")
    rotate(kube)
    agent.wait_event("database")
    kube.namespace.rotate_secret("last")  # whatever else came of the first has come by then
    agent.wait_event("last", "rotated")
    assert [event["kind"] for event in agent.events("database")] == ["rotated"]


def test_what_changes_nothing_is_no_event(kube, way):
    way.allow(kube, "db")
    first_applied(kube)
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_seen(agent, "database", "db")
    kube.namespace.apply(document(kube, b""))
    kube.namespace.rotate_secret("db")
    agent.wait_event("database", "rotated")
    assert len(agent.events("database")) == 1


def test_many_rotations_end_with_the_last(kube):
    """Watching misses none; each has its own version."""
    kube.allow_watching("db")
    kube.namespace.create_secret("db")
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_seen(agent, "database", "db")
    for _ in range(50):
        kube.namespace.rotate_secret("db")
    agent.wait_events(50, "database", "rotated")


def test_away_for_less_than_the_grace_is_one_rotation(kube):
    kube.allow_watching("db")
    kube.namespace.create_secret("db")
    agent = kube.start(kube.configure(kube.requirement("database", "db")))
    kube.wait_seen(agent, "database", "db")
    start = agent.mark()
    kube.namespace.delete_secret("db")
    kube.wait_presence(agent, "database", "missing", start)
    assert agent.events("database") == []
    kube.namespace.create_secret("db")
    agent.wait_event("database", "rotated", start)
    assert len(agent.events("database")) == 1
