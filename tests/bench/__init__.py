"""Benchmarks: each measures its own floor in the same run and prints the ratio. A benchmark does not pass or fail."""
