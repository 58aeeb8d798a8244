"""The operations that moto answers in another way than AWS.

ListSecretVersionIds names only versions that hold a value. DescribeParameters has pages of 50;
they are filled, or, as AWS says of it, each is what is found among so many of all parameters:
then a page can be empty and still have a token.
"""

import datetime
import json

from .policies import matches
from .wire import Refused, json_response

LARGEST_PAGE = {"DescribeParameters": 50, "ListSecretVersionIds": 100}


def no_secret():
    return Refused("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")


def _page(operation, asked):
    most = LARGEST_PAGE[operation]
    size = asked.get("MaxResults", most)
    if not 1 <= size <= most:
        raise Refused("ValidationException", f"MaxResults must be between 1 and {most}")
    token = asked.get("NextToken") or "page-0"
    if not token.startswith("page-") or not token[5:].isdigit():
        raise Refused("InvalidNextToken", "The specified token is not valid.")
    return int(token[5:]), size


def list_secret_version_ids(store, account, region, asked):
    start, size = _page("ListSecretVersionIds", asked)
    secret = store.secret(account, region, asked["SecretId"])
    if secret is None:
        raise no_secret()
    held = [each for each in secret.versions.values()
            if ("secret_string" in each or "secret_binary" in each)
            and (each["version_stages"] or asked.get("IncludeDeprecated"))]
    versions = [{"VersionId": each["version_id"], "CreatedDate": float(each["createdate"]),
                 **({"VersionStages": each["version_stages"]} if each["version_stages"] else {})}
                for each in held]
    more = {"NextToken": f"page-{start + size}"} if start + size < len(versions) else {}
    return json_response({"Versions": versions[start:start + size], **more, "ARN": secret.arn,
                          "Name": secret.name})


def _seconds(date):
    if isinstance(date, datetime.datetime):
        return date.replace(tzinfo=datetime.timezone.utc).timestamp()
    return float(date)


def _metadata(parameter, account, region):
    """Without a value: the real one has no such field either."""
    name = parameter.name
    tail = name if name.startswith("/") else f"/{name}"
    return {"Name": name, "ARN": f"arn:aws:ssm:{region}:{account}:parameter{tail}",
            "Type": parameter.parameter_type,
            **({"KeyId": parameter.keyid} if parameter.keyid else {}),
            "LastModifiedDate": _seconds(parameter.last_modified_date),
            "LastModifiedUser": f"arn:aws:iam::{account}:user/customer",
            "Version": parameter.version, "Tier": parameter.tier or "Standard", "Policies": [],
            "DataType": parameter.data_type}


def _keeps(parameter, filters):
    for each in filters:
        text = {"Name": parameter.name, "Type": parameter.parameter_type}[each["Key"]]
        ways = {"Equals": lambda value: text == value,
                "BeginsWith": lambda value: matches(f"{value}*", text),
                "Contains": lambda value: value in text}
        if not any(map(ways[each.get("Option", "Equals")], each["Values"])):
            return False
    return True


def _check_filters(filters):
    for each in filters:
        if each.get("Key") not in ("Name", "Type") or len(each.get("Values", [])) > 50:
            raise Refused("InvalidFilterKey", f"not a filter that is known here: {each}")


def describe_parameters(store, account, region, asked, scanned):
    start, size = _page("DescribeParameters", asked)
    filters = asked.get("ParameterFilters") or []
    _check_filters(filters)
    everything = store.parameters(account, region)
    if scanned:
        span = everything[start:start + size]
        found, left = [each for each in span if _keeps(each, filters)], len(everything)
    else:
        kept = [each for each in everything if _keeps(each, filters)]
        found, left = kept[start:start + size], len(kept)
    more = {"NextToken": f"page-{start + size}"} if start + size < left else {}
    return json_response(
        {"Parameters": [_metadata(each, account, region) for each in found], **more})


def asked_of(body):
    try:
        asked = json.loads(body or b"{}")
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        raise Refused("SerializationException", "the body is no JSON object")
    return asked


def tidied(operation, body):
    """moto names versions twice and writes null for what is not there."""
    surplus = {"DescribeSecret": "SecretVersionsToStages", "ListSecrets": "VersionIdsToStages"}
    document = json.loads(body)
    for each in document.get("SecretList", [document]):
        for name in [key for key, value in each.items()
                     if value is None or key == surplus[operation]]:
            del each[name]
    return json.dumps(document).encode()
