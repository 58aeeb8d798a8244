"""Why: a manifest begins with what the application's own chart asks for."""

import subprocess

import pytest
import yaml

from harness import go_builds, kube_programs

CHART = {
    "Chart.yaml": "apiVersion: v2\nname: my-app\nversion: 0.1.0\n",
    "values.yaml": "database: {secret: db}\ntls: web-tls\n",
    "templates/_helpers.tpl": '{{- define "name" }}{{ .Release.Name }}{{ end -}}\n',
    "templates/app.yaml": """
# {{ .Release.Name }}: a comment
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "name" . }}
  namespace: {{ .Release.Namespace }}
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec:
      imagePullSecrets: [{name: pull}]
      initContainers:
      - name: migrate
        image: app
        env:
        - name: PASSWORD
          valueFrom: {secretKeyRef: {name: {{ .Values.database.secret }}, key: password}}
      containers:
      - name: app
        image: app
        args:
        - |
          {{- range $i := until 3 }}
          line {{ $i }}
          {{- end }}
        env:
        - name: USERNAME
          valueFrom: {secretKeyRef: {name: {{ .Values.database.secret }}, key: username}}
        - name: SENTRY
          valueFrom: {secretKeyRef: {name: sentry, key: dsn, optional: true}}
        - name: SESSION
          valueFrom: {secretKeyRef: {name: session, key: key}}
        envFrom:
        - secretRef: {name: mail}
        volumeMounts: [{name: certificates, mountPath: /certificates}]
      volumes:
      - name: certificates
        projected:
          sources:
          - secret: {name: partners, items: [{key: ca.crt, path: ca.crt}]}
""",
    "templates/ingress.yaml": """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls: [{hosts: [a.test], secretName: {{ .Values.tls }}}]
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: stripe}
spec:
  target: {name: stripe-key}
  data: [{secretKey: api-key, remoteRef: {key: any}}]
""",
}
SECRET = """
---
apiVersion: v1
kind: Secret
metadata: {{name: session}}
stringData: {{key: "{value}"}}
"""


@pytest.fixture
def chart(world):
    try:
        helm = kube_programs.helm()
    except go_builds.Missing as why:
        pytest.skip(str(why))
    folder = world.store("chart")
    for name, text in CHART.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (folder / "templates/secret.yaml").write_text(SECRET.format(value=world.value.decode()))
    done = subprocess.run([helm, "template", "my-app", folder, "--namespace", "app"], check=True,
                          capture_output=True, text=True,
                          env={**world.environment(), "HOME": str(world.stores)})
    assert world.value.decode() in done.stdout, "the chart's own secret stands in it"
    return done.stdout


def init(world, text, *arguments):
    path = world.stores / "rendered.yaml"
    path.write_text(text)
    with open(path) as rendered:
        return world.run("init", *arguments, stdin=rendered)


def test_what_the_chart_asks_for(world, chart):
    finished = init(world, chart)
    assert finished.status == 0, finished.err
    found = {each["store"]["kubernetes"]["secret"]: each
             for each in yaml.safe_load(finished.out)["requirements"]}
    assert set(found) == {"db", "mail", "sentry", "partners", "pull", "web-tls", "stripe-key"}
    stores = {name: each["store"]["kubernetes"] for name, each in found.items()}
    assert set(stores["db"]["keys"]) == {"username", "password"}
    assert stores["pull"]["type"] == "kubernetes.io/dockerconfigjson"
    assert stores["web-tls"]["type"] == "kubernetes.io/tls"
    assert set(stores["web-tls"]["keys"]) == {"tls.crt", "tls.key"}
    assert stores["partners"]["keys"] == ["ca.crt"]
    assert stores["stripe-key"]["keys"] == ["api-key"]
    assert "keys" not in stores["mail"]
    assert found["sentry"]["required"] is False
    assert "session" in finished.out, "what the chart makes itself is said"


def test_passes_its_own_check_and_runs(world, chart, kube):
    manifest = world.write("manifest.yaml", init(world, chart).out)
    checked = world.run("check", manifest)
    assert checked.status == 0, checked.err
    kube.allow_watching()
    configuration = world.write("agent.yaml", {
        "schema": "blindfold/1", "deployment": "test", "manifests": ["manifest.yaml"],
        "defaults": {"kubernetes": {"namespace": kube.namespace.name}}})
    finished = kube.once(configuration, "--timeout", "5s")
    assert finished.status in (1, 3), finished.err
    assert len(finished.document()["requirements"]) == 7


@pytest.mark.parametrize("text", ["a: [b", "\t- x", "--- !!python/object:os.system {}\n"])
def test_what_is_no_manifest_is_an_error_with_its_place(world, text):
    finished = init(world, text)
    assert finished.status == 2
    assert "standard input:1:" in finished.err or "line 1" in finished.err
    assert finished.out == ""


def test_nothing_in_it_is_said(world):
    finished = init(world, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
    assert finished.status != 0 and finished.err
