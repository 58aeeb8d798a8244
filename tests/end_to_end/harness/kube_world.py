"""A world whose agent sees a namespace of a real API server, through the recording proxy."""

import json
import os
import re
import secrets
import subprocess

import yaml

from harness.api import Api, query
from harness.cluster import kubeconfig
from harness.namespaces import ACCOUNT, poll, rule
from harness.policies import ASKER

QUICK = {"kubernetes": {"quick": "1s", "steady": "2s", "rate": "50/1s"}}


class KubeWorld:
    """What the agent is given: the kubeconfig, which a test may write anew."""

    def __init__(self, world, cluster, proxy, namespace):
        self.world, self.cluster, self.proxy, self.namespace = world, cluster, proxy, namespace
        self.folder = world.scratch / "kube"
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.kubeconfig = self.folder / "config"
        self.use("nobody's")

    @property
    def environment(self):
        return {"KUBECONFIG": str(self.kubeconfig)}

    def requirement(self, identifier, secret, keys=("password",), namespace=None, kind=None,
                    **more):
        """One in the test's namespace, unless another is named."""
        store = {"secret": secret, "namespace": namespace or self.namespace.name,
                 **({"keys": list(keys)} if keys else {}), **({"type": kind} if kind else {})}
        return {"id": identifier, "provided-by": "customer", "store": {"kubernetes": store}, **more}

    def configure(self, *requirements, **more):
        """Asks often, so that nothing here takes long; `agent` adds to the agent's settings."""
        settings = {"poll": QUICK, **more.pop("agent", {})}
        return self.world.configure(*requirements, agent=settings, **more)

    def use(self, token, address=None, authority=None):
        """Writes the agent's kubeconfig: through the proxy, unless another address is given."""
        self.token = token
        return kubeconfig(self.kubeconfig, address or self.proxy.address,
                          authority or self.proxy.authority, token, self.namespace.name)

    def allow(self, *rules, account=ACCOUNT):
        """An account with these rules; the ask-only policy is in force for ASKER alone."""
        self.use(self.namespace.make_account(account, list(rules)))

    def allow_asking(self, *names, more=()):
        """What asking needs, and the policy."""
        asking = [rule("update", names=names), rule("create")] if names else []
        self.allow(*asking, *more, account=ASKER)
        self.wait_policy()

    def allow_watching(self, *names, more=()):
        """The whole namespace where none are named."""
        self.allow(rule("list watch", names=names), *more)

    def permissions(self, configuration, *arguments):
        """What `agent permissions` prints for it, as YAML."""
        finished = self.world.run("--config", configuration, "permissions", "--for", "kubernetes",
                                  *arguments, env=self.environment)
        assert finished.status == 0, finished.err
        return finished.out

    def allow_as_printed(self, configuration, *arguments, edit=None):
        """The account exactly as `agent permissions` prints it. `edit` changes the documents
        in place; then whoever calls knows whether there is still a policy to wait for."""
        text = self.permissions(configuration, *arguments)
        documents = [each for each in yaml.safe_load_all(text) if each]
        if edit is not None:
            edit(documents)
            text = json.dumps({"apiVersion": "v1", "kind": "List", "items": documents})
        self.cluster.kubectl("apply", "--filename=-", stdin=text)
        for each in documents:
            if each["kind"] == "ResourceQuota":
                self.namespace.count_quota(each["metadata"]["name"])
        self.use(self.namespace.token())
        if edit is None and any(each["kind"].endswith("PolicyBinding") for each in documents):
            self.wait_policy()
        return text

    def as_agent(self):
        """Requests with the agent's account, past the proxy."""
        return Api(self.cluster.address, self.cluster.authority, self.token)

    def guess(self):
        """The status of a dry run that carries a value."""
        name = f"guess-{secrets.token_hex(4)}"
        body = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name},
                "data": {"guess": "Z3Vlc3M="}}
        return self.as_agent().request(
            "POST", f"{self.namespace.path}/secrets" + query(dryRun="All"), body)

    def wait_policy(self, refuses=True):
        """The server takes a moment until it goes by a policy, or by its removal."""
        def settled():
            status, document = self.guess()
            by_policy = status == 422 and "ValidatingAdmissionPolicy" in document["message"]
            return by_policy == refuses
        poll(f"that the policy refuses a guess: {refuses}", settled)

    def start(self, configuration, *arguments, env=None, **more):
        return self.world.start(configuration, *arguments, env={**self.environment, **(env or {})},
                                **more)

    def once(self, configuration, *arguments, env=None, **more):
        return self.world.once(configuration, *arguments, env={**self.environment, **(env or {})},
                               **more)

    def wait_presence(self, agent, identifier, presence, start=0, **more):
        """Awaits that the log says so of a requirement; returns the line's text and its index."""
        beginning = f'"{identifier}" is {presence}, '
        index = agent.wait_message(lambda text: text.startswith(beginning), start, **more)
        return json.loads(agent.log.lines[index])["message"], index

    def wait_seen(self, agent, identifier, secret):
        """Awaits that it is present and its version known: each change is a rotation then."""
        self.wait_presence(agent, identifier, "present")
        if self.requests("^GET .*/secrets"):
            self.proxy.wait_request(lambda each: "allowWatchBookmarks" in each.query
                                    and f"metadata.name%3D{secret}&" in each.target)

    def look(self, configuration, identifier, *arguments):
        """One requirement's standing, as --once shows it."""
        return self.once(configuration, *arguments).requirement(identifier)

    def commands(self, configuration, *arguments):
        """The lines to paste, without the comments."""
        finished = self.world.run("--config", configuration, "commands", *arguments,
                                  env=self.environment)
        assert finished.status == 0, finished.err
        return "\n".join(line for line in finished.out.splitlines()
                         if line and not line.startswith("#"))

    def administrator_environment(self):
        """For a shell of whoever creates the secrets."""
        return {"KUBECONFIG": str(self.cluster.admin_kubeconfig), "PATH": os.environ["PATH"],
                "HOME": str(self.world.stores)}

    def direct_kubeconfig(self):
        """The agent's account past the proxy, for kubectl."""
        return kubeconfig(self.folder / "direct", self.cluster.address, self.cluster.authority,
                          self.token, self.namespace.name)

    def certificate_files(self):
        """A folder with a real pair; the certificate's subject is the canary."""
        folder = self.world.store("files")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", f"/O={self.world.value.hex()}", "-keyout",
             folder / "tls.key", "-out", folder / "tls.crt"], check=True, capture_output=True)
        return folder

    def run_with_files(self, lines, folder):
        """The printed lines in bash, with the folder where the files that they name are."""
        subprocess.run(["bash", "-e"], input=lines.replace("/path/to/your", str(folder)), text=True,
                       check=True, timeout=60, env=self.administrator_environment())

    def requests(self, pattern, start=0):
        """The agent's own so far whose METHOD TARGET matches."""
        return [each for each in self.proxy.exchanges(start)
                if re.search(pattern, f"{each.method} {each.target}")]

    def check_crossings(self):
        """No value went towards the agent; the administrator's own look is found there."""
        control = self.folder / "control"
        kubeconfig(control, self.proxy.address, self.proxy.authority, self.cluster.admin_token)
        name = f"control-{secrets.token_hex(4)}"
        path = "/api/v1/namespaces/default/secrets"  # whatever forbids to create one in the test's
        self.cluster.api.post(path, self.namespace.secret_document(name, ["password"]))

        def look():
            # --raw: kubectl would first ask for all that the server has, at each new address.
            self.cluster.kubectl("get", "--raw", f"{path}/{name}", kubeconfig=control)
            return f"{path}/{name}"

        self.world.canary.scan_crossings(self.proxy, look)
        self.cluster.api.delete(f"{path}/{name}")

