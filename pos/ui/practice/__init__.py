"""The screen of practice: the counter's screen in a frame, with the customer's words."""

from __future__ import annotations

from pos.practice import PracticeCounter

__all__ = ["run"]


def run(counter: PracticeCounter, *, speaks: bool = False) -> int:
    """Show practice until somebody leaves it. Returns 0, or 1 if it stopped for an unexpected error, which was
    logged."""
    from pos.ui.practice.app import PracticeApp
    from pos.ui.terminal import forgiving_driver

    app = PracticeApp(counter, forgiving_driver(), speaks=speaks)
    app.run()
    return app.return_code or 0
