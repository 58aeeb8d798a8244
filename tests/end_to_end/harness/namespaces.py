"""A namespace of one test's own, and what stands in it."""

import base64
import json
import secrets
import time

from harness import policies
from harness.api import Refused
from harness.lines import DEADLINE

ACCOUNT = "blindfold"  # the agent's, as `agent permissions` names it
CLUSTER_WIDE = [
    "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies",
    "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings",
    "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
]
CLUSTER_RBAC = "/apis/rbac.authorization.k8s.io/v1"
RBAC = f"{CLUSTER_RBAC}/namespaces"


def rule(verbs, resources=("secrets",), names=(), group=""):
    """A rule of a Role; the verbs in one string."""
    made = {"apiGroups": [group], "resources": list(resources), "verbs": verbs.split()}
    return {**made, "resourceNames": list(names)} if names else made


def _binding(kind, account, namespace, role=None):
    """Of an account to a role; named as the role is."""
    return {"metadata": {"name": role or account},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": kind,
                        "name": role or account},
            "subjects": [{"kind": "ServiceAccount", "name": account, "namespace": namespace}]}


def poll(what, found, deadline=DEADLINE):
    """The server has no event for it: asks until `found` gives something."""
    until = time.monotonic() + deadline
    while not (result := found()):
        assert time.monotonic() < until, f"awaited {what}: nothing within {deadline} s"
        time.sleep(0.02)
    return result


class Namespace:
    """Made with its creation; close() takes everything away, policies and webhooks too."""

    def __init__(self, cluster, canary, name=None):
        self.cluster, self.canary = cluster, canary
        self.api = cluster.api
        self.name = name or f"app-{secrets.token_hex(4)}"
        self.path = f"/api/v1/namespaces/{self.name}"
        self.api.post("/api/v1/namespaces", {"metadata": {"name": self.name}})

    def secret_document(self, name, keys, kind="Opaque", immutable=False, **metadata):
        """`keys` are names, each with the canary as its value, or a dictionary of bytes."""
        values = keys if isinstance(keys, dict) else dict.fromkeys(keys, self.canary.value)
        return {"metadata": {"name": name, **metadata}, "type": kind,
                "data": {key: base64.b64encode(value).decode() for key, value in values.items()},
                **({"immutable": True} if immutable else {})}

    def create_secret(self, name, keys=("password",), *arguments, **more):
        """What the server has made of it."""
        return self.api.post(f"{self.path}/secrets",
                             self.secret_document(name, keys, *arguments, **more))

    def rotate_secret(self, name, key="password", extra=b"+"):
        """In place; the value is another one, which the canary is a part of."""
        value = base64.b64encode(self.canary.value + extra + secrets.token_bytes(4)).decode()
        return self.api.merge(f"{self.path}/secrets/{name}", {"data": {key: value}})

    def delete_secret(self, name):
        return self.api.delete(f"{self.path}/secrets/{name}")

    def put_config_map(self, name, document):
        path = f"{self.path}/configmaps"
        self.api.delete(f"{path}/{name}")
        self.api.post(path, document)

    def value(self, name, key):
        """What a key holds."""
        return base64.b64decode(self.api.get(f"{self.path}/secrets/{name}")["data"][key])

    def kubectl(self, *arguments, **more):
        return self.cluster.kubectl("--namespace", self.name, *arguments, **more)

    def apply(self, text, **more):
        """YAML, or what JSON can be made of; into this namespace where it names none."""
        document = text if isinstance(text, str) else json.dumps(text)
        return self.kubectl("apply", "--filename=-", stdin=document, **more)

    def make_account(self, name=ACCOUNT, rules=None):
        """A ServiceAccount, with a Role of its own where there are rules; a token for it."""
        status, document = self.api.request(
            "POST", f"{self.path}/serviceaccounts", {"metadata": {"name": name}})
        assert status in (201, 409), document
        if rules is not None:
            self.set_rules(rules, name)
        return self.token(name)

    def set_rules(self, rules, account=ACCOUNT):
        """Replaces what the account may do here; returns when the server goes by it."""
        role = {"metadata": {"name": account}, "rules": rules}
        try:
            self.api.post(f"{RBAC}/{self.name}/roles", role)
            self.api.post(f"{RBAC}/{self.name}/rolebindings", _binding("Role", account, self.name))
        except Refused as refused:
            assert refused.status == 409, refused
            self.api.put(f"{RBAC}/{self.name}/roles/{account}", role)
        for each in rules:
            for verb in each["verbs"]:
                for name in each.get("resourceNames", [""]):
                    self.wait_allowed(verb, each["resources"][0], name, account,
                                      each["apiGroups"][0])

    def allow_foreign(self, rules, namespace, account=ACCOUNT):
        """For an account of another namespace, in this one."""
        self.api.post(f"{RBAC}/{self.name}/roles", {"metadata": {"name": account}, "rules": rules})
        self.api.post(f"{RBAC}/{self.name}/rolebindings", _binding("Role", account, namespace))

    def allow_everywhere(self, rules, account=ACCOUNT):
        """A ClusterRole of the account's own; close() takes it away."""
        name = f"{self.name}-{account}"
        role = {"metadata": {"name": name}, "rules": rules}
        self.api.post(f"{CLUSTER_RBAC}/clusterroles", role)
        self.api.post(f"{CLUSTER_RBAC}/clusterrolebindings",
                      _binding("ClusterRole", account, self.name, name))
        for each in rules:
            for verb in each["verbs"]:
                self.wait_allowed(verb, each["resources"][0], account=account)

    def may(self, verb, resource="secrets", name="", account=ACCOUNT, group=""):
        plain, _, part = resource.partition("/")
        review = self.api.post("/apis/authorization.k8s.io/v1/subjectaccessreviews", {"spec": {
            "user": f"system:serviceaccount:{self.name}:{account}",
            "resourceAttributes": {"namespace": self.name, "verb": verb, "resource": plain,
                                   "subresource": part, "group": group, "name": name}}})
        return review["status"]["allowed"]

    def wait_allowed(self, verb, resource="secrets", name="", account=ACCOUNT, group="",
                     allowed=True):
        poll(f"that {account} may {verb} {resource}: {allowed}",
             lambda: self.may(verb, resource, name, account, group) == allowed)

    def token(self, account=ACCOUNT, seconds=3600, bound_to=None):
        """`bound_to` is a Secret (its document): when it is deleted the token is revoked."""
        spec = {"expirationSeconds": seconds}
        if bound_to is not None:
            spec["boundObjectRef"] = {"kind": "Secret", "apiVersion": "v1",
                                      "name": bound_to["metadata"]["name"],
                                      "uid": bound_to["metadata"]["uid"]}
        reply = self.api.post(f"{self.path}/serviceaccounts/{account}/token", {"spec": spec})
        return reply["status"]["token"]

    def make_quota(self, used=0, hard=100, name="secrets"):
        self.api.post(f"{self.path}/resourcequotas", {
            "metadata": {"name": name}, "spec": {"hard": {"count/secrets": str(hard)}}})
        self.count_quota(name, used)

    def count_quota(self, name, used=0):
        """What a controller does elsewhere: from then on the server itself counts on."""
        quota = f"{self.path}/resourcequotas/{name}"
        hard = self.api.get(quota)["spec"]["hard"]
        self.api.merge(f"{quota}/status",
                       {"status": {"hard": hard, "used": {"count/secrets": str(used)}}})

    def tell_event(self, message):
        """As kubelet tells why a pod does not start."""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self.api.post(f"{self.path}/events", {
            "metadata": {"generateName": "pod."}, "type": "Warning", "reason": "Failed",
            "message": message, "firstTimestamp": now, "lastTimestamp": now, "count": 1,
            "source": {"component": "kubelet"},
            "involvedObject": {"kind": "Pod", "namespace": self.name, "name": "pod"}})

    def register_webhook(self, proxy):
        """The proxy's webhook sees each dry run and write of secrets in this namespace."""
        authority = base64.b64encode(proxy.authority.read_bytes()).decode()
        self.api.post(CLUSTER_WIDE[2], {
            "metadata": {"name": self.name}, "webhooks": [{
                "name": "resolver.cluster.test", "sideEffects": "None",
                "admissionReviewVersions": ["v1"], "timeoutSeconds": 5,
                "clientConfig": {"url": proxy.webhook_url, "caBundle": authority},
                "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": self.name}},
                "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["secrets"],
                           "operations": ["CREATE", "UPDATE"]}]}]})
        before = len(list(proxy.documents("review")))
        poll("that the server asks the webhook",
             lambda: self._is_reviewed(proxy, before))

    def wait_refused(self, policy, refused=True):
        """The server takes a moment until it goes by a policy, or by its removal."""
        def settled():
            _, document = self.api.request(
                "POST", f"{self.path}/secrets?dryRun=All", {"metadata": {"name": "any"}})
            return (f"'{policy}'" in document.get("message", "")) == refused
        poll(f"that {policy} refuses: {refused}", settled)

    def _is_reviewed(self, proxy, before):
        self.api.request("POST", f"{self.path}/secrets?dryRun=All", {"metadata": {"name": "any"}})
        return len(list(proxy.documents("review"))) > before

    def clear_policies(self):
        """All but the one that stands; webhooks and the accounts' rights everywhere as well."""
        for collection in CLUSTER_WIDE:
            for each in self.api.get(collection)["items"]:
                if each["metadata"]["name"] != policies.STANDING:
                    self.api.delete(f"{collection}/{each['metadata']['name']}")

        for account in (ACCOUNT, policies.ASKER):
            for kind in ("clusterrolebindings", "clusterroles"):
                self.api.delete(f"{CLUSTER_RBAC}/{kind}/{self.name}-{account}")

    def close(self):
        self.clear_policies()
        self.api.delete(self.path)  # its secrets go with the cluster: nothing here sweeps them
        finalized = {"metadata": {"name": self.name}, "spec": {"finalizers": []}}
        self.api.request("PUT", f"{self.path}/finalize", finalized)
