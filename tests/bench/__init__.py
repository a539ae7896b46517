"""The benchmarks, in a short form."""
