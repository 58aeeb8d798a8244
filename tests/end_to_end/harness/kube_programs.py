"""Where etcd, kube-apiserver, kubectl and helm are: KUBEBUILDER_ASSETS, the system, or built.

As a program it builds what is missing, so that no test has to wait for it.
"""

import os
import shutil
import sys
from pathlib import Path

from harness import go_builds

MODULE = "k8s.io/kubernetes"


def _asset(name):
    folder = os.environ.get("KUBEBUILDER_ASSETS")
    path = Path(folder, name) if folder else None
    return path if path and path.exists() else None


def _of_kubernetes(name, what):
    """It does not know its own version where it is built as a module: kubectl wants one."""
    version = go_builds.required("kube_apiserver", MODULE)
    return go_builds.program("kube_apiserver", what, f"{MODULE}/cmd/{name}", name,
                             f"-X k8s.io/component-base/version.gitVersion={version}")


def kube_apiserver():
    return _asset("kube-apiserver") or _of_kubernetes("kube-apiserver", "a Kubernetes API server")


def kubectl():
    """The system's own, where there is one: Debian's is too old and is not installed."""
    found = shutil.which("kubectl")
    return Path(found) if found else _asset("kubectl") or _of_kubernetes("kubectl", "kubectl")


def helm():
    found = shutil.which("helm")
    return Path(found) if found else go_builds.program(
        "helm", "helm", "helm.sh/helm/v3/cmd/helm", "helm")


def recording_proxy():
    return go_builds.program("recording_proxy", "the recording proxy")


def etcd():
    found = _asset("etcd") or shutil.which("etcd")
    if not found:
        raise go_builds.Missing("needs etcd: Debian's etcd-server has it")
    return Path(found)


def etcdctl():
    found = shutil.which("etcdctl")
    if not found:
        raise go_builds.Missing("needs etcdctl: Debian's etcd-client has it")
    return Path(found)


def main():
    try:
        for program in (recording_proxy, kube_apiserver, kubectl, helm):
            print(f"{program.__name__}: {program()}", flush=True)
    except go_builds.Missing as why:
        print(f"skipped: {why}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
