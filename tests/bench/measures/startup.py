"""From exec to "ready": every watch armed, everything looked at once."""

import subprocess

from measures.subjects import READY
from measures.table import heading, milliseconds, percentile, show


def _times(subjects, starts, fd, ready, command):
    done = subprocess.run(
        [subjects.compiled("startup"), str(starts), str(fd), ready, *map(str, command)],
        check=True, env=subjects.env, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return [int(line) for line in done.stdout.split()]


def measure(subjects, options):
    heading(f"start to ready, {options.starts} starts")
    rows = []
    cases = [("bare loop", 1, "ready\n", [subjects.compiled("bare_loop"), subjects.volume("bare")])]
    for count in (1, 1000):
        configuration = subjects.configuration(subjects.volumes(count))
        name = "agent, 1 mount" if count == 1 else f"agent, {count} mounts"
        cases.append((name, 2, READY, subjects.agent_command(configuration)))
    for name, fd, ready, command in cases:
        times = _times(subjects, options.starts, fd, ready, command)
        rows.append([name, *(milliseconds(percentile(times, part)) for part in (50, 90))])
    show(["", "p50 ms", "p90 ms"], rows)
