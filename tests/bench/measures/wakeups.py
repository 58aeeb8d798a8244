"""How often an agent wakes when nothing happens: 0 between two rescans."""

import time
from pathlib import Path

from measures.table import heading, show

SETTLE = 2  # seconds, after "ready"
FIELDS = ("voluntary_ctxt_switches", "nonvoluntary_ctxt_switches")


def _switches(pid):
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in FIELDS:
                total += int(value)
    return total


def measure(subjects, options):
    heading(f"wake-ups in {options.idle} s without a change (a rescan comes every 60 s)")
    rows = []
    for count in (1, 1000):
        running = subjects.start_agent(subjects.configuration(subjects.volumes(count)))
        time.sleep(SETTLE)
        before = _switches(running.process.pid)
        time.sleep(options.idle)
        rows.append([f"{count} mounts" if count > 1 else "1 mount",
                     _switches(running.process.pid) - before])
        running.stop()
    show(["", "context switches"], rows)
