"""What 1,000 requirements cost among 10,000 secrets that are none of the agent's business."""

import os
import subprocess
import time

from measures.kubernetes import OTHERS, Bench, with_cluster
from measures.memory import FIELDS, kilobytes, process_tree
from measures.subjects import READY, Running
from measures.table import heading, megabytes, percentile, show

from harness import kube_programs
from harness.curl import TABLE, curl

WANTED = 1000
SETTLE = 5  # seconds, after "ready"
RUNS = 10
STEADY = 60  # seconds over which requests are counted


def _memory(bench):
    heading(f"memory, {WANTED} requirements in a namespace of {OTHERS + WANTED} secrets")
    names = [f"needed-{number}" for number in range(WANTED)]
    bench.create(names)
    rows = []
    for way in ("asking", "watching"):
        bench.allow(way)
        for count in (1, WANTED):
            running = Running(bench.subjects.agent_command(bench.configuration(names[:count])),
                              "err", READY, bench.env)
            running.read_on()
            time.sleep(SETTLE)
            tree = process_tree(running.process.pid)
            sums = [sum(column) for column in zip(*map(kilobytes, tree))]
            running.stop()
            rows.append([f"{way}, {count}", *map(megabytes, sums)])
    show(["", *FIELDS], rows)


def _bytes(bench):
    heading(f"bytes received, {OTHERS + WANTED} secrets in the namespace")
    list_target = f"{bench.namespace.path}/secrets"
    admin = (bench.cluster.address, bench.cluster.authority, bench.cluster.admin_token)
    packed = ("--header", "Accept-Encoding: gzip")
    rows = []
    for name, target, accept in [
            ("the whole list", list_target, "application/json"),
            ("the Table", f"{list_target}?includeObject=None", TABLE)]:
        rows.append([name, *(len(curl(*admin, target, *options, accept=accept).body)
                             for options in ((), packed))])
    show(["first state", "plain", "gzip"], rows)
    proxied = Bench(bench.subjects, bench.cluster, proxied=True)
    try:
        proxied.allow("watching")
        names = [f"needed-{number}" for number in range(30)]
        running = Running(bench.subjects.agent_command(proxied.configuration(names)), "err", READY,
                          proxied.env)
        running.read_on()
        time.sleep(1)
        start, before = proxied.proxy.mark(), _received(proxied)
        for number in range(20):
            proxied.create([f"needed-{number}"])
        time.sleep(1)
        print(f"a change costs {(_received(proxied) - before) // 20} bytes by watching")
        running.stop()
        assert start
    finally:
        proxied.close()


def _received(bench):
    return sum(len(each.sent()[1]) for each in bench.proxy.exchanges())


def _timed(command, env):
    began = time.monotonic()
    done = subprocess.run(list(map(str, command)), env=env, stdin=subprocess.DEVNULL,
                          capture_output=True)
    assert done.returncode in (0, 1), done.stderr
    return time.monotonic() - began


def _once(bench):
    heading(f"--once for 100 requirements in one namespace, {RUNS} runs each, ms")
    names = [f"once-{number}" for number in range(100)]
    bench.create(names)
    mine = {**os.environ, "KUBECONFIG": str(bench.cluster.admin_kubeconfig)}
    cases = {"kubectl get secrets": ([kube_programs.kubectl(), "get", "secrets", "-n",
                                      bench.namespace.name], mine, None)}
    for way in ("asking", "watching"):
        cases[f"agent --once, {way}"] = (
            [bench.subjects.agent, "--config", bench.configuration(names), "--once"], bench.env, way)
    rows = []
    for name, (command, env, way) in cases.items():
        if way:
            bench.allow(way)
        times = [_timed(command, env) * 1000 for _ in range(RUNS)]
        rows.append([name, *(f"{percentile(times, part):.0f}" for part in (50, 90))])
    show(["", "p50", "p90"], rows)


def _requests(subjects, cluster):
    heading(f"requests an hour in steady state, from {STEADY} s at the default rates")
    rows = []
    for way in ("asking", "watching"):
        for count in (30, WANTED):
            bench = Bench(subjects, cluster, proxied=True)
            try:
                names = [f"steady-{number}" for number in range(count)]
                bench.create(names)
                bench.allow(way)
                running = Running(subjects.agent_command(bench.configuration(names)), "err", READY,
                                  bench.env)
                running.read_on()
                time.sleep(SETTLE)
                start = bench.proxy.mark()
                time.sleep(STEADY)
                counted = len(bench.proxy.exchanges(start))
                watches = [each for each in bench.proxy.exchanges()
                           if "watch=" in each.query and each.ended is None]
                running.stop()
            finally:
                bench.close()
            rows.append([f"{way}, {count}", counted * 3600 // STEADY, len(watches)])
    show(["", "requests an hour", "watches open"], rows)


def measure(subjects, _options):
    def all_of_it(cluster):
        bench = Bench(subjects, cluster)
        try:
            _once(bench)
            bench.fill()
            _memory(bench)
            _bytes(bench)
        finally:
            bench.close()
        _requests(subjects, cluster)
    with_cluster(all_of_it)
