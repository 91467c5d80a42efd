"""Paints the bar below menu and order: a painter for each of its contents."""
