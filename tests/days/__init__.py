"""The days on which software that knows dates goes wrong, and a run of tests on each: `make test-days`."""
