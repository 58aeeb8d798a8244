"""One request: which part answers it, what goes wrong with it, what is told of it."""

from .services import named
from .signatures import claimed
from .wire import Response


class Answered:
    """What a part told while it answered."""

    def __init__(self):
        self.identity = self.region = ""

    def tell(self, identity, region):
        self.identity, self.region = identity.name, region


class Handled:
    """What a connection does with one request."""

    def __init__(self, data=b"", action="answer"):
        self.data, self.action = data, action


class Front:
    """The services behind one address. `part_of` finds what answers a request, and what it is
    called."""

    def __init__(self, part_of, identities, faults, recorder, clock):
        self._part_of, self._identities = part_of, identities
        self._faults, self._recorder, self._clock = faults, recorder, clock

    def handle(self, request, connection, host=""):
        """`host` is the name that a proxy's client asked for."""
        part, operation = self._part_of(request)
        key_id, region, _ = claimed(request)
        region = region or region_of(host)
        key = self._identities.key(key_id)
        name = key.identity.name if key else ""
        number = self._recorder.request(
            request, operation=operation, region=region, identity=name, key=key_id,
            connection=connection, host=host or request.header("host"))
        fault = self._faults.find(operation, region, name, request.body)
        if fault is not None and fault.action in ("hang", "reset"):
            self._recorder.reply(number, b"", status=0, identity="", error=fault.action)
            return Handled(action=fault.action)
        answered = Answered()
        if fault is not None and fault.action == "expire":
            self._identities.expire(name)
        if fault is not None and fault.action == "answer":
            response = Response(fault.status, fault.body, fault.kind, fault.headers, fault.name)
        else:
            response = part.answer(request, answered.tell)
        data = self._damaged(response.to_bytes(self._clock.date()), fault)
        self._recorder.reply(number, data, status=response.status, identity=answered.identity,
                             error=response.error)
        return Handled(data, "cut" if fault is not None and fault.action == "cut" else "answer")

    @staticmethod
    def _damaged(data, fault):
        if fault is None or fault.action not in ("cut", "garble"):
            return data
        head, _, body = data.partition(b"\r\n\r\n")
        half = len(body) // 2
        damaged = body[:half] if fault.action == "cut" else body[:half] + b"\0" * (len(body) - half)
        return head + b"\r\n\r\n" + damaged


def region_of(host):
    """Of a name of AWS's own: secretsmanager.eu-west-1.amazonaws.com."""
    words = host.partition(":")[0].split(".")
    return words[-3] if len(words) > 3 and words[-2] == "amazonaws" else ""


def service_front(services, sts, portal):
    """What Front wants, for the address where all services are."""
    def part_of(request):
        operation = named(request)[1]
        if request.header("x-amz-target"):
            return services, operation or request.header("x-amz-target")
        if request.path == portal.PATH:
            return portal, "GetRoleCredentials"
        return sts, sts.action_of(request)
    return part_of
