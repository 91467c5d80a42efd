"""Panels: what is open over the menu, and takes keys first."""
