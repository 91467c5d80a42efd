"""Shifts of a till: their tallies, drawer counts and reports."""
