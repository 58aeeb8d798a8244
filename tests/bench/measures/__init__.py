"""One file a measure; subjects.py makes what is measured, table.py prints it."""
