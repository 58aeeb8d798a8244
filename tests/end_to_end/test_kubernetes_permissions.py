"""Why: what `agent permissions` prints is applied as it stands, so each line of it must be needed
and none may be missing."""

from pathlib import Path

import pytest
import yaml

EXAMPLES = Path(__file__).resolve().parents[2] / "config/kubernetes"


def find(documents, kind):
    return next(each for each in documents if each["kind"] == kind)


def without(kind):
    def edit(documents):
        documents.remove(find(documents, kind))
    return edit


def without_rule(resource):
    def edit(documents):
        rules = find(documents, "Role")["rules"]
        rules[:] = [each for each in rules if resource not in (each["resources"][0],
                                                                *each["verbs"])]
    return edit


def without_verb(verb):
    def edit(documents):
        for each in find(documents, "Role")["rules"]:
            if each["resources"] == ["secrets"]:
                each["verbs"] = [other for other in each["verbs"] if other != verb] or ["none"]
    return edit


def without_name(documents):
    for each in find(documents, "Role")["rules"]:
        if "db" in each.get("resourceNames", []):
            each["resourceNames"] = ["none"]


def without_validation(word):
    def edit(documents):
        rules = find(documents, "ValidatingAdmissionPolicy")["spec"]["validations"]
        rules[:] = [each for each in rules if word not in each["expression"]]
    return edit


# What is taken away, and what is left: presence, sight, a word of the detail.
ASKING = {
    "the policy": (without("ValidatingAdmissionPolicy"), "present", "none", ""),
    "its binding": (without("ValidatingAdmissionPolicyBinding"), "present", "none", ""),
    "its rule on values": (without_validation("object.data"), "present", "none", ""),
    "the right to update": (without_verb("update"), "present", "api-server", "rotation"),
    "the right to create": (without_verb("create"), "present", "none", ""),
    "the name": (without_name, "present", "api-server", "rotation"),
    "the role": (without("Role"), "denied", None, "secrets"),
    "the role's binding": (without("RoleBinding"), "denied", None, "secrets"),
    # These are for the doctor and for speed.
    "the right to read the policy": (without("ClusterRole"), "present", "api-server", ""),
    "the right to watch the quota": (without_rule("resourcequotas"), "present", "api-server", ""),
    "the quota": (without("ResourceQuota"), "present", "api-server", ""),
}
WATCHING = {
    "the right to list": (without_verb("list"), "denied", None, "secrets"),
    "the right to watch": (without_verb("watch"), "denied", None, "secrets"),
    "the name": (without_name, "denied", None, "secrets"),
    "the role": (without("Role"), "denied", None, "secrets"),
    "the role's binding": (without("RoleBinding"), "denied", None, "secrets"),
}


def check(kube, case, *arguments):
    edit, presence, sight, word = case
    configuration = kube.configure(kube.requirement("database", "db"))
    kube.allow_as_printed(configuration, *arguments, edit=edit)
    if sight == "api-server":
        kube.wait_policy()
    kube.namespace.create_secret("db")
    found = kube.look(configuration, "database", "--timeout", "5s")
    assert found["presence"] == presence, found
    assert sight is None or found["sight"] == sight, found
    assert word in found["detail"], found


@pytest.mark.parametrize("what", ASKING)
def test_without_one_of_them_asking(kube, what):
    check(kube, ASKING[what])


@pytest.mark.parametrize("what", WATCHING)
def test_without_one_of_them_watching(kube, what):
    check(kube, WATCHING[what], "--faster")


def test_without_the_service_account_there_is_no_token(kube):
    configuration = kube.configure(kube.requirement("database", "db"))
    text = kube.permissions(configuration)
    documents = [each for each in yaml.safe_load_all(text) if each]
    without("ServiceAccount")(documents)
    kube.cluster.kubectl("apply", "--filename=-", stdin="---\n".join(map(yaml.dump, documents)))
    made = kube.namespace.kubectl("create", "token", "blindfold", check=False)
    assert made.returncode != 0


@pytest.mark.parametrize("arguments", [(), ("--faster",)], ids=["asking", "watching"])
def test_all_of_it_is_what_the_account_may(kube, arguments):
    """Nothing of it lets the account read, as kubectl sees it; the agent finds no surplus."""
    configuration = kube.configure(kube.requirement("database", "db"))
    kube.allow_as_printed(configuration, *arguments)
    kube.namespace.create_secret("db")
    mine = kube.direct_kubeconfig()
    refused = ["get secrets/db", "patch secrets/db", "delete secrets/db", "get secrets/other",
               "create pods", "create serviceaccounts/token", "update secrets/other"]
    if not arguments:
        refused += ["list secrets", "watch secrets"]
    for each in refused:
        asked = kube.namespace.kubectl("auth", "can-i", *each.split(), check=False,
                                       kubeconfig=mine)
        assert asked.stdout.strip() == "no", each
    agent = kube.start(configuration)
    kube.wait_presence(agent, "database", "present")
    assert "not printed" not in agent.log.text() and "more than" not in agent.log.text()


def test_is_applied_again_without_a_change(kube):
    configuration = kube.configure(kube.requirement("database", "db"))
    text = kube.allow_as_printed(configuration)
    again = kube.cluster.kubectl("apply", "--filename=-", stdin=text).stdout.splitlines()
    # kubectl cannot tell of a policy's list that it is the same; its generation can.
    changed = [line for line in again if not line.endswith("unchanged")]
    assert [line.partition(".")[0] for line in changed] == ["validatingadmissionpolicy"]
    policy = kube.cluster.kubectl("get", "validatingadmissionpolicy", "blindfold-ask-only",
                                  "--output=jsonpath={.metadata.generation}")
    assert policy.stdout == "1"


def test_two_namespaces(kube, other_namespace):
    configuration = kube.configure(
        kube.requirement("here", "db"),
        kube.requirement("there", "mail", namespace=other_namespace.name))
    kube.allow_as_printed(configuration)
    other_namespace.create_secret("mail")
    finished = kube.once(configuration)
    assert finished.requirement("here")["presence"] == "missing"
    found = finished.requirement("there")
    assert (found["presence"], found["sight"]) == ("present", "api-server")


@pytest.mark.parametrize("name", ["asking", "watching"])
def test_the_examples_are_taken_by_a_real_server(kube, name):
    """Those in config/kubernetes, into this namespace."""
    path = EXAMPLES / f"{name}.yaml"
    text = path.read_text().replace("namespace: app", f"namespace: {kube.namespace.name}")
    text = text.replace("serviceaccount:app:", f"serviceaccount:{kube.namespace.name}:")
    kube.cluster.kubectl("apply", "--filename=-", stdin=text)
    kube.use(kube.namespace.token())
    if name == "asking":
        kube.wait_policy()


def test_the_deployment_example_is_taken_by_a_real_server(kube):
    text = (EXAMPLES / "deployment.yaml").read_text().replace(
        "namespace: app", f"namespace: {kube.namespace.name}")
    kube.cluster.kubectl("apply", "--dry-run=server", "--filename=-", stdin=text)


def test_the_audit_example_is_taken_by_a_real_server(own_cluster):
    """It would not start with a bad one."""
    own_cluster.kill_server()
    log = own_cluster.folder / "audit.log"
    own_cluster.start_server(f"--audit-policy-file={EXAMPLES}/audit-policy.yaml",
                             f"--audit-log-path={log}")
