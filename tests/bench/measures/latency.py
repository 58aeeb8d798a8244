"""From the rename over `..data` to a line on a pipe and to a subscriber of the bus.

Beside a bare C loop in the same run, interleaved: first as small as it can be,
then with IN_CREATE in its mask, which lets kubelet's mkdir wake it early.
"""

import subprocess

from measures.subjects import Running
from measures.table import heading, milliseconds, percentile, show

PAUSE_US = 3000  # idle long enough that every watcher waits again
ROTATED = '"kind":"rotated"'


def _rows(samples, baseline):
    base = samples[baseline]
    for name, values in samples.items():
        p50, p99 = percentile(values, 50), percentile(values, 99)
        yield [name, milliseconds(p50), milliseconds(p99),
               f"{p50 / percentile(base, 50):.2f}", f"{p99 / percentile(base, 99):.2f}"]


def _spawn(subjects, kinds):
    bare = subjects.compiled("bare_loop")
    subscriber = subjects.built("tests/bench/bench_bus_subscriber")
    running, specs = {}, []
    for name, (kind, clock) in kinds.items():
        folder = subjects.volume(name.replace(" ", "-").replace(",", ""))
        if kind == "agent":
            started, mark = subjects.start_agent(subjects.configuration([folder])), ROTATED
        else:
            command = [subscriber, folder] if kind == "bus" else [
                bare, folder, *(["create"] if kind == "create" else [])]
            started, mark = Running(command, "out", "ready\n", subjects.env), "rotated "
        running[name] = started
        specs.append(f"{name}={folder}={started.fd}={mark}={clock}")
    return running, specs


def _samples(subjects, kinds, rotations):
    running, specs = _spawn(subjects, kinds)
    try:
        done = subprocess.run(
            [subjects.compiled("swap"), str(rotations), str(PAUSE_US), *specs], check=True,
            pass_fds=[each.fd for each in running.values()], capture_output=True, text=True)
    finally:
        for each in running.values():
            each.stop()
    samples = {name: [] for name in kinds}
    for line in done.stdout.splitlines():
        name, _, ns = line.rpartition(" ")
        samples[name].append(int(ns))
    return samples


def measure(subjects, options):
    heading(f"rotation latency: rename over ..data to the watcher, {options.rotations} rotations")
    samples = _samples(subjects, {
        "bare loop, line": ("bare", "line"),
        "bare loop with IN_CREATE, line": ("create", "line"),
        "agent, line": ("agent", "line"),
        "bare loop, stamp": ("bare", "stamp"),
        "bare loop with IN_CREATE, stamp": ("create", "stamp"),
        "bus subscriber, stamp": ("bus", "stamp")}, options.rotations)
    columns = ["", "p50 ms", "p99 ms", "p50 x", "p99 x"]
    for clock in ("line", "stamp"):
        part = {name: values for name, values in samples.items() if name.endswith(clock)}
        show(columns, _rows(part, f"bare loop, {clock}"))
        print()
