"""What is asked of AWS hour by hour at the default rates, and how soon a rotation is seen.

The agent's time goes faster, and AWS's with it; the front sees a change at once, where AWS's
listing may be five minutes old.
"""

import random
import time

from measures.aws import counted, parameters_of, secrets_of, with_aws
from measures.table import heading, percentile, show

from harness.aws_front import REGION

FASTER = 60
HOURS = 2
CALLS_A_DOLLAR = 200_000  # of Secrets Manager; Parameter Store's are free
HOURS_A_MONTH = 24 * 30
FEW, SOME, MANY = 10, 30, 1000
SPREAD = 12 * 60  # the agent's seconds, in which rotations fall
FIRST_SIGHT = 120  # real seconds, at most
OTHERS = "eu-west-1", "eu-central-1", "us-west-2"


def _names(kind, region, count):
    """Without one in common: then a listing goes through all."""
    return [f"{kind}-{region}-{number}" for number in range(count)]


class Account:
    """Secrets and parameters by region, each a requirement of one agent."""

    def __init__(self, bench):
        self.bench = bench
        self.places, self.requirements = [], []

    def add(self, kind, region, count):
        names = _names(kind, region, count)
        if kind == "secret":
            self.bench.create_secrets(names, region)
            self.requirements += secrets_of(names, region)
        else:
            self.bench.put_parameters(names, region)
            self.requirements += parameters_of(names, region)
        self.places.append((kind, region, names))

    def start(self):
        """Returns an agent that has seen them all."""
        env = self.bench.hurried(FASTER)
        agent = self.bench.start(self.bench.configuration(self.requirements), env)
        agent.wait_present(len(self.requirements), FIRST_SIGHT)
        return agent


def _requests(bench):
    heading(f"requests an hour in steady state, from {HOURS} h at the default rates, agent's time "
            f"{FASTER} times as fast")
    account = Account(bench)
    account.add("secret", REGION, SOME)
    account.add("secret", OTHERS[0], MANY)
    account.add("parameter", OTHERS[1], SOME)
    account.add("parameter", OTHERS[2], MANY)
    agent = account.start()
    time.sleep(600 / FASTER)
    start, began = bench.front.mark(), time.monotonic()
    time.sleep(HOURS * 3600 / FASTER)
    hours = (time.monotonic() - began) * FASTER / 3600
    rows = []
    for kind, region, names in account.places:
        asked = bench.asked(start, region)
        an_hour = len(asked) / hours
        price = an_hour * HOURS_A_MONTH / CALLS_A_DOLLAR
        rows.append([f"{len(names):,} {kind}s", f"{an_hour:.0f}",
                     f"${price:.2f}" if kind == "secret" else "–", counted(asked)])
    agent.stop()
    show(["", "an hour", "a month", "asked"], rows)


def _rotate(clients, kind, region, name):
    if kind == "secret":
        clients[region].put_secret_value(SecretId=name, SecretString="another")
    else:
        clients[region].put_parameter(Name=name, Value="another", Type="SecureString",
                                      Overwrite=True)


def _rotations(account):
    """Each once, in any order, at any time; returns when, by name."""
    rotated, clients = {}, {}
    for kind, region, _ in account.places:
        service = "secretsmanager" if kind == "secret" else "ssm"
        clients[region] = account.bench.customer(service, region)
    planned = [(random.uniform(0, SPREAD / FASTER), kind, region, name)
               for kind, region, names in account.places for name in names]
    began = time.monotonic()
    for at, kind, region, name in sorted(planned):
        time.sleep(max(0.0, began + at - time.monotonic()))
        rotated[name] = time.monotonic_ns()
        _rotate(clients, kind, region, name)
    return rotated


def _latency(bench, rounds):
    heading(f"from a rotation to its line at the default intervals, seconds, agent's time {FASTER} "
            "times as fast")
    bench.clear()
    account = Account(bench)
    account.add("secret", REGION, FEW)
    account.add("secret", OTHERS[0], 2 * SOME)
    account.add("parameter", OTHERS[1], 2 * SOME)
    agent = account.start()
    taken = {region: [] for _, region, _ in account.places}
    for _ in range(rounds):
        start = len(agent.log.lines)
        rotated = _rotations(account)
        said = agent.wait_events("rotated", len(rotated), FIRST_SIGHT, start)
        for _, region, names in account.places:
            taken[region] += [(said[name] - rotated[name]) / 1e9 * FASTER for name in names]
    agent.stop()
    parts = (10, 50, 90, 99, 100)
    show(["", "rotations", *(f"p{part}" for part in parts[:-1]), "latest"],
         [[f"{len(names)} {kind}s", len(taken[region]),
           *(f"{percentile(taken[region], part):.0f}" for part in parts)]
          for kind, region, names in account.places])


def measure(subjects, options):
    def all_of_it(bench):
        _requests(bench)
        _latency(bench, max(1, min(options.rotations // 10, 6)))
    with_aws(subjects, all_of_it)
