"""A fast-food till that asks both questions before it takes payment."""

__version__ = "0.2.0"
