"""Painters: from a view to blocks, without a word of Textual."""
