"""AWS for the measures, from the parts of the end-to-end tests: an account on loopback, and
what is timed against it."""

import datetime
import json
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "end_to_end"))

from measures.memory import FIELDS, kilobytes  # noqa: E402

from harness import aws_python, go_builds, hurry  # noqa: E402
from harness.aws_front import REGION, AwsFront  # noqa: E402
from harness.aws_world import BLIND, EVERYTHING, AwsWorld  # noqa: E402
from harness.lines import Lines  # noqa: E402

VALUE = "a password of thirty-two letters"  # it is no secret
STORES = ("aws-secrets-manager", "aws-parameter-store")
WIDE = {name: {"rate": "10000/1s"} for name in STORES}
SAMPLE = 0.02  # seconds, between two looks at a process's memory


class Finished:
    """A program that ran to its end."""

    def __init__(self, seconds, processor, anonymous):
        self.seconds, self.processor = seconds, processor  # its own processor time, seconds
        self.anonymous = anonymous  # kB, the most


def anonymous(pid):
    """Of a process that may end at any time: 0."""
    try:
        return kilobytes(pid)[FIELDS.index("Anonymous")]
    except (OSError, ValueError, KeyError):
        return 0


def timed(command, env):
    """Runs it, looking at its memory while it runs."""
    began, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(list(map(str, command)), env=env, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    most = [0]

    def look():
        while process.poll() is None:
            most[0] = max(most[0], anonymous(process.pid))
            time.sleep(SAMPLE)
    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    _, err = process.communicate()
    seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    looking.join()
    assert process.returncode == 0, f"{command}: {process.returncode}\n{err.decode()}"
    return Finished(seconds, after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime,
                    most[0])


class Started:
    """An agent that runs on, and what it says."""

    def __init__(self, command, env):
        self.process = subprocess.Popen(
            list(map(str, command)), env=env, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, pipesize=1 << 20)
        self.log = Lines(self.process.stderr, "the agent's log")

    def wait_present(self, count, deadline):
        """Of as many requirements."""
        self.log.wait_count(lambda line: '\\" is present, ' in line, count, deadline=deadline)

    def wait_events(self, kind, count, deadline, start=0):
        """Of so many; returns when each was said, by id: CLOCK_MONOTONIC, ns."""
        said = {}
        index = start
        while len(said) < count:
            index = self.log.wait(lambda line: f'"kind":"{kind}"' in line, index, deadline)
            said.setdefault(json.loads(self.log.lines[index])["event"]["id"],
                            self.log.arrivals[index])
            index += 1
        return said

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.log.join()


class Bench:
    """An account that is empty at first, and configurations for an agent that looks into it."""

    def __init__(self, subjects, front):
        self.subjects, self.front = subjects, front
        aws_python.use()
        import botocore.auth
        botocore.auth.get_current_datetime = self._now
        self.clear()

    def clear(self):
        self.front.clear()
        self.front.identity("customer", EVERYTHING)
        self.front.identity("agent", BLIND)
        self._customer_key = self.front.issue("customer", lasting=True)
        self._key = self.front.issue("agent", lasting=True)
        self.front.command(record={"keeps_bytes": False})
        self.set_time(1)

    def set_time(self, times):
        """AWS's goes so many times as fast from now on, and with it the customer's, whose
        requests would be too old otherwise."""
        self._times, self._began = times, time.time()
        self.front.command(clock={"rate": times})

    def _now(self, remove_tzinfo=True):
        """In place of botocore's own."""
        now = self._began + (time.time() - self._began) * self._times
        moment = datetime.datetime.fromtimestamp(now, datetime.timezone.utc)
        return moment.replace(tzinfo=None) if remove_tzinfo else moment

    @property
    def env(self):
        return {**self.subjects.env, "HOME": str(self.subjects.scratch),
                "AWS_ENDPOINT_URL": self.front.url, "AWS_CA_BUNDLE": str(self.front.authority),
                "AWS_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true",
                "AWS_ACCESS_KEY_ID": self._key["id"], "AWS_SECRET_ACCESS_KEY": self._key["secret"]}

    def hurried(self, times):
        """The same for an agent whose time goes so many times as fast, and AWS's with it."""
        library = next(Path("/usr/lib").glob(hurry.LIBRARIES), None)
        if library is None:
            raise go_builds.Missing("needs libfaketime: Debian's faketime has it")
        self.set_time(times)
        return {**self.env, "LD_PRELOAD": str(library), "FAKETIME": f"+0 x{times}"}

    def customer(self, service, region=REGION):
        import boto3
        return boto3.client(
            service, region_name=region, endpoint_url=self.front.url,
            verify=str(self.front.authority), aws_access_key_id=self._customer_key["id"],
            aws_secret_access_key=self._customer_key["secret"])

    def create_secrets(self, names, region=REGION):
        client = self.customer("secretsmanager", region)
        for name in names:
            client.create_secret(Name=name, SecretString=VALUE)

    def put_parameters(self, names, region=REGION):
        client = self.customer("ssm", region)
        for name in names:
            client.put_parameter(Name=name, Value=VALUE, Type="SecureString")

    def configuration(self, requirements, poll=None):
        path = self.subjects.scratch / "aws.yaml"
        path.write_text(json.dumps({
            "schema": "blindfold/1", "deployment": "bench", "requirements": requirements,
            **({"agent": {"poll": poll}} if poll else {})}, indent=1))
        return path

    def once(self, configuration, env=None):
        command = [self.subjects.agent, "--config", configuration, "--once", "--timeout", "60m"]
        return timed(command, env or self.env)

    def start(self, configuration, env=None):
        return Started(self.subjects.agent_command(configuration), env or self.env)

    def asked(self, start=0, region=None):
        """What the agent asked."""
        return [each for each in self.front.exchanges(start=start, identity="agent")
                if region in (None, each.region)]


def secrets_of(names, region=REGION):
    return [AwsWorld.secret(name, name, region) for name in names]


def parameters_of(names, region=REGION):
    return [AwsWorld.parameter(name.strip("/").replace("/", "-"), name, region) for name in names]


def counted(exchanges):
    """As "10 ListSecrets, 20 DescribeParameters"."""
    operations = [each.operation for each in exchanges]
    return ", ".join(f"{operations.count(name):,} {name}" for name in dict.fromkeys(operations))


def with_aws(subjects, measure):
    """Runs `measure(bench)`, or says why it cannot."""
    try:
        front = AwsFront()
    except go_builds.Missing as why:
        print(f"skipped: {why}")
        return
    try:
        measure(Bench(subjects, front))
    except go_builds.Missing as why:
        print(f"skipped: {why}")
    finally:
        front.close()
