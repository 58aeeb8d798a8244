"""Processes as /proc shows them."""

import array
import os

PAGE = 4096
LARGE = 16 << 20
# AddressSanitizer's shadow: more than any memory, and a byte for each eight of the program's.
SHADOW = 1 << 40
PRESENT = 0b11 << 62  # in memory or swapped out, in pagemap


def _parents():
    """Each process's parent."""
    found = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            after_name = read(name, "stat").rpartition(b")")[2].split()
            if after_name:
                found[int(name)] = int(after_name[1])
    return found


def descendants(pid):
    """The process and everything below it that lives."""
    parents = _parents()
    found = [pid] if pid in parents else []
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found


def executable(pid):
    try:
        return os.readlink(f"/proc/{pid}/exe")
    except OSError:
        return None


def read(pid, name):
    try:
        with open(f"/proc/{pid}/{name}", "rb") as file:
            return file.read()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return b""


def status(pid):
    """Fields of /proc/PID/status."""
    lines = read(pid, "status").decode().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


def readable_memory(pid):
    """Yields (what, bytes) of every readable mapping, what is locked or not dumped too."""
    with open(f"/proc/{pid}/maps") as maps:
        mappings = maps.read().splitlines()
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in mappings:
            span, rights, *rest = line.split(maxsplit=5)
            name = rest[3] if len(rest) > 3 else "anonymous"
            if rights[0] != "r" or name in ("[vvar]", "[vsyscall]", "[vvar_vclock]"):
                continue
            begin, end = (int(part, 16) for part in span.split("-"))
            if end - begin < LARGE:
                yield from _mapping(memory, begin, end, name)
            elif end - begin < SHADOW:
                for first, last in _touched(pid, begin, end):
                    yield from _mapping(memory, first, last, name)


def _touched(pid, begin, end):
    """Where a large mapping has pages of its own; the rest of it is zeros, or a file."""
    with open(f"/proc/{pid}/pagemap", "rb", buffering=0) as pagemap:
        entries = array.array("Q", os.pread(pagemap.fileno(), (end - begin) // PAGE * 8,
                                            begin // PAGE * 8))
    start = None
    for number, entry in enumerate([*entries, 0]):
        if entry & PRESENT and start is None:
            start = number
        elif not entry & PRESENT and start is not None:
            yield begin + start * PAGE, begin + number * PAGE
            start = None


def _mapping(memory, begin, end, name):
    """A mapping in one piece; page by page where a page of it has no data (EIO)."""
    try:
        yield name, _read_at(memory, begin, end - begin)
    except OSError:
        for page in range(begin, end, PAGE):
            try:
                yield name, _read_at(memory, page, PAGE)
            except OSError:
                continue


def _read_at(memory, offset, size):
    pieces = []
    while size > 0:
        piece = os.pread(memory.fileno(), size, offset)
        if not piece:
            raise OSError("a mapping that cannot be read")
        pieces.append(piece)
        offset += len(piece)
        size -= len(piece)
    return b"".join(pieces)
