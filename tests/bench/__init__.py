"""Benchmarks: each measures its own floor in the same run and prints the ratio. Nothing here passes or fails."""
