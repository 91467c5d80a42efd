"""Painters make blocks of a frame. They do not use Textual."""
