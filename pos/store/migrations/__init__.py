"""How a file becomes one of this version."""
