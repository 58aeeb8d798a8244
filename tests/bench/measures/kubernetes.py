"""A cluster for the measures of Kubernetes, from the parts of the end-to-end tests."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "end_to_end"))

from harness import go_builds, policies  # noqa: E402
from harness.cluster import Cluster, kubeconfig  # noqa: E402
from harness.namespaces import Namespace, rule  # noqa: E402
from harness.proxy import RecordingProxy  # noqa: E402

OTHERS = 10_000
HINT = rule("get list watch", ["resourcequotas"], ["blindfold"])


class Value:
    """What stands in the secrets; it is no secret."""

    value = b"a password of thirty-two letters"


class Bench:
    """A namespace of its own, and configurations for an agent that looks into it."""

    def __init__(self, subjects, cluster, proxied=False):
        self.subjects, self.cluster = subjects, cluster
        self.namespace = Namespace(cluster, Value)
        self.proxy = RecordingProxy(cluster) if proxied else None
        self.address = self.proxy.address if proxied else cluster.address
        self.authority = self.proxy.authority if proxied else cluster.authority
        self.kubeconfig = subjects.scratch / "kubeconfig"
        self.token = None

    def allow(self, way, more=()):
        """Rights as `agent permissions` prints them, but for names: there may be thousands."""
        if way == "asking":
            account, rules = policies.ASKER, [rule("update"), rule("create"), *more]
        else:
            account, rules = "blindfold", [rule("list watch"), *more]
        self.token = self.namespace.make_account(account, rules)
        kubeconfig(self.kubeconfig, self.address, self.authority, self.token, self.namespace.name)

    def configuration(self, names, **poll):
        path = self.subjects.scratch / "kubernetes.yaml"
        requirements = [
            {"id": name, "provided-by": "customer", "store": {"kubernetes": {
                "secret": name, "keys": ["password"], "namespace": self.namespace.name}}}
            for name in names]
        path.write_text(json.dumps({
            "schema": "blindfold/1", "deployment": "bench", "requirements": requirements,
            **({"agent": {"poll": {"kubernetes": poll}}} if poll else {})}, indent=1))
        return path

    @property
    def env(self):
        return {**self.subjects.env, "KUBECONFIG": str(self.kubeconfig)}

    def create(self, names, keys=("password",)):
        self.namespace.api.post_all(
            f"{self.namespace.path}/secrets",
            (self.namespace.secret_document(name, keys) for name in names))

    def fill(self):
        """Secrets that are none of its business, two keys in each."""
        self.create([f"other-{number}" for number in range(OTHERS)], ["a", "b"])

    def close(self):
        self.namespace.close()
        if self.proxy:
            self.proxy.close()


def with_cluster(measure):
    """Runs `measure(cluster)`, or says why it cannot."""
    try:
        cluster = Cluster()
    except go_builds.Missing as why:
        print(f"skipped: {why}")
        return
    try:
        for each in policies.standing():
            cluster.kubectl("create", "--filename=-", stdin=json.dumps(each))
        measure(cluster)
    finally:
        cluster.close()
