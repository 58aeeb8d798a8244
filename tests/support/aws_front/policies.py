"""IAM's decision about one action on one resource, for policies as IAM's documents are."""

import re

from .wire import Refused

SERVICE_WORDS = {"because": "because no identity-based policy allows the {} action",
                 "denied": "with an explicit deny in an identity-based policy"}


def matches(pattern, text):
    """IAM's wildcards: * is any characters, ? one."""
    words = {"*": ".*", "?": "."}
    expression = "".join(words.get(letter) or re.escape(letter) for letter in pattern)
    return re.fullmatch(expression, text, re.DOTALL) is not None


def _list(value):
    return value if isinstance(value, list) else [value]


class Statement:
    def __init__(self, document):
        unknown = set(document) - {"Sid", "Effect", "Action", "NotAction", "Resource", "Condition"}
        if unknown:
            raise ValueError(f"a policy's statement has {sorted(unknown)}")
        self.allows = document["Effect"] == "Allow"
        self._actions = [each.lower() for each in _list(document.get("Action", []))]
        self._others = [each.lower() for each in _list(document.get("NotAction", []))]
        self._resources = _list(document["Resource"])
        self._conditions = list(self._read_conditions(document.get("Condition", {})))

    @staticmethod
    def _read_conditions(document):
        for operator, keys in document.items():
            if operator not in ("StringEquals", "Bool"):
                raise ValueError(f"a condition {operator} is not known here")
            for key, values in keys.items():
                yield key.lower(), [str(each).lower() for each in _list(values)]

    def applies(self, action, resource, context):
        action = action.lower()
        if self._others:
            named = not any(matches(each, action) for each in self._others)
        else:
            named = any(matches(each, action) for each in self._actions)
        return (named and any(matches(each, resource) for each in self._resources)
                and all(context.get(key) in values for key, values in self._conditions))


class Policy:
    def __init__(self, statements):
        self._statements = [Statement(each) for each in statements]

    def decide(self, action, resource, context):
        """"allowed", "denied" (in words), or "because" nothing allows it."""
        found = [each for each in self._statements if each.applies(action, resource, context)]
        if any(not each.allows for each in found):
            return "denied"
        return "allowed" if found else "because"


def check(identity, action, resource, context=None):
    """Raises Refused as AWS does, before it is known whether the resource exists."""
    decided = identity.policy.decide(action, resource, context or {})
    if decided == "allowed":
        return
    why = SERVICE_WORDS[decided].format(action)
    raise Refused("AccessDeniedException", f"User: {identity.arn} is not authorized to perform: "
                                           f"{action} on resource: {resource} {why}")
