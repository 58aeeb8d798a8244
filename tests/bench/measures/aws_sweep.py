"""What it costs to look at 1,000 secrets and 1,000 parameters, beside a bare libcurl loop that
makes the same requests.

The front, in Python, answers both and takes most of the time: the processor time of each
stands beside it.
"""

import statistics
import time

from measures.aws import (
    WIDE, anonymous, counted, parameters_of, secrets_of, timed, with_aws)
from measures.table import heading, megabytes, show

from harness.aws_front import REGION

MANY = 1000
FEW = 50
RUNS = 5
FASTER = 10
FIRST_SIGHT = 120  # seconds, at most
# As often as may be.
QUICK = {name: {**settings, "quick": "10s", "steady": "60s"} for name, settings in WIDE.items()}


class Sweep:
    """An account with as many of each, and an agent that requires them all."""

    def __init__(self, bench):
        self.bench = bench
        self.secrets = [f"secret-{number}" for number in range(MANY)]
        self.parameters = [f"/parameter/{number}" for number in range(MANY)]
        bench.create_secrets(self.secrets)
        bench.put_parameters(self.parameters)

    def configuration(self, poll=None):
        return self.bench.configuration(
            secrets_of(self.secrets) + parameters_of(self.parameters), poll)


def _line(exchange):
    head, _, body = exchange.received().partition(b"\r\n\r\n")
    target = next(line.partition(b": ")[2] for line in head.split(b"\r\n")
                  if line.lower().startswith(b"x-amz-target:")).decode()
    service = "ssm" if target.startswith("AmazonSSM.") else "secretsmanager"
    return f"{service}\t{target}\t{body.decode()}\n"


def _recorded(bench, configuration):
    """What `agent --once` asks, as lines for the loop."""
    bench.front.command(record={"keeps_bytes": True})
    start = bench.front.mark()
    bench.once(configuration)
    asked = bench.asked(start)
    bench.front.command(record={"keeps_bytes": False})
    print(f"at first sight {len(asked):,} requests: {counted(asked)}")
    return [_line(each) for each in asked]


def _loop(bench, lines, *options):
    path = bench.subjects.scratch / "requests"
    path.write_text("".join(lines))
    return [bench.subjects.compiled("aws_sweep", "curl"), bench.front.url, bench.front.authority,
            REGION, path, *options]


def _beside(bench, agent, loop):
    """Turn and turn about, so that both find the machine the same."""
    runs = {"bare loop": [], "agent --once": []}
    for _ in range(RUNS):
        runs["bare loop"].append(timed(loop, bench.env))
        runs["agent --once"].append(agent())
    rows, base = [], None
    for name, each in runs.items():
        seconds = statistics.median(run.seconds for run in each)
        base = base or seconds
        rows.append([name, f"{seconds:.2f}", f"{min(run.seconds for run in each):.2f}",
                     f"{seconds / base:.2f}",
                     f"{statistics.median(run.processor for run in each):.2f}",
                     megabytes(max(run.anonymous for run in each))])
    show([f"{RUNS} runs each", "p50 s", "least s", "of the loop's", "processor s",
          "most anonymous MB"], rows)


def _first_sight(sweep):
    heading(f"--once for {MANY:,} secrets and {MANY:,} parameters, rates opened wide")
    bench, configuration = sweep.bench, sweep.configuration(WIDE)
    lines = _recorded(bench, configuration)
    _beside(bench, lambda: bench.once(configuration), _loop(bench, lines))
    heading(f"--once for {MANY:,} parameters, rates opened wide")
    configuration = bench.configuration(parameters_of(sweep.parameters), WIDE)
    lines = _recorded(bench, configuration)
    _beside(bench, lambda: bench.once(configuration), _loop(bench, lines))


def _passes(asked):
    """The listings that are whole, each a list of its pages."""
    pages = [each for each in asked if each.operation == "ListSecrets"]
    count = MANY // 100
    return [pages[at:at + count] for at in range(0, len(pages) - count + 1, count)]


def _milliseconds(pages):
    return (pages[-1].answered_at - pages[0].at) * 1000


def _further(sweep):
    heading(f"each further pass over {MANY:,} secrets, from its first request to its last answer")
    bench = sweep.bench
    configuration = bench.configuration(secrets_of(sweep.secrets), QUICK)
    agent = bench.start(configuration, bench.hurried(FASTER))
    agent.wait_present(MANY, FIRST_SIGHT)
    bench.front.command(record={"keeps_bytes": True})
    start = bench.front.mark()
    while len(_passes(bench.asked(start))) < RUNS:
        time.sleep(1)
    passes = _passes(bench.asked(start))[:RUNS]
    idle = anonymous(agent.process.pid)
    agent.stop()
    bench.front.command(record={"keeps_bytes": False})
    bench.set_time(1)
    loop, start = _loop(bench, map(_line, passes[0]), "in-order"), bench.front.mark()
    for _ in range(RUNS):
        timed(loop, bench.env)
    rows = [[name, len(each[0]), *(f"{figure(map(_milliseconds, each)):.0f}"
                                   for figure in (statistics.median, min))]
            for name, each in (("bare loop", _passes(bench.asked(start))), ("agent", passes))]
    show([f"{RUNS} each", "requests", "p50 ms", "least ms"], rows)
    print(f"anonymous memory then, MB: {megabytes(idle)}")


def _at_default_rates(sweep):
    heading(f"--once for the same at the default rates, agent's time {FASTER} times as fast")
    bench = sweep.bench
    env = bench.hurried(FASTER)
    start = bench.front.mark()
    bench.once(sweep.configuration(), env)
    asked = bench.asked(start)
    bench.set_time(1)
    for name, operations, count in (
            ("secrets", ("DescribeSecret", "ListSecretVersionIds"), 2 * MANY),
            ("parameters", ("DescribeParameters",), MANY // 50)):
        mine = [each for each in asked if each.operation in operations][:count]
        took = (max(each.answered_at for each in mine) - mine[0].at) * FASTER
        print(f"{name}: {len(mine):,} requests in {took:.0f} s")


def _few_parameters(sweep):
    heading(f"--once for {FEW} parameters of {MANY:,} in the account")
    bench = sweep.bench
    configuration = bench.configuration(parameters_of(sweep.parameters[:FEW]))
    for name, scanned in (("pages that are filled", False),
                          ("pages of what is found among 50 parameters each", True)):
        bench.front.command(pages={"scanned": scanned})
        start = bench.front.mark()
        finished = bench.once(configuration)
        print(f"{name}: {counted(bench.asked(start))}, {finished.seconds:.2f} s")
    bench.front.command(pages={"scanned": False})


def measure(subjects, _options):
    def all_of_it(bench):
        sweep = Sweep(bench)
        _first_sight(sweep)
        _further(sweep)
        _few_parameters(sweep)
        _at_default_rates(sweep)
    with_aws(subjects, all_of_it)
