"""An API server with its etcd: Kubernetes as far as secrets, rights and admission go."""

import json
import secrets
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from harness import kube_programs
from harness.api import Api
from harness.lines import Lines

READY_WITHIN = 90.0  # seconds; about four are needed


def reserved_port():
    """A socket that keeps a port, and the port.

    It is bound and does not listen: while no server that shares the port runs, connections
    are refused, and nobody else is given it.
    """
    keeper = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    keeper.bind(("127.0.0.1", 0))
    return keeper, keeper.getsockname()[1]


def kubeconfig(path, address, authority, token, namespace="default"):
    """Writes one with the CA and the token in it."""
    document = {
        "apiVersion": "v1", "kind": "Config", "current-context": "test",
        "clusters": [{"name": "test", "cluster": {
            "server": f"https://{address}", "certificate-authority": str(authority)}}],
        "users": [{"name": "test", "user": {"token": token}}],
        "contexts": [{"name": "test", "context": {
            "cluster": "test", "user": "test", "namespace": namespace}}]}
    Path(path).write_text(json.dumps(document, indent=1))
    Path(path).chmod(0o644)
    return Path(path)


class Cluster:
    """Ends with close(). Its logs are in `folder`."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="blindfold-cluster-"))
        self.folder.chmod(0o755)
        self.admin_token = secrets.token_hex(16)
        self._keeper, port = reserved_port()
        self.address = f"127.0.0.1:{port}"
        self._etcd = self._server = None
        self._make_keys()
        try:
            self._start_etcd()
            self.start_server()
        except BaseException:
            self.close()
            raise
        self.admin_kubeconfig = kubeconfig(
            self.folder / "admin.kubeconfig", self.address, self.authority, self.admin_token)

    @property
    def authority(self):
        """The server makes it at its first start and keeps it."""
        return self.folder / "certificates/apiserver.crt"

    @property
    def api(self):
        return Api(self.address, self.authority, self.admin_token)

    def _make_keys(self):
        subprocess.run(["openssl", "genrsa", "-out", self.folder / "accounts.key", "2048"],
                       check=True, capture_output=True)
        tokens = self.folder / "tokens.csv"
        tokens.touch(mode=0o600)
        tokens.write_text(f'{self.admin_token},admin,admin,"system:masters"\n')

    def _start_etcd(self):
        here = "http://127.0.0.1:0"
        self._etcd = subprocess.Popen(
            [kube_programs.etcd(), "--unsafe-no-fsync", "--data-dir", self.folder / "etcd",
             "--listen-client-urls", here, "--advertise-client-urls", here,
             "--listen-peer-urls", here, "--initial-advertise-peer-urls", here,
             "--initial-cluster", f"default={here}", "--enable-grpc-gateway=false",
             "--logger", "zap", "--log-outputs", "stderr"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self._etcd_log = Lines(self._etcd.stderr, "etcd's log")
        index = self._etcd_log.wait(lambda line: "serving client traffic" in line)
        self.etcd_address = json.loads(self._etcd_log.lines[index])["address"]

    def server_command(self):
        key = self.folder / "accounts.key"
        return [
            kube_programs.kube_apiserver(), f"--etcd-servers=http://{self.etcd_address}",
            f"--secure-port={self.address.rpartition(':')[2]}", "--permit-port-sharing",
            "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1",
            "--endpoint-reconciler-type=none", f"--cert-dir={self.folder / 'certificates'}",
            f"--service-account-key-file={key}", f"--service-account-signing-key-file={key}",
            "--service-account-issuer=https://issuer.cluster.test",
            f"--token-auth-file={self.folder / 'tokens.csv'}", "--authorization-mode=RBAC",
            "--disable-admission-plugins=ServiceAccount", "--service-cluster-ip-range=10.0.0.0/24"]

    def start_server(self, *options):
        """Also after kill_server(): on the same port, with the same data and keys."""
        with open(self.folder / "apiserver.log", "ab") as log:
            self._server = subprocess.Popen([*self.server_command(), *options],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._await_ready()

    def _await_ready(self):
        until = time.monotonic() + READY_WITHIN
        while not self._is_ready():
            assert self._server.poll() is None, f"the API server ended\n{self.server_log()}"
            assert time.monotonic() < until, f"the API server is not ready\n{self.server_log()}"
            time.sleep(0.05)

    def _is_ready(self):
        if not self.authority.exists():
            return False
        try:
            trust = ssl.create_default_context(cafile=str(self.authority))
            asked = urllib.request.Request(
                f"https://{self.address}/readyz",
                headers={"Authorization": f"Bearer {self.admin_token}"})
            with urllib.request.urlopen(asked, context=trust, timeout=5) as reply:
                return reply.read() == b"ok"
        except OSError:
            return False

    def server_log(self, most=40, letters="IWEF"):
        """The end of it; `letters` are the levels that are wanted."""
        path = self.folder / "apiserver.log"
        lines = path.read_text(errors="replace").splitlines() if path.exists() else []
        return "\n".join([line for line in lines if line[:1] in letters][-most:])

    @property
    def server_pid(self):
        return self._server.pid

    def kill_server(self):
        """As a crash would: its connections are reset, new ones refused."""
        self._server.kill()
        self._server.wait()

    def compact(self):
        """Forgets every version but the present one; the server answers old ones with 410."""
        run = [kube_programs.etcdctl(), "--endpoints", f"http://{self.etcd_address}"]
        options = {"check": True, "capture_output": True, "env": {"ETCDCTL_API": "3"}}
        done = subprocess.run([*run, "get", "/", "--write-out=json", "--limit=1"], **options)
        revision = json.loads(done.stdout)["header"]["revision"]
        subprocess.run([*run, "compact", str(revision)], **options)

    def kubectl(self, *arguments, stdin=None, check=True, kubeconfig=None, env=None):
        """Runs it, as the administrator unless another kubeconfig is named."""
        done = subprocess.run(
            [kube_programs.kubectl(), "--kubeconfig", kubeconfig or self.admin_kubeconfig,
             *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=120,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), **(env or {})})
        assert done.returncode == 0 or not check, f"kubectl {arguments}: {done.stderr}"
        return done

    def close(self):
        for process in (self._server, self._etcd):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
        self._keeper.close()
        shutil.rmtree(self.folder, ignore_errors=True)
