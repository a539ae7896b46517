"""Benchmarks, run by hand. They print figures, and some exit with status 1 if a figure misses its limit."""
