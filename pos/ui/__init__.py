"""The screen of the till: the only room that knows Textual."""

from __future__ import annotations

from pos.counter import Counter

__all__ = ["run"]


def run(counter: Counter) -> int:
    """Show the counter until somebody leaves it. Returns 0, or 1 if it stopped for an unexpected error, which was
    logged."""
    from pos.ui.app import TillApp
    from pos.ui.terminal import forgiving_driver

    app = TillApp(counter, forgiving_driver())
    app.run()
    return app.return_code or 0
