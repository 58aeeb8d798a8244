"""A world whose agent sees an AWS account on loopback, and its customer with the aws command
line."""

import json
import os
import secrets
import subprocess

from harness import aws_python
from harness.aws_front import ACCOUNT, REGION
from harness.hurry import hurried

READS = ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue",
         "ssm:GetParameter*"]
BLIND = [
    {"Effect": "Allow", "Resource": "*", "Action": [
        "secretsmanager:DescribeSecret", "secretsmanager:ListSecretVersionIds",
        "secretsmanager:ListSecrets", "ssm:DescribeParameters"]},
    {"Effect": "Deny", "Resource": "*", "Action": READS}]
# As quick as may be; with a faster clock a second or so.
QUICK = {name: {"quick": "10s", "steady": "60s", "rate": "50/1s"}
         for name in ("aws-secrets-manager", "aws-parameter-store")}
EVERYTHING = [{"Effect": "Allow", "Resource": "*", "Action": "*"}]
CUSTOMER = "customer"


class AwsWorld:
    """Ends with nothing of its own: the front is the session's, cleared for each test."""

    def __init__(self, world, front):
        self.world, self.front = world, front
        front.clear()
        front.identity(CUSTOMER, EVERYTHING)
        front.identity("agent", BLIND)
        self.folder = world.scratch / "aws"
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.home = world.stores / "customer"  # of the customer's: no scan looks in there
        self.home.mkdir()
        aws_python.write_command(self.home)
        self.customer_key = front.issue(CUSTOMER, lasting=True)
        self.key = front.issue("agent", lasting=True)
        self._printed = []  # by agents that have ended

    def where(self):
        """The variables with which every SDK finds this AWS."""
        return {"AWS_ENDPOINT_URL": self.front.url, "AWS_CA_BUNDLE": str(self.front.authority)}

    def keys(self, key=None):
        """The agent's own key in the environment, or another one."""
        key = key or self.key
        token = {"AWS_SESSION_TOKEN": key["token"]} if key["token"] else {}
        return {"AWS_ACCESS_KEY_ID": key["id"], "AWS_SECRET_ACCESS_KEY": key["secret"], **token}

    def environment(self, region=REGION):
        """What the agent is started with, where a test chooses nothing else."""
        return {**self.elsewhere(region), **self.keys()}

    def elsewhere(self, region=REGION):
        """The same without credentials: they come from another place of the chain."""
        return {**self.where(), "AWS_REGION": region, "HOME": str(self.folder),
                "AWS_EC2_METADATA_DISABLED": "true"}

    def customer_environment(self, region=REGION):
        """For a shell of whoever creates the secrets."""
        return {**self.where(), **self.keys(self.customer_key), "AWS_DEFAULT_REGION": region,
                "PATH": f"{self.home}:{os.environ['PATH']}", "HOME": str(self.home),
                "LANG": "C.UTF-8", "AWS_PAGER": ""}

    def aws(self, *arguments, region=REGION, check=True, stdin=None, key=None):
        """The aws command line as the customer, or with another key."""
        keys = self.keys(key) if key else {}
        done = subprocess.run(
            [self.home / "aws", *map(str, arguments)], capture_output=True, timeout=60,
            env={**self.customer_environment(region), **keys}, input=stdin)
        assert done.returncode == 0 or not check, f"aws {arguments}: {done.stderr.decode()}"
        return done

    def customer(self, service, region=REGION):
        """boto3 as the customer, for what has to be quick."""
        aws_python.use()
        import boto3
        return boto3.client(
            service, region_name=region, endpoint_url=self.front.url,
            verify=str(self.front.authority), aws_access_key_id=self.customer_key["id"],
            aws_secret_access_key=self.customer_key["secret"])

    def create_secret(self, name, region=REGION):
        """With the canary in it; returns its ARN."""
        return self.customer("secretsmanager", region).create_secret(
            Name=name, SecretString=self.world.value.decode())["ARN"]

    def create_version(self, name, region=REGION):
        """Rotates it."""
        self.customer("secretsmanager", region).put_secret_value(
            SecretId=name, SecretString=self.world.value.decode() + secrets.token_hex(4))

    def put_parameter(self, name, region=REGION, kind="SecureString", overwrite=False):
        self.customer("ssm", region).put_parameter(
            Name=name, Value=self.world.value.decode(), Type=kind, Overwrite=overwrite)

    @staticmethod
    def secret(identifier, name=None, region=None, **more):
        """A requirement in Secrets Manager; `name` may be an ARN."""
        store = {"name": name or identifier, **({"region": region} if region else {})}
        return {"id": identifier, "provided-by": "customer",
                "store": {"aws-secrets-manager": store}, **more}

    @staticmethod
    def parameter(identifier, name=None, region=None, kind=None, **more):
        """A requirement in Parameter Store."""
        store = {"name": name or identifier, **({"region": region} if region else {}),
                 **({"type": kind} if kind else {})}
        return {"id": identifier, "provided-by": "customer",
                "store": {"aws-parameter-store": store}, **more}

    def configure(self, *requirements, **more):
        """Asks often; `agent` adds to the agent's settings."""
        settings = {"poll": QUICK, **more.pop("agent", {})}
        return self.world.configure(*requirements, agent=settings, **more)

    def hurry(self, times=10):
        """Variables for an agent whose time goes faster, and AWS's with it."""
        env = hurried(self.world, times)
        self.front.command(clock={"rate": times})
        return env

    def permissions(self, configuration, *arguments):
        """What `agent permissions` prints for it, as a document."""
        finished = self.run(configuration, "permissions", "--for", "aws", *arguments)
        assert finished.status == 0, finished.err
        return json.loads(finished.out)

    def allow_as_printed(self, configuration, *arguments):
        """The agent's rights are exactly what `agent permissions` prints."""
        self.front.identity("agent", self.permissions(configuration, *arguments)["Statement"])

    def commands(self, configuration, *arguments):
        """The lines to paste, without the comments."""
        finished = self.run(configuration, "commands", *arguments)
        assert finished.status == 0, finished.err
        return "\n".join(line for line in finished.out.splitlines()
                         if line and not line.startswith("#"))

    def value(self, requirement):
        """What the customer reads there."""
        if "aws-secrets-manager" in requirement["store"]:
            name = requirement["store"]["aws-secrets-manager"]["name"]
            return self.customer("secretsmanager").get_secret_value(
                SecretId=name)["SecretString"].encode()
        name = requirement["store"]["aws-parameter-store"]["name"]
        return self.customer("ssm").get_parameter(
            Name=name, WithDecryption=True)["Parameter"]["Value"].encode()

    def look(self, configuration, identifier, *arguments, **more):
        """One requirement's standing, as --once shows it."""
        return self.once(configuration, *arguments, **more).requirement(identifier)

    def _environment(self, env):
        return self.environment() if env is None else env

    def start(self, configuration, *arguments, env=None, **more):
        """`env` is all of AWS that it is told."""
        return self.world.start(configuration, *arguments, env=self._environment(env), **more)

    def once(self, configuration, *arguments, env=None, **more):
        return self._ran(self.world.once(configuration, *arguments, env=self._environment(env),
                                         **more))

    def run(self, configuration, *arguments, env=None, **more):
        """Another command, to its end."""
        return self._ran(self.world.run("--config", configuration, *arguments,
                                        env=self._environment(env), **more))

    def _ran(self, finished):
        self._printed += [finished.out.encode(), finished.err.encode()]
        return finished

    def wait_presence(self, agent, identifier, presence, start=0, **more):
        """Awaits that the log says so of a requirement; returns the line's text and its index."""
        beginning = f'"{identifier}" is {presence}, '
        index = agent.wait_message(lambda text: text.startswith(beginning), start, **more)
        return json.loads(agent.log.lines[index])["message"], index

    def asked(self, operation=None, start=0):
        """What others than the customer asked."""
        return [each for each in self.front.exchanges(operation, start)
                if CUSTOMER not in (each.claimed, each.identity)]

    def check_crossings(self):
        """No value went towards the agent; the customer's own look is found there. No key that
        signs stands in what the agent printed."""
        canary, front = self.world.canary, self.front
        front.scan(canary, trusted=(CUSTOMER,))
        start = front.mark()
        name = f"control-{secrets.token_hex(4)}"
        self.create_secret(name)
        self.customer("secretsmanager").get_secret_value(SecretId=name)
        probe = type(canary).of(canary)
        front.scan(probe, trusted=(), start=start)
        assert any(found.startswith("bytes towards") for found in probe.findings), (
            "the scan of what goes towards the agent is blind")

    def check_keys(self):
        """Whatever signs is in nothing that the agent printed."""
        printed = [*self._printed, *(bytes(raw) for agent in self.world.running
                                     for raw in (agent.out.raw, agent.log.raw))]
        for key in self.front.command(keys={})["keys"]:
            for word in filter(None, (key["secret"], key["token"])):
                assert not any(word.encode() in text for text in printed), (
                    f"a key of {key['identity']} was printed")


def arn(service, resource, region=REGION, account=ACCOUNT):
    return f"arn:aws:{service}:{region}:{account}:{resource}"
