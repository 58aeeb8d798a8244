"""A source's own header first, then the system's and libraries', then ours."""


def check(tree):
    for source in tree.src:
        includes = source.includes
        own = source.name.removeprefix("src/").removesuffix(".cpp") + ".hpp"
        if not source.is_header and (tree.root / "src" / own).exists():
            if not includes or includes[0].name != own:
                yield source.finding(1, f'includes its own header, "{own}", first')
            includes = [each for each in includes if each.name != own]
        quoted = False
        for include in includes:
            quoted = quoted or include.quoted
            if quoted and not include.quoted:
                yield source.finding(include.line, f"<{include.name}> stands after a header of ours")
        if source.is_header and "#pragma once" not in source.text:
            yield source.finding(1, "a header begins with #pragma once")
