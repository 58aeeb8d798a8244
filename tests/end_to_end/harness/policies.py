"""Admission policies of the tests' own.

The ask-only policy stands in the cluster from its start, for every account called `asker`: a
server takes a second until it goes by a new one. The policy that is tested as it is printed is
the one of `agent permissions`, for the account that it names.
"""

ASKER = "asker"
STANDING = "standing-ask-only"


def policy(name, condition, validations, operations=("CREATE", "UPDATE")):
    """A policy on secrets and its binding."""
    group = "admissionregistration.k8s.io/v1"
    return [
        {"apiVersion": group, "kind": "ValidatingAdmissionPolicy", "metadata": {"name": name},
         "spec": {
             "failurePolicy": "Fail",
             "matchConstraints": {"resourceRules": [{
                 "apiGroups": [""], "apiVersions": ["v1"], "resources": ["secrets"],
                 "operations": list(operations)}]},
             "matchConditions": [{"name": "who", "expression": condition}],
             "validations": [{"expression": each} for each in validations]}},
        {"apiVersion": group, "kind": "ValidatingAdmissionPolicyBinding",
         "metadata": {"name": name}, "spec": {"policyName": name, "validationActions": ["Deny"]}}]


ASK_ONLY = [
    "request.dryRun == true",
    "!has(object.data) || object.data.all(k, object.data[k] == '')",
    "!has(object.metadata.annotations) && !has(object.metadata.finalizers)",
]


def standing():
    return policy(STANDING, f"request.userInfo.username.endsWith(':{ASKER}')", ASK_ONLY)


def labels_wanted(name, namespace, label):
    """What companies have: every secret has to have a label."""
    return policy(name, f"request.namespace == '{namespace}'",
                  [f"has(object.metadata.labels) && '{label}' in object.metadata.labels"])
