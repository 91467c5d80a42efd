"""The screen of the till: the only room that knows Textual."""

from __future__ import annotations

from pos.counter import Counter

__all__ = ["run"]


def run(counter: Counter) -> int:
    """Show the counter until somebody leaves it; 0, or 1 if it had to stop for an error that it wrote down."""
    from pos.ui.app import TillApp
    from pos.ui.terminal import forgiving_driver

    app = TillApp(counter, forgiving_driver())
    app.run()
    return app.return_code or 0
