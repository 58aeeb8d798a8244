"""What a folder's meson.build declares is what its sources include: nothing
more, and nothing that comes in through another."""

import re

from tree import Finding


def declared(text):
    """Names of the folders' own dependencies in `NAME_deps = […]`."""
    match = re.search(r"^\w+_deps = \[(.*?)\]", text, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"\b(\w+)_dep\b", match[1])) if match else set()


def provider(text):
    match = re.search(r"^(\w+)_dep = declare_dependency\(", text, re.MULTILINE)
    return match[1] if match else None


def check(tree):
    names = {folder: provider(text) for folder, text in tree.builds.items()}
    known = {name for name in names.values() if name}
    for folder, text in tree.builds.items():
        if not names[folder]:
            continue
        included = {}
        for source in tree.src:
            if f"{source.folder}/".startswith(f"{folder}/"):
                for include in source.includes:
                    other = "/".join(include.name.split("/")[:-1][:2])
                    if include.quoted and other != folder and names.get(other):
                        included.setdefault(names[other], source.finding(include.line, other))
        ours = declared(text) & known
        for name, first in included.items():
            if name not in ours:
                yield Finding(
                    first.path, first.line, f"src/{folder}/meson.build does not declare {name}_dep"
                )
        for name in sorted(ours - included.keys()):
            yield Finding(
                f"src/{folder}/meson.build", 1, f"declares {name}_dep, and nothing includes it"
            )
