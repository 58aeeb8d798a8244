"""Figures side by side."""


def heading(text):
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def show(columns, rows):
    cells = [columns, *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    for row in cells:
        first, *rest = zip(row, widths)
        print("  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]))


def percentile(values, part):
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * part // 100) - 1)]


def milliseconds(ns):
    return f"{ns / 1e6:.3f}"


def megabytes(kilobytes):
    return f"{kilobytes / 1024:.2f}"
