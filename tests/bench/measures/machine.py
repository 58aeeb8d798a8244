"""Where it ran: without that no figure means anything."""

import os
import platform
import subprocess
from pathlib import Path

from measures.table import heading


def _first(command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout.splitlines()[0] if done.returncode == 0 and done.stdout else "none"


def _processor():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _system():
    for line in Path("/etc/os-release").read_text().splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.partition("=")[2].strip('"')
    return "unknown"


def describe():
    heading("machine")
    print(f"{os.cpu_count()} x {_processor()}")
    print(f"{_system()}, kernel {platform.release()}")
    print(_first([os.environ.get("CXX", "c++"), "--version"]))
    print("load average at the start: " + " ".join(f"{load:.2f}" for load in os.getloadavg()))
