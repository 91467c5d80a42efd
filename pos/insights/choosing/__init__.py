"""How likely a yes is, from what was answered."""
