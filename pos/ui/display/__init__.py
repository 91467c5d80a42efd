"""The customer's screen."""

from __future__ import annotations

from pos.display.display import CustomerDisplay

__all__ = ["run"]


def run(display: CustomerDisplay) -> int:
    """Show the display until somebody ends it."""
    from pos.ui.display.app import DisplayApp
    from pos.ui.terminal import forgiving_driver

    app = DisplayApp(display, forgiving_driver())
    app.run()
    return app.return_code or 0
