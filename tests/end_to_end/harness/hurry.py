"""A clock that goes faster, for the agent alone: what takes minutes takes seconds."""

from pathlib import Path

import pytest

LIBRARIES = "*/faketime/libfaketimeMT.so.1"


def hurried(world, times):
    """The environment of an agent whose clocks and time limits go so many times as fast."""
    if world.sanitized:
        pytest.skip("libfaketime and AddressSanitizer do not start together")
    library = next(Path("/usr/lib").glob(LIBRARIES), None)
    if library is None:
        pytest.skip("needs libfaketime: Debian's faketime has it")
    return {"LD_PRELOAD": str(library), "FAKETIME": f"+0 x{times}"}
