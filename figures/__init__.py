"""The pictures: `python -m figures` makes all, `python -m figures.NAME` one."""
