"""Full and incremental build times, binary size."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from measures.table import heading, show

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "build-bench"
AGENT = "src/app/agent"
TOUCHED = ["src/core/inventory/inventory.cpp", "src/core/model/requirement.hpp"]


def _ninja(*targets):
    began = time.monotonic()
    subprocess.run(["ninja", "-C", str(FOLDER), "--quiet", *targets], check=True,
                   env={**os.environ, "CCACHE_DISABLE": "1"})
    return time.monotonic() - began


def _touched(path):
    os.utime(ROOT / path)
    return _ninja(AGENT)


def measure():
    """Builds a release anew; returns its folder."""
    heading("build")
    shutil.rmtree(FOLDER, ignore_errors=True)
    subprocess.run(["meson", "setup", str(FOLDER), str(ROOT), "--buildtype=release"], check=True,
                   stdout=subprocess.DEVNULL)
    rows = [["the agent, from nothing", f"{_ninja(AGENT):.1f}"]]
    rows += [[f"the agent after a change of {path}", f"{_touched(path):.1f}"] for path in TOUCHED]
    rows += [["everything, with its tests", f"{_ninja():.1f}"]]
    show(["", "s"], rows)
    return FOLDER


def sizes(folder):
    heading("size")
    agent = folder / AGENT
    stripped = folder / "agent.stripped"
    subprocess.run(["strip", "-o", str(stripped), str(agent)], check=True)
    libraries = subprocess.run(["ldd", str(agent)], capture_output=True, text=True, check=True)
    show(["", "KB"], [["agent", agent.stat().st_size // 1024],
                      ["agent, stripped", stripped.stat().st_size // 1024]])
    print(f"shared libraries it loads: {len(libraries.stdout.splitlines())}")
