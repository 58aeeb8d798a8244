"""Why: what is not secret decides what is needed: a setting is read, and only its ConfigMap."""

from harness.namespaces import rule

SETTING = {"id": "payments", "title": "Card payments", "format": "choice",
           "choices": ["on", "off"], "default": "off"}
READER = rule("get", ["configmaps"], ["app-settings"])


def configure(kube):
    setting = {**SETTING, "store": {"kubernetes": {
        "config-map": "app-settings", "key": "payments", "namespace": kube.namespace.name}}}
    return kube.configure(
        kube.requirement("database", "db"),
        kube.requirement("card", "card", when={"setting": "payments", "is": "on"}),
        settings=[setting])


def put(kube, value):
    document = {"metadata": {"name": "app-settings"},
                "data": {} if value is None else {"payments": value}}
    kube.namespace.put_config_map("app-settings", document)


def test_needed_where_it_holds(kube, way):
    way.allow(kube, "db", "card", more=[READER])
    kube.namespace.create_secret("db")
    configuration = configure(kube)
    for value, presence, status in [("on", "missing", 1), ("off", "skipped", 0),
                                    (None, "skipped", 0)]:
        put(kube, value)
        finished = kube.once(configuration)
        assert finished.requirement("card")["presence"] == presence, value
        assert finished.status == status


def test_optional_while_it_is_not_known(kube, way):
    way.allow(kube, "db", "card")
    kube.namespace.create_secret("db")
    put(kube, "on")
    finished = kube.once(configure(kube), "--timeout", "3s")
    assert finished.status == 0
    assert finished.requirement("card")["presence"] != "skipped"


def test_follows_it_while_it_runs(kube, way):
    way.allow(kube, "db", "card", more=[READER])
    put(kube, "off")
    agent = kube.start(configure(kube))
    kube.wait_presence(agent, "card", "skipped")
    start = agent.mark()
    put(kube, "on")
    _, start = kube.wait_presence(agent, "card", "missing", start)
    kube.namespace.create_secret("card")
    _, start = kube.wait_presence(agent, "card", "present", start)
    put(kube, "off")
    kube.wait_presence(agent, "card", "skipped", start)


def test_nothing_but_that_config_map_is_read(kube, way):
    way.allow(kube, "db", "card", more=[READER])
    put(kube, "on")
    kube.once(configure(kube))
    for exchange in kube.requests("/configmaps"):
        assert (exchange.method, exchange.path) == (
            "GET", f"/api/v1/namespaces/{kube.namespace.name}/configmaps/app-settings")
