"""From a write's being sent, and answered, to the line on a pipe.

By watching, beside curl on the same watch in the same run; by asking when a quota says so; by
asking alone at the default rates, with the requests that it costs.
"""

import subprocess
import sys
import time

from measures.kubernetes import HINT, Bench, with_cluster
from measures.subjects import READY, Running
from measures.table import heading, milliseconds, percentile, show

from harness import go_builds
from harness.curl import TABLE, command

ROTATED, APPEARED = '"kind":"rotated"', '"kind":"appeared"'


def _curl(bench, name, mark):
    target = (f"{bench.namespace.path}/secrets?watch=1&includeObject=None&resourceVersion=0"
              f"&fieldSelector=metadata.name%3D{name}")
    return Running(command(bench.cluster.address, bench.cluster.authority, bench.cluster.admin_token,
                           target, "--header", f"Accept: {TABLE}"), "out", mark, bench.env)


def _samples(bench, running, *options, body):
    token = bench.subjects.scratch / "admin.token"
    token.write_text(bench.cluster.admin_token)
    specs = [f"{name}={each.fd}={mark}" for name, (each, mark) in running.items()]
    done = subprocess.run(
        [go_builds.program("write_latency", "the writer of the measures"), "-address",
         bench.cluster.address, "-ca", bench.cluster.authority, "-token", token, *options, *specs],
        check=True, input=body, capture_output=True, text=True,
        pass_fds=[each.fd for each, _ in running.values()])
    samples = {name: ([], []) for name in running}
    for line in done.stdout.splitlines():
        name, sent, answered = line.rsplit(" ", 2)
        samples[name][0].append(int(sent))
        samples[name][1].append(int(answered))
    return samples


def _show(samples, base=None):
    rows = []
    for name, (sent, answered) in samples.items():
        figures = [percentile(each, part) for each in (sent, answered) for part in (50, 99)]
        ratio = "" if base is None else f"{percentile(sent, 50) / percentile(samples[base][0], 50):.3f}"
        rows.append([name, *map(milliseconds, figures), ratio])
    show(["", "sent p50 ms", "p99", "answered p50 ms", "p99", "of curl's, sent"], rows)


def _watching(bench, count):
    heading(f"write to line, by watching, {count} writes of one secret")
    bench.allow("watching")
    bench.create(["needed"])
    running = {
        "curl": (_curl(bench, "needed", '"ADDED"'), '"MODIFIED"'),
        "agent": (Running(bench.subjects.agent_command(bench.configuration(["needed"])), "err",
                          READY, bench.env), ROTATED)}
    try:
        samples = _samples(bench, running, "-target", f"{bench.namespace.path}/secrets/needed",
                           "-count", str(count), body='{"metadata":{"labels":{"n":"%d"}}}')
    finally:
        for each, _ in running.values():
            each.stop()
    _show(samples, "curl")


def _hinted(bench, count, pause):
    heading(f"write to line, by asking when a quota says so, {count} secrets created, one each {pause}")
    bench.allow("asking", [HINT])
    names = [f"hinted-{pause}-{number}" for number in range(count)]
    agent = Running(bench.subjects.agent_command(bench.configuration(names)), "err", READY, bench.env)
    try:
        samples = _samples(
            bench, {"agent": (agent, APPEARED)}, "-target", f"{bench.namespace.path}/secrets",
            "-method", "POST", "-count", str(count), "-pause", pause,
            body=f'{{"metadata":{{"name":"hinted-{pause}-%d"}},"data":{{"password":"YQ=="}}}}')
    finally:
        agent.stop()
    _show(samples)


def _alone(cluster, subjects, count):
    heading(f"write to line, by asking alone at the default rates, {count} secrets created")
    bench = Bench(subjects, cluster, proxied=True)
    bench.allow("asking")
    names = [f"alone-{number}" for number in range(count)]
    agent = Running(subjects.agent_command(bench.configuration(names)), "err", READY, bench.env)
    began, start = time.monotonic(), bench.proxy.mark()
    try:
        samples = _samples(
            bench, {"agent": (agent, APPEARED)}, "-target", f"{bench.namespace.path}/secrets",
            "-method", "POST", "-count", str(count), "-pause", "700ms",
            body='{"metadata":{"name":"alone-%d"},"data":{"password":"YQ=="}}')
        asked = len(bench.proxy.exchanges(start)) / (time.monotonic() - began)
    finally:
        agent.stop()
        bench.close()
    _show(samples)
    print(f"requests: {asked:.2f} a second")


def measure(subjects, options):
    def all_three(cluster):
        bench = Bench(subjects, cluster)
        try:
            _watching(bench, options.rotations)
            bench.namespace.make_quota(hard=100_000, name="blindfold")
            _hinted(bench, 12, "8s")
            _hinted(bench, 40, "1500ms")
        finally:
            bench.close()
        _alone(cluster, subjects, min(options.rotations, 30))
    with_cluster(all_three)
    sys.stdout.flush()
