"""Migrations: they bring a file to this version."""
