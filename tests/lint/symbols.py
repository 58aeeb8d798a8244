"""What the built archives call. The sources of detect/ may be written however
they like: what is not among an archive's undefined symbols is not called.

    python3 tests/lint/symbols.py ARCHIVE...
"""

import re
import subprocess
import sys

FORBIDDEN = re.compile(
    r"(__)?(read|pread(64)?|preadv2?|readv|mmap(64)?|sendfile(64)?|splice|copy_file_range|process_vm_readv"
    r"|fopen(64)?|fdopen|freopen(64)?|fread|getline|open_by_handle_at|creat(64)?)(_chk)?"
    r"|_ZNSt.*basic_(ifstream|fstream|filebuf).*"
)


def calls(archive):
    """(object, symbol) for each undefined symbol."""
    done = subprocess.run(
        ["nm", "--undefined-only", "--format=posix", archive],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    name = archive
    for line in done.stdout.splitlines():
        if line.endswith(":"):
            name = re.sub(r"^.*\[(.*)\]:$", r"\1", line)
        elif line.strip():
            yield name, line.split()[0].split("@")[0]


def main(archives):
    found = seen = 0
    for archive in archives:
        for name, symbol in calls(archive):
            seen += 1
            if FORBIDDEN.fullmatch(symbol):
                print(f"{archive}: {name} calls {symbol}: detection never reads a file")
                found += 1
    if not seen:
        print(f"no undefined symbol in {archives}: nothing was looked at")
    return 1 if found or not seen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
