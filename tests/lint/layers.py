"""Who may know whom: the wings in their order, a wing's folders in the order of
src/meson.build, and the two wings that hardly anybody may know."""

from tree import WINGS

ONLY_FOR = {"doctor": {"doctor", "app"}, "provide": {"provide", "setup", "app"}}


def check(tree):
    for source in tree.src:
        if source.wing not in WINGS:
            yield source.finding(1, f'"{source.wing}" is none of the wings: {", ".join(WINGS)}')
            continue
        if "/" in source.folder and source.folder not in tree.order:
            yield source.finding(1, f'src/meson.build does not list "{source.folder}"')
            continue
        for include in source.includes:
            if include.quoted and (wrong := refusal(tree, source, include.name)):
                yield source.finding(include.line, wrong)


def refusal(tree, source, name):
    if not (tree.root / "src" / name).exists():
        return f'there is no src/{name}: own headers are named from src/'
    wing = name.split("/")[0]
    folder = "/".join(name.split("/")[:-1][:2])
    if wing not in WINGS:
        return f'"{wing}" is none of the wings'
    if source.wing not in ONLY_FOR.get(wing, {source.wing}):
        return f"only {' and '.join(sorted(ONLY_FOR[wing]))} may know {wing}/"
    if WINGS.index(wing) > WINGS.index(source.wing):
        return f"{source.wing}/ is above {wing}/ and may not know it"
    if wing != source.wing or folder == source.folder or "/" not in folder:
        return None
    if "/" not in source.folder:
        return f"{source.folder}/ itself may not know its folder {folder}"
    if folder not in tree.order or tree.order.index(folder) > tree.order.index(source.folder):
        return f"src/meson.build lists {folder} after {source.folder}, which may not know it"
    return None
