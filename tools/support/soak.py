"""A mounted volume that is swapped as kubelet does, and a directory whose file is
replaced, at random moments for as long as is asked. The agent must tell of each
rotation once, and neither memory nor descriptors may grow.

    soak.py AGENT SECONDS
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MANIFEST = """schema: blindfold/1
requirements:
  - { id: volume, provided-by: customer, store: { mount: { path: volume, keys: [token] } } }
  - { id: plain, provided-by: customer, store: { directory: { path: plain, keys: [token] } } }
"""
GROWTH = 1024  # KiB of resident memory, after the first minute's


class Volume:
    """`..data` is renamed over, as kubelet's writer does."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        (folder / "token").symlink_to("..data/token")
        self.number = 0
        self.swap()

    def swap(self):
        self.number += 1
        fresh = self.folder / f"..2026_{self.number}"
        fresh.mkdir()
        (fresh / "token").write_text("soak")
        draft = self.folder / "..data_tmp"
        draft.symlink_to(fresh.name)
        draft.rename(self.folder / "..data")
        shutil.rmtree(self.folder / f"..2026_{self.number - 1}", ignore_errors=True)


def replace(file):
    draft = file.with_suffix(".new")
    draft.write_text("soak")
    draft.rename(file)


def resident(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def rotations(log):
    told = {"volume": 0, "plain": 0}
    for line in log.read_text().splitlines():
        event = json.loads(line).get("event", {})
        if event.get("kind") == "rotated":
            told[event["id"]] += 1
    return told


def wait_for(log, words, running):
    while words not in log.read_text() and running.poll() is None:
        time.sleep(0.05)


def wait_for_events(log, made):
    end = time.monotonic() + 10
    while rotations(log) != made and time.monotonic() < end:
        time.sleep(0.1)
    return rotations(log)


def soak(folder, agent, seconds):
    volume = Volume(folder / "volume")
    (folder / "plain").mkdir()
    (folder / "manifest.yaml").write_text(MANIFEST)
    log = folder / "log"
    with log.open("wb") as output:
        running = subprocess.Popen(
            [agent, "--config", folder / "manifest.yaml", "--log-format", "json"],
            stdout=subprocess.DEVNULL, stderr=output,
        )  # fmt: skip
    try:
        return watch(running, volume, folder, log, seconds)
    finally:
        running.kill()
        running.wait()


def watch(running, volume, folder, log, seconds):
    # What is there at the start is no event; what comes then is.
    wait_for(log, "ready", running)
    replace(folder / "plain/token")
    wait_for(log, '"appeared"', running)

    made = {"volume": 0, "plain": 0}
    began, said, before = time.monotonic(), 0, None
    while (passed := time.monotonic() - began) < seconds and running.poll() is None:
        volume.swap()
        made["volume"] += 1
        if random.random() < 0.3:
            time.sleep(2.2)  # longer than a plain file takes to settle
            replace(folder / "plain/token")
            made["plain"] += 1
            time.sleep(2.2)
        time.sleep(random.expovariate(5))
        if before is None and passed > min(60, seconds / 2):
            before = resident(running.pid), descriptors(running.pid)
        if passed > said:
            said += 60
            print(f"{passed:.0f} s: {made} made, {resident(running.pid)} KiB", flush=True)

    if running.poll() is not None:
        return f"the agent ended with status {running.returncode}"
    told = wait_for_events(log, made)
    after = resident(running.pid), descriptors(running.pid)
    running.send_signal(signal.SIGTERM)
    status = running.wait(5)
    print(f"{made} made, {told} told; {before} -> {after} (KiB resident, descriptors)")
    if told != made:
        return "not one event for each rotation"
    if before and (after[0] > before[0] + GROWTH or after[1] > before[1]):
        return "it grew"
    return f"it ended with status {status}" if status else None


def main():
    with tempfile.TemporaryDirectory(prefix="blindfold-soak-") as folder:
        wrong = soak(Path(folder), sys.argv[1], float(sys.argv[2]))
    print(wrong or "the soak went well")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
