"""Finished orders: sales and write-offs, with the outcomes of their offers."""
