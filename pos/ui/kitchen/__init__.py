"""The kitchen's screen: the open orders of all tills."""

from __future__ import annotations

from pos.kitchen.desk import KitchenDesk

__all__ = ["run"]


def run(desk: KitchenDesk) -> int:
    """Show the desk until somebody leaves it."""
    from pos.ui.kitchen.app import KitchenApp
    from pos.ui.terminal import forgiving_driver

    app = KitchenApp(desk, forgiving_driver())
    app.run()
    return app.return_code or 0
