"""Where tools/dependencies put moto, botocore and the aws command line.

They stand beside the system's own packages, not among them: they are for programs of their
own, and for a test that imports boto3.
"""

import sys
from pathlib import Path

from harness import go_builds

PYTHON = "/usr/bin/python3"
LIST = go_builds.SUPPORT / "aws_front" / "requirements.txt"


def folder():
    """Raises go_builds.Missing where it is not there, or is of another list."""
    found = go_builds.cache_folder() / "aws-python"
    installed = found / LIST.name
    if not installed.exists() or installed.read_bytes() != LIST.read_bytes():
        raise go_builds.Missing("needs moto and the aws command line: tools/dependencies has them")
    return found


def write_command(where):
    """Makes `aws` in that folder, which is for a PATH."""
    path = Path(where, "aws")
    path.write_text(f'#!/bin/sh\nPYTHONPATH={folder()} exec {PYTHON} -B -m awscli "$@"\n')
    path.chmod(0o755)
    return path


def use():
    """`import boto3` works from now on; what the system has too is the system's."""
    name = str(folder())
    if name not in sys.path:
        sys.path.append(name)
