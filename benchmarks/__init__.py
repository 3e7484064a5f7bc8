"""How fast the studio is, on a database and servers of its own: `make bench`, `python -m benchmarks --json FILE`."""
