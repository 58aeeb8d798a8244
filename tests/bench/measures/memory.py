"""Resident, proportional and anonymous memory of an idle agent, its helpers included."""

import os
import time
from pathlib import Path

from measures.table import heading, megabytes, show

FIELDS = ("Rss", "Pss", "Anonymous")
SETTLE = 2  # seconds, after "ready"


def process_tree(root):
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            stat = Path("/proc", name, "stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents[int(name)] = int(stat.rpartition(")")[2].split()[1])
    tree = [root]
    for pid in tree:
        tree += [child for child, parent in parents.items() if parent == pid]
    return tree


def kilobytes(pid):
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    fields = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return [fields[name] for name in FIELDS]


def measure(subjects, _options):
    heading("memory, idle")
    rows = []
    for count in (1, 1000):
        running = subjects.start_agent(subjects.configuration(subjects.volumes(count)))
        time.sleep(SETTLE)
        tree = process_tree(running.process.pid)
        sums = [sum(column) for column in zip(*map(kilobytes, tree))]
        running.stop()
        name = "1 mount" if count == 1 else f"{count} mounts"
        rows.append([name, *map(megabytes, sums), len(tree)])
    show(["", "RSS MB", "PSS MB", "anonymous MB", "processes"], rows)
