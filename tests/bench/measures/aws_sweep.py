"""What it costs to look at 1,000 secrets and 1,000 parameters, beside a bare libcurl loop that
makes the same requests.

The front, in Python, answers both and takes most of the time: the processor time of each
stands beside it.
"""

import statistics

from measures.aws import WIDE, counted, parameters_of, secrets_of, timed, with_aws
from measures.table import heading, megabytes, show

from harness.aws_front import REGION

MANY = 1000
FEW = 50
RUNS = 5
FASTER = 10


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


def _recorded(sweep):
    """What `agent --once` asks, as lines for the loop."""
    bench = sweep.bench
    bench.front.command(record={"keeps_bytes": True})
    start = bench.front.mark()
    bench.once(sweep.configuration(WIDE))
    asked = bench.asked(start)
    bench.front.command(record={"keeps_bytes": False})
    print(f"at first sight {len(asked):,} requests: {counted(asked)}")
    return [_line(each) for each in asked]


def _loop(bench, lines):
    path = bench.subjects.scratch / "requests"
    path.write_text("".join(lines))
    return [bench.subjects.compiled("aws_sweep", "curl"), bench.front.url, bench.front.authority,
            REGION, path]


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
    bench = sweep.bench
    lines = _recorded(sweep)
    configuration = sweep.configuration(WIDE)
    _beside(bench, lambda: bench.once(configuration), _loop(bench, lines))


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
        _few_parameters(sweep)
        _at_default_rates(sweep)
    with_aws(subjects, all_of_it)
