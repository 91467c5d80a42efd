"""Panels: they open over the menu and take keys first."""
