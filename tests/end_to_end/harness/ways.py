"""The two ways to see a Secret, for tests that hold for both."""


class Asking:
    """By dry runs that the API server lets through and real ones that it refuses."""

    name, sight, printed = "asking", "api-server", ()

    @staticmethod
    def allow(kube, *names, more=()):
        kube.allow_asking(*names, more=more)

    @staticmethod
    def is_question(exchange):
        """Of a secret by name; not the check of the policy."""
        return exchange.method == "PUT"


class Watching:
    """By the Table form."""

    name, sight, printed = "watching", "wire", ("--faster",)

    @staticmethod
    def allow(kube, *names, more=()):
        kube.allow_watching(*names, more=more)

    @staticmethod
    def is_question(exchange):
        return exchange.method == "GET" and "/secrets" in exchange.path


WAYS = [Asking, Watching]
