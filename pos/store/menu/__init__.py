"""The menu in the file: replaced, read, and kept for orders that were priced by it."""
