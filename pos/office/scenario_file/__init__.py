"""Scenario files: reading practice customers, with every mistake reported."""

from pos.office.scenario_file.reading import read_scenario_file, read_scenarios, shipped_scenarios

__all__ = ["read_scenario_file", "read_scenarios", "shipped_scenarios"]
