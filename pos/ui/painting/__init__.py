"""Painters: from a frame to blocks, without a word of Textual."""
