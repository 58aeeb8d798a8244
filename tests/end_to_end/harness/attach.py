"""Asks a running process, through gdb, what it can open: the truth, whatever it says of itself."""

import re
import shutil
import subprocess

import pytest


def can_open(pid, path):
    """Whether an open for reading succeeds when that process makes it."""
    if shutil.which("gdb") is None:
        pytest.skip("needs gdb: it makes the running agent try an open")
    call = '((int(*)(const char*,int))open)("{}", 0)'
    expression = call.format(str(path).replace("\\", "\\\\").replace('"', '\\"'))
    result = subprocess.run(
        ["gdb", "-nx", "-batch", "-p", str(pid), "-ex", f"set $fd = {expression}",
         "-ex", 'printf "descriptor %d\\n", $fd',
         "-ex", "if $fd >= 0", "-ex", "call ((int(*)(int))close)($fd)", "-ex", "end"],
        capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    match = re.search(r"^descriptor (-?\d+)$", result.stdout, re.MULTILINE)
    assert match, result.stdout + result.stderr
    return int(match[1]) >= 0
